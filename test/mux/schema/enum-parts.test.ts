import { describe, expect, it } from 'vitest';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { enumNumber } from '../../../src/mux/codec/wire-write.js';
import { isCombinable, namedValue } from '../../../src/mux/schema/enum-parts.js';
import type { EnumType } from '../../../src/mux/schema/model.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const enumOf = (name: string, values: Record<string, number>, more: Partial<EnumType> = {}): EnumType => ({
  kind: 'enum',
  name,
  base: 'u32',
  flags: false,
  values: new Map(Object.entries(values)),
  size: 4,
  ...more,
});

const COLOR = enumOf('color', { RED: 0, GREEN: 1, LIME: 1 });
const MODE = enumOf('mode', { M_NONE: 0, M_UP: 1, M_LINK: 2, M_ALL: 3, M_TOP: 0x80000000 }, { flags: true });

describe('an enum by name', () => {
  it.each<[EnumType, number, unknown]>([
    [COLOR, 0, 'RED'],
    [COLOR, 1, 'GREEN'],
    [COLOR, 7, 7],
    [MODE, 0, []],
    [MODE, 1, ['M_UP']],
    [MODE, 3, ['M_UP', 'M_LINK']],
    [MODE, 0x80000001, ['M_UP', 'M_TOP']],
    [MODE, 0x40000002, ['M_LINK', 0x40000000]],
    [MODE, 8, [8]],
    [enumOf('signed_flags', { A: 1 }, { base: 'i32' }), -1, ['A', -2]],
  ])('%o, %d: %j, which is taken back', (type, value, named) => {
    expect(namedValue(type, value)).toEqual(named);
    expect(enumNumber(namedValue(type, value), type)).toBe(value);
  });

  it.skipIf(sharedMissing).each(['22.10', '23.10', '25.10', '26.06'])(
    '%s: every value of every enum, and all flags together, come back',
    async (release) => {
      const { model } = await loadSchema(sharedPath('vpp-api', release));
      const enums = [...model.types.values()].filter((type): type is EnumType => type.kind === 'enum');
      expect(enums.length).toBeGreaterThan(100);
      for (const type of enums) {
        const values = [...type.values.values()];
        const all = values.reduce((sum, value) => (sum | value) >>> 0, 0);
        for (const value of isCombinable(type) ? [...values, all] : values) {
          expect(enumNumber(namedValue(type, value), type), `${type.name} ${value}`).toBe(value);
        }
      }
    },
  );
});
