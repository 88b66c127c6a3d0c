/** Proxy ARP by ranges of addresses, and proxy ND by hosts, which are routes. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { parsePrefix } from '../../dataplane/l3/ip.js';
import { keyOf, Source } from '../../dataplane/routing/fib.js';
import { ownPath, PathProto, PathType, pathList, withoutPaths, withPaths } from '../../dataplane/routing/paths.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { neighbors } from './neighbors.js';

export interface ProxyArp {
  readonly table_id: number;
  readonly low: string;
  readonly hi: string;
}

export class Proxies {
  /** Ranges, in the order they came; VPP keeps those of a deleted table. */
  readonly ranges: ProxyArp[] = [];
  /** Interfaces that answer, by sw_if_index; VPP keeps deleted ones. */
  readonly answering = new Set<number>();
  /** Hosts that ND answers for, with the interface of the first that asked. */
  readonly hosts = new Map<string, Interface[]>();
}

export const proxies = defineKind({
  name: 'proxies',
  title: 'proxy ARP and ND',
  state: () => new Proxies(),
  handlers: {
    proxy_arp_add_del: (fields, { dataplane }, { ranges }) => {
      const { table_id, low, hi } = fields.proxy as Fields;
      const range: ProxyArp = { table_id: Number(table_id), low: String(low), hi: String(hi) };
      if (!dataplane.hasTable(range.table_id, false)) return Retval.NO_SUCH_FIB;
      const at = ranges.findIndex(
        (each) => each.table_id === range.table_id && each.low === range.low && each.hi === range.hi,
      );
      if (!fields.is_add && at < 0) return Retval.NO_SUCH_ENTRY;
      if (!fields.is_add) ranges.splice(at, 1);
      else if (at < 0) ranges.push(range);
      return Retval.OK;
    },

    proxy_arp_dump: (_, _call, { ranges }) => ranges.map((proxy): Fields => ({ proxy: { ...proxy } })),

    proxy_arp_intfc_enable_disable: onInterface(({ swIfIndex }, fields, _, { answering }) => {
      if (fields.enable) answering.add(swIfIndex);
      else answering.delete(swIfIndex);
      return Retval.OK;
    }),

    proxy_arp_intfc_dump: (_, _call, { answering }) =>
      [...answering].sort((a, b) => a - b).map((sw_if_index): Fields => ({ sw_if_index })),

    // The ND of a whole interface; nothing shows it.
    ip6nd_proxy_enable_disable: onInterface(() => Retval.OK),

    ip6nd_proxy_add_del: onInterface((itf, fields, { dataplane }, { hosts }) => {
      const ip = String(fields.ip);
      const prefix = parsePrefix(ip);
      const table = dataplane.tables.find(itf.table6, true);
      if (table === undefined) return Retval.NO_SUCH_FIB;
      const path = pathList([ownPath(PathProto.IP6, PathType.NORMAL, itf.swIfIndex, ip)]);
      const known = table.pathsOf(keyOf(prefix), prefix.length, Source.ND_PROXY);
      const users = (hosts.get(ip) ?? []).filter((each) => each !== itf);
      if (fields.is_add) {
        table.put(prefix, Source.ND_PROXY, withPaths(known, path));
        hosts.set(ip, [...users, itf]);
        return Retval.OK;
      }
      const left = known && withoutPaths(known, path);
      if (left !== undefined) table.put(prefix, Source.ND_PROXY, left);
      else table.remove(keyOf(prefix), prefix.length, Source.ND_PROXY);
      if (users.length > 0) hosts.set(ip, users);
      else hosts.delete(ip);
      dataplane.of(neighbors).remove(itf, ip);
      return Retval.OK;
    }),

    ip6nd_proxy_dump: (_, _call, { hosts }) =>
      [...hosts].map(([ip, [itf]]): Fields => ({ sw_if_index: itf.swIfIndex, ip })),
  },
});
