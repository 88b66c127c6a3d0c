/** Policers: `x-vppmux.policers`. They are changed in place. */

import type { Fields } from '../../../mux/index.js';
import { OWN_KEY } from '../../read-yaml.js';
import { defineKind, type Found, keyOf } from '../kind.js';
import { NONE, type VppSnapshot } from '../snapshot.js';
import {
  ACTIONS,
  checkPolicers,
  POLICERS,
  policersOf,
  policersSection,
  ROUNDS,
  TYPES,
  UNITS,
  type WishedPolicer,
} from './policers-section.js';

/** A DSCP to mark packets with, or what is done without one. */
type Action = (typeof ACTIONS)[number] | number;

interface Policer {
  readonly type: (typeof TYPES)[number];
  readonly unit: (typeof UNITS)[number];
  readonly round: (typeof ROUNDS)[number];
  readonly cir: number;
  readonly cb: number;
  /** 0 for types of one rate. */
  readonly eir: number;
  readonly eb: number;
  readonly colorAware: boolean;
  readonly conform: Action;
  readonly exceed: Action;
  readonly violate: Action;
}

const NAME = 'policer';
const MARK = 2;

const actionOf = (wished: WishedPolicer['conform'], usual: Action): Action =>
  typeof wished === 'object' ? wished.mark : (wished ?? usual);

const actionFields = (action: Action) =>
  typeof action === 'number' ? { type: MARK, dscp: action } : { type: ACTIONS.indexOf(action), dscp: 0 };

function foundAction(fields: unknown): Action {
  const { type, dscp } = fields as { type: number; dscp: number };
  return type === MARK ? dscp : ACTIONS[type];
}

const infosOf = ({ type, unit, round, ...policer }: Policer) => ({
  ...{ cir: policer.cir, eir: policer.eir, cb: BigInt(policer.cb), eb: BigInt(policer.eb) },
  ...{ rate_type: UNITS.indexOf(unit), round_type: ROUNDS.indexOf(round), type: TYPES.indexOf(type) },
  ...{ color_aware: policer.colorAware, conform_action: actionFields(policer.conform) },
  ...{ exceed_action: actionFields(policer.exceed), violate_action: actionFields(policer.violate) },
});

function foundPolicer(details: Fields): Policer {
  return {
    type: TYPES[details.type as number],
    unit: UNITS[details.rate_type as number],
    round: ROUNDS[details.round_type as number],
    ...{ cir: details.cir as number, eir: details.eir as number, cb: Number(details.cb), eb: Number(details.eb) },
    colorAware: details.color_aware as boolean,
    conform: foundAction(details.conform_action),
    exceed: foundAction(details.exceed_action),
    violate: foundAction(details.violate_action),
  };
}

/** Indices that are asked for at a time, and beyond those of a pool without gaps. */
const BLOCK = 64;
const MOST_GAPS = 4096;

/** Indices by names: the details have none, so that each is asked for. Empty where the running VPP cannot. */
async function indicesOf(vpp: VppSnapshot, names: ReadonlySet<string>): Promise<Map<string, number>> {
  const indices = new Map<string, number>();
  if (!vpp.has('policer_dump_v2')) return indices;
  const length = Math.max(names.size, BLOCK);
  for (let first = 0; indices.size < names.size && first < length + MOST_GAPS; first += length) {
    const block = Array.from({ length }, (_, at) => first + at);
    const answers = await Promise.all(block.map((policer_index) => vpp.dump('policer_dump_v2', { policer_index })));
    for (const [at, [details]] of answers.entries()) {
      if (details !== undefined) indices.set(details.name as string, first + at);
    }
  }
  return indices;
}

/** All policers of VPP. */
export const dumpPolicers = (vpp: VppSnapshot) => vpp.dump('policer_dump', { match_name_valid: false });

const byName = (name: string, value: Policer, is_add: boolean) => ({
  name: 'policer_add_del',
  fields: { is_add, name, ...infosOf(value) },
});

export const policerKind = defineKind<Policer>({
  name: NAME,
  ownership: 'wished',
  messages: ['policer_add_del', 'policer_dump'],
  section: { key: POLICERS, schema: policersSection },
  check: checkPolicers,
  *wanted(wish) {
    for (const [name, wished] of policersOf(wish)) {
      const value: Policer = {
        ...{ type: wished.type ?? '1r2c', unit: wished.unit ?? 'kbps', round: wished.round ?? 'closest' },
        ...{ cir: wished.cir, cb: wished.cb, eir: wished.eir ?? 0, eb: wished.eb ?? 0 },
        colorAware: wished['color-aware'] ?? false,
        conform: actionOf(wished.conform, 'transmit'),
        exceed: actionOf(wished.exceed, 'drop'),
        violate: actionOf(wished.violate, 'drop'),
      };
      yield { name, value, path: [OWN_KEY, POLICERS, name] };
    }
  },
  async read(vpp) {
    const all = await dumpPolicers(vpp);
    const indices = await indicesOf(vpp, new Set(all.map(({ name }) => name as string)));
    return all.map((details): Found<Policer> => {
      const name = details.name as string;
      return { name, value: foundPolicer(details), index: indices.get(name) };
    });
  },
  needs: () => [],
  create: ({ name, value }) => [byName(name, value, true)],
  indexOf: ({ policer_index: index }) => (index === NONE ? undefined : (index as number | undefined)),
  change({ index }, { name, value }, refs) {
    if (index === undefined || refs.newest('policer_update', 'policer_add_del') !== 'policer_update') return undefined;
    const fields = { policer_index: refs.index(keyOf({ name: NAME }, name)), infos: infosOf(value) };
    return [{ name: 'policer_update', fields }];
  },
  remove: ({ name, value }) => [{ ...byName(name, value, false), settledBy: ['NO_SUCH_ENTRY'] }],
  describe(found, { extra }) {
    if (found.length === 0) return;
    extra[POLICERS] = Object.fromEntries(found.map(({ name, value }) => [name, describePolicer(value)]));
  },
});

function describePolicer({ type, unit, round, cir, cb, eir, eb, colorAware, ...actions }: Policer) {
  const action = (given: Action) => (typeof given === 'number' ? { mark: given } : given);
  return {
    ...{ cir, cb },
    ...(type !== '1r2c' && { type }),
    ...(unit !== 'kbps' && { unit }),
    ...(round !== 'closest' && { round }),
    ...(eir !== 0 && { eir }),
    ...(eb !== 0 && { eb }),
    ...(colorAware && { 'color-aware': true }),
    ...(actions.conform !== 'transmit' && { conform: action(actions.conform) }),
    ...(actions.exceed !== 'drop' && { exceed: action(actions.exceed) }),
    ...(actions.violate !== 'drop' && { violate: action(actions.violate) }),
  };
}
