/**
 * Every message of VPP 26.06 with values of which one is wrong, or just odd: refused with a path to it before
 * a byte is there, or taken and found again. That good values round-trip is test/mux/codec/round-trip.test.ts.
 */
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldError, loadSchema } from '../../src/mux/internal.js';
import { messageFields } from '../mux/codec/arbitrary.js';
import { needs } from '../support/needs.js';
import { long, runs } from '../support/scale.js';
import { sharedMissing, sharedPath } from '../support/shared.js';

type Path = (string | number)[];

/** Odd values: each right for some field, and wrong for most. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, -1, 0.5, 256, 2 ** 32, 2 ** 53, -(2 ** 31) - 1, Number.NaN, Number.POSITIVE_INFINITY),
  fc.constantFrom<unknown>(-1n, 2n ** 64n, 2n ** 63n, '18446744073709551616', true, '', 'x\0y', 'x'.repeat(300)),
  fc.constantFrom<unknown>('10.0.0.256', '10.0.0.1/33', '::1/129', 'zz:zz:zz:zz:zz:zz', '0xabc', '\ud800'),
  fc.constantFrom<unknown>(
    0,
    1,
    7,
    200,
    0n,
    '1',
    '10.0.0.1',
    '::1/64',
    '02:00:00:00:00:01',
    'name',
    false,
    [1],
    [0, 0],
  ),
  fc.constantFrom<unknown>([], {}, [null], { nosuch: 1 }, new Uint8Array(3), new Date(0), Symbol('x'), () => 1),
  fc.anything({ maxDepth: 2, withBigInt: true, withTypedArray: true }),
);

/** Places in a value, its own left out. */
function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [path];
  return Object.keys(value).flatMap((key) => {
    const inner = [...path, Array.isArray(value) ? Number(key) : key];
    return [inner, ...places((value as Record<string, unknown>)[key], inner)];
  });
}

function put(fields: Record<string, unknown>, path: Path, value: unknown): void {
  let place = fields;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string, unknown>;
  place[path.at(-1)!] = value;
}

describe('every message of VPP 26.06 with an odd value', needs(sharedMissing), () => {
  it('encode: refuses with a path that leads to something given, or round-trips', { timeout: 900_000 }, async () => {
    const schema = await loadSchema(sharedPath('vpp-api', '26.06'));
    const { seed, numRuns } = runs('encode', { short: 1, long: 40 });
    // In the short form a quarter of them, another one each time.
    const names = [...schema.model.messages.keys()].filter((_, i) => long || i % 4 === seed % 4);
    const outcomes = { refused: 0, taken: 0 };
    for (const [i, name] of names.entries()) {
      const message = schema.message(name);
      const good = fc.boolean().chain((text) => messageFields(message.def, { text }));
      const property = fc.property(good, odd, fc.nat(), (given, value, pick) => {
        const fields = structuredClone(given); // the runner may try the same ones again
        const all = [...places(fields), ['nosuch']];
        const place = all[pick % all.length];
        put(fields, place, value);
        let bytes: Buffer;
        try {
          bytes = message.encode(fields);
        } catch (error) {
          expect(error).toBeInstanceOf(FieldError);
          expect(error).toMatchObject({ code: 'BAD_FIELD', messageName: name });
          const { path = '' } = error as FieldError;
          expect(Object.keys(fields), path).toContain(path.split(/[.[]/)[0]);
          outcomes.refused++;
          return;
        }
        const what = `${name} with ${inspect(value)} at ${place.join('.')}`;
        expect(message.encode(message.decode(bytes, { raw: true })).equals(bytes), what).toBe(true);
        expect(message.encode(message.decode(bytes)).length, what).toBe(bytes.length);
        outcomes.taken++;
      });
      fc.assert(property, { numRuns, seed: seed + i }); // with one seed all would get the same value
    }
    console.log(`${names.length} messages:`, JSON.stringify(outcomes));
    expect(outcomes.refused).toBeGreaterThan(names.length / 4);
    expect(outcomes.taken).toBeGreaterThan(names.length / 50);
  });
});
