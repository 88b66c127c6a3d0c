/** Values that a plugin may throw out of malice or ignorance. Each is made anew: some can be looked at once only. */

const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const refuse = () => {
  throw new Error('do not look');
};

/** A proxy whose every trap throws. */
const forbidding = (of: object) =>
  new Proxy(of, {
    get: refuse,
    has: refuse,
    getPrototypeOf: refuse,
    ownKeys: refuse,
    getOwnPropertyDescriptor: refuse,
  });

const withGetters = (error: Error) =>
  Object.defineProperties(
    error,
    Object.fromEntries(
      ['stack', 'message', 'name', 'code', 'cause', 'constructor', 'statusCode'].map((key) => [key, { get: refuse }]),
    ),
  );

export const ODDITIES: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  'a bigint': () => 5n,
  'a symbol': () => Symbol('mine'),
  'a function': () => () => {},
  'an object without a prototype': () => Object.create(null),
  'an object whose toString throws': () => ({ toString: refuse, [Symbol.toPrimitive]: refuse, toJSON: refuse }),
  'an object whose getters throw': () => Object.defineProperty({}, 'message', { get: refuse, enumerable: true }),
  'a revoked proxy': revoked,
  'a proxy that forbids everything': () => forbidding({}),
  'a proxy of an error': () => forbidding(new Error('behind')),
  'an error whose getters throw': () => withGetters(new Error('x')),
  'an error whose message is a symbol': () => Object.assign(new Error('x'), { message: Symbol('m') }),
  'an error that is its own cause': () => {
    const error = new Error('round');
    error.cause = error;
    return error;
  },
  'errors within errors': () => {
    const error = new AggregateError([new Error('inner')]);
    error.errors.push(error, revoked());
    return error;
  },
  'a text of a million letters': () => 'x'.repeat(1_000_000),
  'an error of a million letters': () => new Error('x'.repeat(1_000_000)),
  'what looks like a fault': () => ({ [Symbol.for('vppmux/fault')]: true, message: 'm', code: '__proto__' }),
  'an error without a prototype': () => Object.setPrototypeOf(new Error('bare'), null),
};
