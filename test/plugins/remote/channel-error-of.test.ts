import { describe, expect, it } from 'vitest';
import {
  ConnectionError,
  FieldError,
  RefusedError,
  RetvalError,
  SchemaError,
  TimeoutError,
  VppmuxError,
} from '../../../src/mux/index.js';
import { channelErrorOf } from '../../../src/plugins/remote/channel-error-of.js';
import { FrameFault } from '../../../src/plugins/remote/socket/frame-fault.js';
import { formOf } from '../../../src/plugins/remote/socket/wire-form.js';
import { errorFromWire } from '../../../src/remote/errors/from-wire.js';
import { SUBPROTOCOLS } from '../../../src/remote/protocol/index.js';
import { Fault, fault, HttpError } from '../../../src/sdk/index.js';
import { StatsError } from '../../../src/stats/index.js';

const forms = Object.entries(SUBPROTOCOLS).map(([name, protocol]) => [name, formOf(protocol)] as const);
const FIELDS = {
  ...{ messageName: 'show_version', path: 'a.b', channel: 3 },
  ...{
    context: 77,
    generation: 2,
    outcome: 'unknown' as const,
    arrived: 5,
    nearest: ['show'],
    afterMs: 12.5,
    hint: 'do that',
  },
  bytes: Uint8Array.of(1, 0xff),
};

describe.each(forms)('%s', (_, form) => {
  const wireOf = (error: unknown) => channelErrorOf(error, (fields) => form.fieldsOut(undefined, fields));
  /** The error as a client makes it again of what comes over the wire. */
  const journey = (error: unknown) => {
    const bytes = form.encode({ error: wireOf(error) });
    const data = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    return errorFromWire((form.decode(data, typeof bytes !== 'string') as { error: never }).error);
  };

  it.each([
    ['VppmuxError', new VppmuxError('UNEXPECTED_REPLY', 'it came', FIELDS)],
    ['VppmuxError without fields', new VppmuxError('ABORTED', 'given up')],
    ['SchemaError', new SchemaError('SCHEMA_INVALID', 'broken', FIELDS)],
    ['FieldError', new FieldError('BAD_FIELD', 'too large', FIELDS)],
    ['ConnectionError', new ConnectionError('CONNECTION_LOST', 'gone', FIELDS)],
    ['TimeoutError', new TimeoutError('REPLY_TIMEOUT', 'late', FIELDS)],
    ['RefusedError', new RefusedError('READ_ONLY', 'not you', FIELDS)],
    ['RetvalError', new RetvalError(-7, 'INVALID_VALUE', 'no', FIELDS, { retval: -7 }, 'word')],
  ])('%s: the same at the client, with all fields', (_name, error) => {
    const made = journey(error);
    expect(made.constructor).toBe(error.constructor);
    expect({ ...made, message: made.message }).toEqual({ ...error, message: error.message });
  });

  it('paths of the machine of the agent: stay there', () => {
    const paths = { file: '/usr/share/vpp/api/x.api.json', socket: '/run/vpp/api.sock' };
    const shown = wireOf(new SchemaError('SCHEMA_INVALID', 'broken', { ...paths, path: 'types[3]' }));
    expect(shown).toEqual({ code: 'SCHEMA_INVALID', message: 'broken', path: 'types[3]' });
  });

  it('the reply of a refusal: has the form of the fields', () => {
    const error = new RetvalError(-7, 'INVALID_VALUE', 'no', {}, { retval: -7, count: 5n, mac: Uint8Array.of(1) });
    const { reply } = journey(error) as RetvalError;
    const json = { retval: -7, count: '5', mac: '0x01' };
    expect(reply).toEqual(
      form.protocol === SUBPROTOCOLS.json ? json : { retval: -7, count: 5n, mac: Uint8Array.of(1) },
    );
  });

  it.each([
    ['Fault', fault('ENOENT', 'there is no loop7', { path: 'interface' }), { code: 'ENOENT', path: 'interface' }],
    [
      'a call',
      new Fault('TIMEOUT', 'late', { operation: 'x.y', call: 7 }),
      { code: 'TIMEOUT', operation: 'x.y', call: 7 },
    ],
    [
      'HttpError',
      new HttpError('RATE_LIMITED', 'slow down', { 'retry-after': '1' }),
      { code: 'RATE_LIMITED', outcome: 'not-sent' },
    ],
    ['BUSY', new Fault('BUSY', 'many'), { code: 'BUSY', outcome: 'not-sent' }],
    ['BUSY in an operation', new Fault('BUSY', 'many', { operation: 'x.y' }), { code: 'BUSY', operation: 'x.y' }],
    ['StatsError', new StatsError('STATS_AWAY', 'no segment'), { code: 'STATS_AWAY' }],
    ['FrameFault', new FrameFault('credit: too much', { id: 1 }, 'credit'), { code: 'BAD_REQUEST', path: 'credit' }],
  ])('%s: its code, message and fields', (_name, error, expected) => {
    expect(wireOf(error)).toEqual({ message: error.message, ...expected });
  });

  it.each([
    ['an error of the agent', new TypeError('x is not a function')],
    ['what is no error', Symbol('s')],
    ['nothing', undefined],
  ])('%s: is not for the client', (_name, error) => {
    expect(wireOf(error)).toBeUndefined();
  });
});
