import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSchema } from '../../../src/mux/codec/load.js';
import { FieldError, SchemaError } from '../../../src/mux/errors.js';
import { needs } from '../../support/needs.js';
import { runs } from '../../support/scale.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Values that a definition may be spoilt with. */
const spoiler: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, -1, 0, 1, 1.5, 65536, 65537, 2 ** 31, 1e308, '', '__proto__', 'constructor'),
  fc.constantFrom<Json>(
    'u8',
    'u64',
    'string',
    'vl_api_address_t',
    'vl_api_prefix_t',
    'x;process.exit()',
    '\u0000',
    [],
    {},
  ),
  fc.constantFrom<Json>(
    ['u8', 'x'],
    ['string', 'x', 0],
    ['u8', 'x', 0, 'x'],
    { crc: '0x1' },
    'paths',
    'n_paths',
    'route',
  ),
);

/** Every place in a JSON value. */
function places(json: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof json !== 'object' || json === null) return [path];
  const inner = Array.isArray(json)
    ? json.flatMap((value, i) => places(value, [...path, i]))
    : Object.entries(json).flatMap(([key, value]) => places(value, [...path, key]));
  return [path, ...inner];
}

type Action = 'alike' | 'replace' | 'remove' | 'double' | 'swap';

const TYPES = ['u8', 'i16', 'u32', 'i64', 'f64', 'bool', 'vl_api_address_t', 'vl_api_interface_index_t'];

/** Another value of the same kind: often still a good definition, but another one. */
function alike(old: Json, pick: number): Json {
  if (typeof old === 'number') return [0, 1, 2, 3, 16, 255][pick % 6];
  if (typeof old !== 'string') return old;
  return TYPES.includes(old) ? TYPES[pick % TYPES.length] : `${old}_${pick % 3}`;
}

function spoil(json: Json, path: readonly (string | number)[], action: Action, value: Json, pick: number): void {
  let parent = json as { [key: string | number]: Json };
  for (const step of path.slice(0, -1)) parent = parent[step] as typeof parent;
  const last = path[path.length - 1];
  if (last === undefined || parent === null || typeof parent !== 'object') return;
  if (action === 'alike') {
    parent[last] = alike(parent[last], pick);
  } else if (Array.isArray(parent) && typeof last === 'number') {
    if (action === 'remove') parent.splice(last, 1);
    else if (action === 'double') parent.splice(last, 0, parent[last]);
    else if (action === 'swap' && last > 0) [parent[last - 1], parent[last]] = [parent[last], parent[last - 1]];
    else parent[last] = value;
  } else if (action === 'remove') {
    delete parent[last];
  } else {
    parent[last] = value;
  }
}

describe('spoilt definitions', needs(sharedMissing), () => {
  // vitest looks into a suite that it skips as well.
  const names = sharedMissing ? [] : ['ip', 'memclnt', 'flow', 'gre', 'punt', 'interface'];
  const files = names.map((name) => {
    const text = readFileSync(sharedPath('vpp-api', '26.06', `${name}.api.json`), 'utf8');
    const json = JSON.parse(text, (key, value: Json) => (key === 'comment' ? undefined : value)) as Json;
    return { name: `${name}.api.json`, text: JSON.stringify(json), places: places(json) };
  });
  const change = fc.record({
    at: fc.nat(),
    action: fc.constantFrom<Action>('alike', 'alike', 'alike', 'replace', 'remove', 'double', 'swap'),
    value: spoiler,
    pick: fc.nat(),
  });

  const timeout = 900_000;

  it('a real file changed at random: every message works, or is refused with file and path', { timeout }, () => {
    const outcomes = { schema: 0, spoilt: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 2 }), (file, changes) => {
        const json = JSON.parse(file.text) as Json;
        for (const { at, action, value, pick } of changes) {
          try {
            spoil(json, file.places[at % file.places.length], action, structuredClone(value), pick);
          } catch {
            // The place went away with an earlier change.
          }
        }
        let schema: ReturnType<typeof parseSchema>;
        try {
          schema = parseSchema([{ name: file.name, text: JSON.stringify(json) }]);
        } catch (error) {
          expect(error).toBeInstanceOf(SchemaError);
          expect(error).toMatchObject({ code: 'SCHEMA_INVALID', file: file.name });
          outcomes.refused++;
          return;
        }
        outcomes.schema++;
        if (schema.model.problems.length > 0) outcomes.spoilt++;
        for (const problem of schema.model.problems) {
          expect(problem).toMatchObject({ code: 'SCHEMA_INVALID', file: file.name });
        }
        for (const name of schema.model.unusable.keys()) {
          expect(schema.find(name)).toBeUndefined();
          expect(() => schema.message(name)).toThrow(SchemaError);
        }
        for (const name of schema.model.messages.keys()) {
          const message = schema.message(name);
          const bytes = message.encode({});
          expect(message.encode(message.decode(bytes)).equals(bytes), message.name).toBe(true);
          const half = bytes.subarray(0, bytes.length / 2);
          expect(() => message.decode(half)).toThrow(FieldError);
        }
      }),
      runs('files changed', { short: 150, long: 10_000 }),
    );
    console.log(JSON.stringify(outcomes));
    expect(outcomes.schema).toBeGreaterThan(5);
    expect(outcomes.spoilt + outcomes.refused).toBeGreaterThan(5);
  });

  it('a real file cut off or with a byte changed: is a schema or a SchemaError', { timeout }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.nat(),
        fc.string({ unit: 'binary', maxLength: 3 }),
        (file, at, text) => {
          const cut = at % file.text.length;
          for (const spoilt of [file.text.slice(0, cut), file.text.slice(0, cut) + text + file.text.slice(cut + 1)]) {
            try {
              parseSchema([{ name: file.name, text: spoilt }]);
            } catch (error) {
              expect(error).toBeInstanceOf(SchemaError);
            }
          }
        },
      ),
      runs('files cut', { short: 80, long: 2000 }),
    );
  });
});
