/** Policers, by name or index, and their interfaces. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import { type PolicerBuckets, policerBuckets } from '../../dataplane/policy/policer-rates.js';
import { Pool } from '../../dataplane/pool.js';
import type { Answer } from '../../handlers/answers.js';
import type { Call } from '../../handlers/call.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { features as arcFeatures } from '../interfaces/features.js';

const NONE = 0xffffffff;
/** Fields of a configuration that the details have as well. */
const GIVEN = ['cir', 'eir', 'cb', 'eb', 'rate_type', 'round_type', 'type', 'color_aware'] as const;
const ACTIONS = ['conform_action', 'exceed_action', 'violate_action'] as const;

type Way = 'input' | 'output';

interface Policer {
  readonly index: number;
  readonly name: string;
  config: Fields;
  buckets: PolicerBuckets;
}

export class Policers {
  /** Ways (`input`, `output`) that a policer was ever put on an interface; VPP's tables of the others are not made. */
  readonly used = new Set<Way>();
  readonly pool = new Pool<Policer>();
  private readonly byName = new Map<string, Policer>();

  named(name: string): Policer | undefined {
    return this.byName.get(name);
  }

  add(name: string, config: Fields): Fields {
    if (this.named(name) !== undefined) return { retval: Retval.VALUE_EXIST, policer_index: NONE };
    const buckets = bucketsOf(config);
    if (buckets === undefined) return { retval: Retval.INVALID_VALUE, policer_index: NONE };
    const policer = this.pool.add((index) => ({ index, name, config, buckets }));
    this.byName.set(name, policer);
    return { policer_index: policer.index };
  }

  update(policer: Policer, config: Fields): number {
    const buckets = bucketsOf(config);
    if (buckets === undefined) return Retval.INVALID_VALUE;
    Object.assign(policer, { config, buckets });
    return Retval.OK;
  }

  remove({ index, name }: Policer): number {
    this.byName.delete(name);
    this.pool.remove(index);
    return Retval.OK;
  }
}

export const policers = defineKind({
  name: 'policers',
  title: 'policers',
  state: () => new Policers(),
  handlers: {
    policer_add: ({ name, infos }, _, policers) => policers.add(String(name), infos as Fields),
    policer_del: ofIndex((policer, _, policers) => policers.remove(policer)),
    policer_update: ofIndex((policer, { infos }, policers) => policers.update(policer, infos as Fields)),
    policer_reset: ofIndex(() => Retval.OK),

    policer_add_del: ({ is_add, name, ...config }, _, policers) => {
      if (is_add) return policers.add(String(name), config);
      const policer = policers.named(String(name));
      return { retval: policer ? policers.remove(policer) : Retval.NO_SUCH_ENTRY, policer_index: NONE };
    },

    policer_bind: ofName((_, fields) => bind(fields)),
    policer_bind_v2: ofIndex((_, fields) => bind(fields)),

    // Only features show that an interface has one.
    policer_input: alsoOnInterface('input', ofName(applied('input'))),
    policer_input_v2: alsoOnInterface('input', ofIndex(applied('input'))),
    policer_output: alsoOnInterface('output', ofName(applied('output'))),
    policer_output_v2: alsoOnInterface('output', ofIndex(applied('output'))),
    ip_punt_police: () => Retval.OK,

    policer_dump: ({ match_name_valid, match_name }, _, { pool }) =>
      [...pool.values()].filter(({ name }) => !match_name_valid || name === match_name).map(details),

    policer_dump_v2: ({ policer_index }, _, { pool }) =>
      [...pool.values()].filter(({ index }) => [NONE, index].includes(Number(policer_index))).map(details),
  },
});

type Act = (policer: Policer, fields: Fields, policers: Policers, call: Call) => number;
type Handler = (fields: Fields, call: Call, policers: Policers) => Answer;

function ofIndex(act: Act): Handler {
  return (fields, call, policers) => {
    const policer = policers.pool.get(Number(fields.policer_index));
    return policer === undefined ? Retval.NO_SUCH_ENTRY : act(policer, fields, policers, call);
  };
}

function ofName(act: Act): Handler {
  return (fields, call, policers) => {
    const policer = policers.named(String(fields.name));
    return policer === undefined ? Retval.NO_SUCH_ENTRY : act(policer, fields, policers, call);
  };
}

/** Puts a policer on an interface, or takes it off. */
function applied(way: Way): Act {
  return (_, { apply }, { used }, call) => {
    if (apply) used.add(way);
    else if (!used.has(way)) call.vpp.dies('policerNeverApplied', call);
    return Retval.OK;
  };
}

/** Arcs that a policer's feature is on; it is counted there. */
const ARCS = { input: ['ip4-unicast', 'ip6-unicast'], output: ['ip4-output', 'ip6-output'] } as const;

/** Refuses an unknown interface first. */
function alsoOnInterface(way: Way, handler: Handler): KindHandler<Policers> {
  return onInterface((itf, fields, call, policers) => {
    const answer = handler(fields, call, policers);
    if (answer === Retval.OK) {
      const features = call.dataplane.of(arcFeatures);
      for (const arc of ARCS[way]) features.count(itf, arc, `policer-${way}`, Boolean(fields.apply));
    }
    return answer;
  });
}

/** Binds a policer to a worker; there are none. */
const bind = ({ bind_enable }: Fields) => (bind_enable ? Retval.INVALID_WORKER : Retval.OK);

function bucketsOf({ cir, eir, cb, eb, rate_type, type }: Fields): PolicerBuckets | undefined {
  return policerBuckets({
    cir: Number(cir),
    eir: Number(eir),
    cb: BigInt(cb as bigint),
    eb: BigInt(eb as bigint),
    rateType: Number(rate_type),
    type: Number(type),
  });
}

function details({ name, config, buckets }: Policer): Fields {
  const given = Object.fromEntries([...GIVEN, ...ACTIONS].map((field) => [field, config[field]]));
  return { name, ...given, ...buckets };
}
