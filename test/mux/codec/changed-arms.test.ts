import { inspect, isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../../src/mux/codec/codec.js';
import { loadSchema } from '../../../src/mux/codec/load.js';
import type { Field } from '../../../src/mux/schema/model.js';
import { unaliased } from '../../../src/mux/schema/sizes.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';
import { messageFields } from './arbitrary.js';
import { content, contentHex } from './fixture.js';

type Arms = Record<string, unknown>;

/** A union of an IPv4 or IPv6 address, decoded. */
const decodedEither = (address: string): Arms =>
  content('texts', contentHex('texts', { either: address })).either as Arms;
/** A union of a number, a MAC and a prefix, decoded. */
const decodedChoice = (arm: object): Arms => content('unions', contentHex('unions', { choice: arm })).choice as Arms;

const hexOfEither = (either: unknown) => contentHex('texts', { either });
const hexOfChoice = (choice: unknown) => contentHex('unions', { choice });

describe('a decoded union in which an arm is changed', () => {
  it('the changed arm counts, as if it were given alone', () => {
    const either = decodedEither('192.0.2.1');
    either.ip4 = '192.0.2.2';
    expect(hexOfEither(either)).toBe(hexOfEither({ ip4: '192.0.2.2' }));
  });

  it('a shorter arm changed: nothing is left of the longer one', () => {
    const either = decodedEither('2001:db8::1');
    either.ip4 = '192.0.2.2';
    expect(hexOfEither(either)).toBe(hexOfEither('192.0.2.2'));
  });

  it('the longer arm changed: it counts', () => {
    const either = decodedEither('192.0.2.1');
    either.ip6 = '2001:db8::2';
    expect(hexOfEither(either)).toBe(hexOfEither('2001:db8::2'));
  });

  it('an arm of any kind changed: it counts', () => {
    for (const [name, value] of Object.entries({ number: 7, mac: 'de:ad:00:00:00:42', prefix: '10.0.0.0/8' })) {
      const choice = decodedChoice({ prefix: '2001:db8::/32' });
      choice[name] = value;
      expect(hexOfChoice(choice), name).toBe(hexOfChoice({ [name]: value }));
    }
  });

  it('two arms changed, and they say the same: the longer is written', () => {
    const either = decodedEither('198.51.100.1');
    Object.assign(either, { ip4: '192.0.2.1', ip6: 'c000:201::5' });
    expect(hexOfEither(either)).toBe(hexOfEither('c000:201::5'));
  });

  it('two arms changed to different ones: refused, with both names', () => {
    const either = decodedEither('198.51.100.1');
    Object.assign(either, { ip4: '192.0.2.1', ip6: '2001:db8::1' });
    expect(() => hexOfEither(either)).toThrow(
      expect.objectContaining({
        code: 'BAD_FIELD',
        path: 'either',
        message: expect.stringMatching(/ip4 and ip6 share their bytes, and both were changed, to different ones/),
      }),
    );
  });

  it('a changed arm that is wrong itself: that is said', () => {
    const either = decodedEither('198.51.100.1');
    either.ip4 = '192.0.2.256';
    expect(() => hexOfEither(either)).toThrow(/either\.ip4: "192\.0\.2\.256" is not an IPv4 address/);
  });

  it('a copy, which nobody knows the bytes of: as good as the original, and refused when an arm was changed', () => {
    const either = decodedEither('198.51.100.1');
    for (const copy of [{ ...either }, structuredClone(either), JSON.parse(JSON.stringify(either))]) {
      expect(hexOfEither(copy)).toBe(hexOfEither(either));
      copy.ip4 = '192.0.2.1';
      expect(() => hexOfEither(copy)).toThrow(/ip4 and ip6 share their bytes, but are given different ones; give one/);
    }
  });

  it.skipIf(sharedMissing)(
    'what stands beside a copy does not decide: it says what VPP reads, not which arm was changed',
    async () => {
      const message = (await loadSchema(sharedPath('vpp-api', '26.06'))).message('ip_route_add_del_v2');
      const path = { proto: 0, nh: { address: { ip4: '192.0.2.2', ip6: 'c000:201::' } } };
      const encode = () => message.encode({ route: { prefix: '10.0.0.0/8', paths: [path] } });
      expect(encode).toThrow(
        expect.objectContaining({
          path: 'route.paths[0].nh.address',
          message: expect.stringMatching(/ip4 and ip6 .* give one of them/),
        }),
      );
    },
  );

  it('changed and changed back, or one arm taken away: as any other', () => {
    const either = decodedEither('198.51.100.1');
    either.ip4 = '192.0.2.1';
    either.ip4 = '198.51.100.1';
    expect(hexOfEither(either)).toBe(hexOfEither('198.51.100.1'));
    delete either.ip4;
    expect(hexOfEither(either)).toBe(hexOfEither('198.51.100.1'));
  });

  it('what it held shows nowhere', () => {
    const either = decodedEither('192.0.2.1');
    expect(Reflect.ownKeys(either)).toEqual(['ip4', 'ip6']);
    expect(isDeepStrictEqual(either, { ip4: '192.0.2.1', ip6: 'c000:201::' })).toBe(true);
    expect(structuredClone(either)).toEqual(either);
    expect(Object.getPrototypeOf(either)).toBe(Object.prototype);
    expect(inspect(either)).toBe(inspect({ ...either }));
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

/** Every union in a decoded value, with its arms. */
function unionsIn(fields: readonly Field[], value: unknown, found: { arms: readonly Field[]; value: Arms }[] = []) {
  for (const { name, type, array } of fields) {
    const member = (value as Arms | undefined)?.[name];
    if (type.kind === 'string' || typeof member !== 'object' || member === null) continue;
    const plain = unaliased(type);
    for (const one of array ? (member as unknown[]) : [member]) {
      if (plain.kind === 'struct') unionsIn(plain.fields, one, found);
      if (plain.kind === 'union') found.push({ arms: plain.arms, value: one as Arms });
    }
  }
  return found;
}

describe.skipIf(sharedMissing)('messages with unions, of four releases', () => {
  it.each(['22.10', '23.10', '25.10', '26.06'])(
    '%s: decoded and encoded they are the same bytes; with an arm changed, as if that arm alone were given',
    async (release) => {
      const schema: Schema = await loadSchema(sharedPath('vpp-api', release));
      let seen = 0;
      for (const name of schema.model.messages.keys()) {
        const message = schema.message(name);
        if (!JSON.stringify(message.def.fields, plain).includes('"kind":"union"')) continue;
        fc.assert(
          fc.property(
            messageFields(message.def, { text: true }),
            messageFields(message.def, { text: true }),
            (a, b) => {
              const bytes = message.encode(a);
              const decoded = message.decode(bytes);
              expect(message.encode(decoded).equals(bytes), name).toBe(true);
              const others = unionsIn(message.def.fields, message.decode(message.encode(b)));
              for (const [i, union] of unionsIn(message.def.fields, decoded).entries()) {
                const arm = union.arms[i % union.arms.length].name;
                const change = others[i]?.value[arm];
                if (change === undefined || isDeepStrictEqual(change, union.value[arm])) continue;
                seen++;
                union.value[arm] = change;
                const changed = message.encode(decoded);
                for (const other of union.arms) if (other.name !== arm) delete union.value[other.name];
                expect(changed.equals(message.encode(decoded)), `${name} ${arm}`).toBe(true);
              }
            },
          ),
          { numRuns: 3 },
        );
      }
      expect(seen).toBeGreaterThan(20);
    },
    120_000,
  );
});

const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
