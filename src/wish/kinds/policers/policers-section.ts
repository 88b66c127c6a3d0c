/** The section `x-vppmux: { policers: { gold: { cir: 10000, cb: 125000, input: [ loop0 ] } } }`. */

import { z } from 'zod';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { bool, form } from '../../form-parts.js';
import type { Problem } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';

export const POLICERS = 'policers';

/** In the order of VPP's numbers. */
export const TYPES = ['1r2c', '1r3c', '2r3c-2698', '2r3c-4115'] as const;
export const UNITS = ['kbps', 'pps'] as const;
export const ROUNDS = ['closest', 'up', 'down'] as const;
export const ACTIONS = ['drop', 'transmit'] as const;
export const DIRECTIONS = ['input', 'output'] as const;
export type Direction = (typeof DIRECTIONS)[number];

const rate = z.int().min(1).max(0xffff_ffff);
const action = z.union([z.enum(ACTIONS), form({ mark: z.int().min(0).max(63) }, {})]);
const interfaces = z.array(z.string());

const policer = form(
  { cir: rate, cb: rate },
  {
    ...{ type: z.enum(TYPES), unit: z.enum(UNITS), round: z.enum(ROUNDS), eir: rate, eb: rate, 'color-aware': bool },
    ...{ conform: action, exceed: action, violate: action, input: interfaces, output: interfaces },
  },
);

/** VPP keeps 64 bytes, with a zero behind the name. */
const name = z.string().regex(/^[!-~]{1,63}$/, 'must be of 1 to 63 letters, digits and signs');

export const policersSection = z.record(name, policer);

export type WishedPolicer = z.output<typeof policer>;

export const policersOf = ({ extra }: Wish): [name: string, policer: WishedPolicer][] =>
  Object.entries((extra[POLICERS] ?? {}) as z.output<typeof policersSection>);

/** Mistakes that VPP refuses, and interfaces that have two policers of one direction. */
export function* checkPolicers(wish: Wish): Generator<Problem> {
  const holders = new Map<string, string>();
  for (const [name, policer] of policersOf(wish)) {
    const path = [OWN_KEY, POLICERS, name];
    const text = rateMistake(policer);
    if (text !== undefined) yield { path, message: `policer ${name} ${text}` };
    for (const direction of DIRECTIONS) {
      const places = (policer[direction] ?? []).map((itf, at) => [itf, [POLICERS, name, direction, at]] as const);
      yield* unknownInterfaces(wish, places);
      for (const [itf, at] of places) {
        const holder = holders.get(`${itf} ${direction}`);
        const message = `policer ${name} cannot have ${itf}: policer ${holder} is at its ${direction}`;
        if (holder !== undefined) yield { path: [OWN_KEY, ...at], message };
        holders.set(`${itf} ${direction}`, name);
      }
    }
  }
}

function rateMistake({ type = '1r2c', cir, eir, eb }: WishedPolicer): string | undefined {
  const hasTwoRates = type.startsWith('2r');
  if (hasTwoRates && (eir === undefined || eb === undefined)) return `of type ${type} needs an eir and an eb`;
  if (hasTwoRates && (eir as number) < cir) return 'has an eir below its cir';
  if (!hasTwoRates && eir !== undefined) return `of type ${type} cannot have an eir`;
  return type === '1r2c' && eb !== undefined ? 'of type 1r2c cannot have an eb' : undefined;
}
