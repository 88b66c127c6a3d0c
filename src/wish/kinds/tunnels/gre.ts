/** GRE tunnels: `x-vppmux: { gre: { gre0: { local: 192.0.2.1, remote: 198.51.100.1 } } }`. */

import { z } from 'zod';
import type { Fields } from '../../../mux/index.js';
import { address, form, named } from '../../form-parts.js';
import type { Wish } from '../../wish.js';
import { instanceOf } from '../interfaces-of.js';
import { defineKind, type Found, type KindObject, type References } from '../kind.js';
import { tableNeeds, tableReader, unknownTables } from '../layer3/table-reference.js';
import { NONE } from '../snapshot.js';
import { checkEnds, describeEnds, endsFrom, endsOf, fieldsOfEnds, type TunnelEnds, tunnelKeys } from './tunnel-ends.js';

/** Payload: IP packets, Ethernet frames (transparent Ethernet bridging) or mirrored ones. */
const TYPES = ['l3', 'teb', 'erspan'] as const;

interface Gre extends TunnelEnds {
  readonly type: (typeof TYPES)[number];
  /** Number of an ERSPAN session; 0 for the other types. */
  readonly session: number;
  /** RFC 2890; 0 for none. */
  readonly key: number;
}

const schema = named(
  /^gre(?:0|[1-9]\d{0,8})$/,
  'must be gre and a number',
  form(
    { local: address },
    {
      ...tunnelKeys,
      type: z.enum(TYPES),
      session: z.int().min(0).max(1023),
      key: z.int().min(1).max(0xffff_ffff),
    },
  ),
);

const tunnelsOf = ({ extra }: Wish) => Object.entries((extra.gre as z.output<typeof schema> | undefined) ?? {});

type WishedGre = z.output<typeof schema>[string];

const formed = (tunnel: WishedGre, table: number): Gre => ({
  ...endsOf(tunnel, table),
  ...{ type: tunnel.type ?? 'l3', session: tunnel.session ?? 0, key: tunnel.key ?? 0 },
});

/** VPP tells tunnels apart by all but their flags. */
const identityOf = ({ flags, ...others }: Gre) => JSON.stringify(others);

/** Releases that cannot list keys have messages without a key only, as far as this kind is concerned. */
const hasKeys = (has: { newest: References['newest'] }) =>
  has.newest('gre_tunnel_v2_dump', 'gre_tunnel_dump') === 'gre_tunnel_v2_dump';

function change({ name, value }: KindObject<Gre>, refs: References, is_add: boolean) {
  const withKey = hasKeys(refs) || value.key !== 0;
  const tunnel = {
    ...fieldsOfEnds(value),
    ...{ outer_table_id: value.table, type: TYPES.indexOf(value.type), session_id: value.session },
    ...(withKey && { key: value.key }),
    instance: instanceOf(name),
  };
  return { name: withKey ? 'gre_tunnel_add_del_v2' : 'gre_tunnel_add_del', fields: { is_add, tunnel } };
}

export const greKind = defineKind<Gre>({
  name: 'gre',
  family: 'interface',
  ownership: 'wished',
  messages: ['gre_tunnel_add_del', 'gre_tunnel_dump'],
  section: { key: 'gre', schema },
  *check(wish) {
    const known = new Map<string, string>();
    const number = tableReader(wish);
    for (const [name, tunnel] of tunnelsOf(wish)) {
      const path = ['x-vppmux', 'gre', name];
      yield* checkEnds(tunnel, `gre ${name}`, path);
      yield* unknownTables(wish, [[tunnel.table, ['gre', name, 'table']]]);
      const { type = 'l3', session } = tunnel;
      if ((type === 'erspan') !== (session !== undefined)) {
        yield { path, message: `gre ${name} ${type === 'erspan' ? 'needs' : 'has a type without'} a session` };
      }
      const identity = identityOf(formed(tunnel, number(tunnel.table)));
      const other = known.get(identity);
      if (other !== undefined) yield { path, message: `gre ${name} is the same tunnel as ${other}` };
      known.set(identity, name);
    }
  },
  *wanted(wish) {
    const number = tableReader(wish);
    for (const [name, tunnel] of tunnelsOf(wish)) {
      yield { name, value: formed(tunnel, number(tunnel.table)), path: ['x-vppmux', 'gre', name] };
    }
  },
  async read(vpp) {
    const all = await vpp.dump(hasKeys(vpp) ? 'gre_tunnel_v2_dump' : 'gre_tunnel_dump', { sw_if_index: NONE });
    return all.flatMap((details): Found<Gre>[] => {
      const tunnel = details.tunnel as Fields;
      const name = vpp.nameOf(tunnel.sw_if_index);
      if (name === undefined) return [];
      const value: Gre = {
        ...endsFrom(tunnel, tunnel.outer_table_id),
        type: TYPES[tunnel.type as number],
        session: tunnel.session_id as number,
        key: (tunnel.key as number | undefined) ?? 0,
      };
      return [{ name, value, index: tunnel.sw_if_index as number }];
    });
  },
  needs: ({ value }) => tableNeeds(value.table),
  create: (wanted, refs) => [change(wanted, refs, true)],
  indexOf: (reply) => reply.sw_if_index as number | undefined,
  remove: (found, refs) => [{ ...change(found, refs, false), settledBy: ['NO_SUCH_ENTRY'] }],
  describe(found, { extra }) {
    if (found.length === 0) return;
    extra.gre = Object.fromEntries(
      found.map(({ name, value }) => {
        const { type, session, key } = value;
        const own = {
          ...(type !== 'l3' && { type }),
          ...(type === 'erspan' && { session }),
          ...(key !== 0 && { key }),
        };
        return [name, { ...describeEnds(value), ...own }];
      }),
    );
  },
});
