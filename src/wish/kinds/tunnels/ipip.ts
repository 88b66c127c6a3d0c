/**
 * IP-in-IP tunnels, of IPv4 and IPv6 packets alike: `x-vppmux: { ipip: { ipip0: { local: 192.0.2.1, remote: 198.51.100.1 } } }`. With IPv6
 * addresses on its interface, one between IPv4 addresses is a 6in4 tunnel.
 */

import { z } from 'zod';
import type { Fields } from '../../../mux/index.js';
import { address, form, named } from '../../form-parts.js';
import type { Wish } from '../../wish.js';
import { instanceOf } from '../interfaces-of.js';
import { defineKind, type Found } from '../kind.js';
import { tableNeeds, tableReader, unknownTables } from '../layer3/table-reference.js';
import { NONE } from '../snapshot.js';
import { checkEnds, describeEnds, endsFrom, endsOf, fieldsOfEnds, type TunnelEnds, tunnelKeys } from './tunnel-ends.js';

interface Ipip extends TunnelEnds {
  readonly dscp: number;
}

const schema = named(
  /^ipip(?:0|[1-9]\d{0,8})$/,
  'must be ipip and a number',
  form({ local: address }, { ...tunnelKeys, dscp: z.int().min(0).max(63) }),
);

const tunnelsOf = ({ extra }: Wish) => Object.entries((extra.ipip as z.output<typeof schema> | undefined) ?? {});

/** VPP tells tunnels apart by these. */
const identityOf = ({ local, remote, table, isMultipoint }: TunnelEnds) =>
  [local, remote, table, isMultipoint].join(' ');

export const ipipKind = defineKind<Ipip>({
  name: 'ipip',
  family: 'interface',
  ownership: 'wished',
  messages: ['ipip_add_tunnel', 'ipip_del_tunnel', 'ipip_tunnel_dump'],
  section: { key: 'ipip', schema },
  *check(wish) {
    const known = new Map<string, string>();
    const number = tableReader(wish);
    for (const [name, tunnel] of tunnelsOf(wish)) {
      const path = ['x-vppmux', 'ipip', name];
      yield* checkEnds(tunnel, `ipip ${name}`, path);
      yield* unknownTables(wish, [[tunnel.table, ['ipip', name, 'table']]]);
      const identity = identityOf(endsOf(tunnel, number(tunnel.table)));
      const other = known.get(identity);
      if (other !== undefined) yield { path, message: `ipip ${name} is the same tunnel as ${other}` };
      known.set(identity, name);
    }
  },
  *wanted(wish) {
    const number = tableReader(wish);
    for (const [name, tunnel] of tunnelsOf(wish)) {
      const value = { ...endsOf(tunnel, number(tunnel.table)), dscp: tunnel.dscp ?? 0 };
      yield { name, value, path: ['x-vppmux', 'ipip', name] };
    }
  },
  read: async (vpp) =>
    (await vpp.dump('ipip_tunnel_dump', { sw_if_index: NONE })).flatMap((details): Found<Ipip>[] => {
      const tunnel = details.tunnel as Fields;
      const name = vpp.nameOf(tunnel.sw_if_index);
      if (name === undefined) return [];
      const value = { ...endsFrom(tunnel, tunnel.table_id), dscp: tunnel.dscp as number };
      return [{ name, value, index: tunnel.sw_if_index as number }];
    }),
  needs: ({ value }) => tableNeeds(value.table),
  create({ name, value }) {
    const { table, dscp } = value;
    const tunnel = { ...fieldsOfEnds(value), table_id: table, dscp, instance: instanceOf(name) };
    return [{ name: 'ipip_add_tunnel', fields: { tunnel } }];
  },
  indexOf: (reply) => reply.sw_if_index as number | undefined,
  remove: ({ name }, refs) => [
    { name: 'ipip_del_tunnel', fields: { sw_if_index: refs.interface(name) }, settledBy: ['NO_SUCH_ENTRY'] },
  ],
  describe(found, { extra }) {
    if (found.length === 0) return;
    extra.ipip = Object.fromEntries(
      found.map(({ name, value }) => [name, { ...describeEnds(value), ...(value.dscp !== 0 && { dscp: value.dscp }) }]),
    );
  },
});
