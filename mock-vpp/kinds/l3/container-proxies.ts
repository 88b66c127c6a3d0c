/** Container proxies: prefixes that are answered for on an interface, each a route. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import { parsePrefix } from '../../dataplane/l3/ip.js';
import { keyOf, Source } from '../../dataplane/routing/fib.js';
import { ownPath, PathProto, PathType, pathList } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export interface ContainerProxy {
  /** Interface of the first that asked; VPP keeps deleted ones. */
  readonly swIfIndex: number;
  readonly prefix: string;
  users: number;
}

export const containerProxies = defineKind({
  name: 'containerProxies',
  title: 'container proxies',
  /** Proxies by table and prefix. */
  state: () => new Map<string, ContainerProxy>(),
  handlers: {
    ip_container_proxy_add_del: (fields, { dataplane }, proxies) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf === undefined) return Retval.INVALID_INTERFACE;
      const text = fields.pfx;
      if (typeof text !== 'string') return Retval.INVALID_PREFIX_LENGTH;
      const prefix = parsePrefix(text);
      const { v6, length } = prefix;
      const table = dataplane.tables.find(v6 ? itf.table6 : itf.table4, v6);
      if (table === undefined) return Retval.OK;
      const key = `${table.tableId} ${text}`;
      const known = proxies.get(key);
      if (fields.is_add) {
        if (known !== undefined) known.users++;
        else proxies.set(key, { swIfIndex: itf.swIfIndex, prefix: text, users: 1 });
        const path = ownPath(v6 ? PathProto.IP6 : PathProto.IP4, PathType.NORMAL);
        if (known === undefined) table.put(prefix, Source.PROXY, pathList([path]));
      } else if (known !== undefined && --known.users === 0) {
        proxies.delete(key);
        table.remove(keyOf(prefix), length, Source.PROXY);
      }
      return Retval.OK;
    },

    ip_container_proxy_dump: (_, _call, proxies) => {
      const order = ({ prefix }: ContainerProxy) => (prefix.includes(':') ? 1000 : 0) + parsePrefix(prefix).length;
      const found = [...proxies.values()].sort((a, b) => order(a) - order(b));
      return found.map(({ swIfIndex, prefix }): Fields => ({ sw_if_index: swIfIndex, prefix }));
    },
  },
});
