/** MPLS tunnels: interfaces whose packets leave by labelled paths. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import { Pool } from '../../dataplane/pool.js';
import {
  NO_INTERFACE,
  normalPath,
  type Path,
  type PathList,
  pathList,
  refusalOf,
  withoutPaths,
  withPaths,
} from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const DEVICE: Device = { type: 'MPLS tunnel device', isEthernet: false, linkFollowsAdmin: true, takesMacs: false };
const MTU = 9000;

export interface MplsTunnel {
  readonly index: number;
  readonly itf: Interface;
  readonly isL2: boolean;
  readonly isMulticast: boolean;
  readonly tag: string;
  paths: PathList;
}

export const mplsTunnels = defineKind({
  name: 'mplsTunnels',
  title: 'MPLS tunnels',
  state: () => new Pool<MplsTunnel>(),
  interfaceDeleted: (tunnels, itf) => {
    for (const { index, itf: at } of tunnels.values()) if (at === itf) tunnels.remove(index);
  },
  handlers: {
    // Without an interface it makes a tunnel, with one it changes the paths of that; the last path takes the tunnel along.
    mpls_tunnel_add_del: (fields, { dataplane }, tunnels) => {
      const asked = fields.mt_tunnel as Fields;
      const swIfIndex = Number(asked.mt_sw_if_index);
      const refused = (retval: number) => ({ retval, sw_if_index: NO_INTERFACE, tunnel_index: NO_INTERFACE });
      const given = (asked.mt_paths as Fields[]).map(normalPath);
      const unreadable = given.find((path) => typeof path === 'number');
      if (unreadable !== undefined) return refused(unreadable as number);
      const refusal = refusalOf(given as Path[], dataplane);
      if (refusal !== Retval.OK) return refused(refusal);
      const paths = pathList(given as Path[]);
      const known = [...tunnels.values()].find(({ itf }) => itf.swIfIndex === swIfIndex);
      if (fields.mt_is_add && swIfIndex === NO_INTERFACE) {
        const name = `mpls-tunnel${tunnels.nextIndex}`;
        const itf = dataplane.addInterface({ name, device: DEVICE, mtu: 0 });
        itf.mtu = [MTU, 0, 0, 0];
        const { index } = tunnels.add((index) => ({ ...{ index, itf, paths }, ...kindOf(asked) }));
        return { sw_if_index: itf.swIfIndex, tunnel_index: index };
      }
      if (known !== undefined && fields.mt_is_add) known.paths = withPaths(known.paths, paths);
      else if (known !== undefined) {
        const left = withoutPaths(known.paths, paths);
        if (left === undefined) dataplane.deleteInterface(known.itf);
        else known.paths = left;
      }
      // VPP says nothing of what it does not know.
      return { sw_if_index: swIfIndex, tunnel_index: known?.index ?? NO_INTERFACE };
    },

    mpls_tunnel_dump: (fields, _, tunnels) => {
      const asked = Number(fields.sw_if_index);
      return [...tunnels.values()]
        .filter(({ itf }) => [NO_INTERFACE, itf.swIfIndex].includes(asked))
        .map((tunnel): Fields => ({ mt_tunnel: details(tunnel) }));
    },
  },
});

function kindOf({ mt_l2_only, mt_is_multicast, mt_tag }: Fields) {
  return { isL2: Boolean(mt_l2_only), isMulticast: Boolean(mt_is_multicast), tag: String(mt_tag) };
}

function details({ index, itf, isL2, isMulticast, tag, paths: { paths } }: MplsTunnel): Fields {
  return {
    ...{ mt_sw_if_index: itf.swIfIndex, mt_tunnel_index: index, mt_l2_only: isL2, mt_is_multicast: isMulticast },
    ...{ mt_tag: tag, mt_n_paths: paths.length, mt_paths: paths.map((path) => path.fields) },
  };
}
