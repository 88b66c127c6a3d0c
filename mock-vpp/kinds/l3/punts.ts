/** Punts: packets that VPP gives to its host, and redirects of them, by receiving interface. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import {
  NO_INTERFACE,
  normalPath,
  ownPath,
  type Path,
  type PathList,
  PathProto,
  PathType,
  pathList,
  refusalOf,
} from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export const PuntType = { L4: 0, IP_PROTO: 1, EXCEPTION: 2 } as const;
export const UDP = 17;
const TCP = 6;
const ALL_PORTS = 65535;
/** Names of the exceptions; their ids begin with 1. */
const REASONS = ['ipsec4-spi-o-udp-0', 'ipsec4-no-such-tunnel', 'ipsec6-no-such-tunnel', 'ipsec6-spi-o-udp-0'] as const;

/** Redirects of one family: receiving sw_if_index → paths; 0 stands for all interfaces. VPP keeps those of deleted interfaces. */
export type Redirects = Map<number, PathList>;

export const punts = defineKind({
  name: 'punts',
  title: 'punts',
  state: (): readonly [Redirects, Redirects] => [new Map(), new Map()],
  handlers: {
    set_punt: (fields) => {
      const { type, punt } = fields.punt as { type: number; punt: Record<string, Fields> };
      if (type === PuntType.L4) return refusalOfL4(punt.l4);
      if (type !== PuntType.EXCEPTION) return Retval.UNSPECIFIED;
      const id = Number(punt.exception.id);
      return id >= 1 && id <= REASONS.length ? Retval.OK : Retval.UNSPECIFIED;
    },

    punt_reason_dump: (fields) => {
      const wanted = String((fields.reason as Fields).name ?? '');
      return REASONS.map((name, index): Fields => ({ reason: { id: index + 1, name } })).filter(
        ({ reason }) => wanted === '' || (reason as Fields).name === wanted,
      );
    },

    ip_punt_redirect: (fields, { dataplane }, families) => {
      const { rx_sw_if_index, tx_sw_if_index, nh } = fields.punt as Fields;
      const tx = Number(tx_sw_if_index);
      if (!dataplane.hasInterface(tx)) return Retval.OK; // VPP does nothing, and says so to nobody
      const ip = typeof nh === 'string' ? nh : '0.0.0.0';
      const proto = ip.includes(':') ? PathProto.IP6 : PathProto.IP4;
      const path = ownPath(proto, PathType.NORMAL, tx, ip);
      redirect(families[proto], Boolean(fields.is_add), Number(rx_sw_if_index), [path]);
      return Retval.OK;
    },

    add_del_ip_punt_redirect_v2: (fields, { dataplane }, families) => {
      const { rx_sw_if_index, af, paths } = fields.punt as Fields;
      if (af !== 0 && af !== 1) return Retval.INVALID_ADDRESS_FAMILY;
      const wanted = (paths as Fields[]).map(normalPath);
      const refused = wanted.find((path) => typeof path === 'number');
      if (refused !== undefined) return refused as number;
      const refusal = refusalOf(wanted as Path[], dataplane);
      if (refusal !== Retval.OK) return refusal;
      redirect(families[af], Boolean(fields.is_add), Number(rx_sw_if_index), wanted as Path[]);
      return Retval.OK;
    },

    ip_punt_redirect_dump: (fields, _, families) => {
      const found = redirectsAt(families[fields.is_ipv6 ? 1 : 0], Number(fields.sw_if_index));
      // VPP dies of one without paths.
      const withPaths = found.filter(([, { paths }]) => paths.length > 0);
      return withPaths.map(([rx_sw_if_index, { paths }]): Fields => {
        const { sw_if_index, nh } = paths[0].fields as { sw_if_index: number; nh: { address?: Fields } };
        const [address] = Object.values(nh.address ?? {});
        return { punt: { rx_sw_if_index, tx_sw_if_index: sw_if_index, nh: address ?? '0.0.0.0' } };
      });
    },

    ip_punt_redirect_v2_dump: (fields, _, families) => {
      const { af } = fields;
      if (af !== 0 && af !== 1) return [];
      return redirectsAt(families[af], Number(fields.sw_if_index)).map(([rx_sw_if_index, { paths }]): Fields => {
        return { punt: { rx_sw_if_index, af, n_paths: paths.length, paths: paths.map((path) => path.fields) } };
      });
    },
  },
});

/** Checks a punt of UDP or TCP. */
function refusalOfL4({ af, protocol, port }: Fields): number {
  if (af !== 0 && af !== 1) return Retval.INVALID_ADDRESS_FAMILY;
  if (protocol === UDP || (protocol === TCP && port === ALL_PORTS)) return Retval.OK;
  return Retval.UNSPECIFIED;
}

function redirect(redirects: Redirects, isAdd: boolean, rx: number, paths: readonly Path[]): void {
  const at = rx === NO_INTERFACE ? 0 : rx;
  if (!isAdd) redirects.delete(at);
  else redirects.set(at, pathList(paths));
}

/** Redirects of one interface, or with ~0 all. */
function redirectsAt(redirects: Redirects, rx: number): [number, PathList][] {
  const sorted = [...redirects].sort(([a], [b]) => a - b);
  if (rx !== NO_INTERFACE) return sorted.filter(([at]) => at === rx);
  return sorted.map(([at, paths]) => [at === 0 ? NO_INTERFACE : at, paths]);
}
