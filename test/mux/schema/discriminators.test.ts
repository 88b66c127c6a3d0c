import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { DISCRIMINATORS, discriminatedIn } from '../../../src/mux/schema/discriminators.js';
import type { StructType } from '../../../src/mux/schema/model.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

type Part = readonly [type: string, name: string, ...rest: unknown[]];
type Definition = readonly [name: string, ...parts: (Part | object)[]];
interface Options {
  readonly discriminator?: string;
  readonly case?: string;
}

const partsOf = ([, ...parts]: Definition) => parts.filter((part): part is Part => Array.isArray(part));
const optionsOf = (part: Part) => part.at(-1) as Options | string | number as Options;

/** Reads what the definitions of a release say themselves: struct → union's field, discriminator, and case → arm. */
function saidIn(dir: string): Map<string, object> {
  const said = new Map<string, object>();
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  for (const name of names) {
    const { types = [], unions = [] } = JSON.parse(readFileSync(join(dir, name), 'utf8')) as Record<
      string,
      Definition[]
    >;
    for (const struct of types) {
      for (const part of partsOf(struct)) {
        const by = optionsOf(part).discriminator;
        const union = unions.find(([own]) => `vl_api_${own}_t` === part[0]);
        if (by === undefined || union === undefined) continue;
        const arms = partsOf(union).map((arm) => [optionsOf(arm).case, arm[1]]);
        said.set(struct[0], { union: part[1], by, arms: Object.fromEntries(arms) });
      }
    }
  }
  return said;
}

describe.skipIf(sharedMissing)('which arm of a union counts', () => {
  it('all that the definitions of 26.06 say: in the table', () => {
    const said = saidIn(sharedPath('vpp-api', '26.06'));
    expect(said.size).toBeGreaterThan(5);
    for (const [name, rule] of said) expect(DISCRIMINATORS[name], name).toMatchObject([rule]);
  });

  it.each([
    ['22.10', 8],
    ['23.10', 8],
    ['25.10', 8],
    ['26.06', 9],
  ])('%s: every rule for a type that it has fits it, with all cases', async (release, count) => {
    const { model } = await loadSchema(sharedPath('vpp-api', release));
    const found = Object.entries(DISCRIMINATORS).flatMap(([name, rules]) => {
      const type = model.types.get(name) as StructType | undefined;
      const resolved = type === undefined ? [] : discriminatedIn(type);
      if (type !== undefined) {
        const cases = rules.map(({ union, by, arms }) => [union, by, Object.keys(arms).length]);
        expect(resolved.map(({ path, by, armOf }) => [path.join('.'), by.name, armOf.size])).toEqual(cases);
      }
      return resolved;
    });
    expect(found).toHaveLength(count);
  });
});
