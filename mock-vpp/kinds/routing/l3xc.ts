/** Cross-connects of layer 3: all that an interface receives goes along given paths. */
import type { Fields } from '../../../src/mux/internal.js';
import { Pool } from '../../dataplane/pool.js';
import {
  NO_INTERFACE,
  normalPath,
  type Path,
  type PathList,
  pathList,
  refusalOf,
} from '../../dataplane/routing/paths.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export interface L3CrossConnect {
  readonly index: number;
  readonly swIfIndex: number;
  readonly v6: boolean;
  paths: PathList;
}

/** VPP keeps those of deleted interfaces. */
export class L3CrossConnects {
  readonly pool = new Pool<L3CrossConnect>();

  find(swIfIndex: number, v6: boolean): L3CrossConnect | undefined {
    return [...this.pool.values()].find((each) => each.swIfIndex === swIfIndex && each.v6 === v6);
  }
}

export const l3xc = defineKind({
  name: 'l3xc',
  title: 'cross-connects of layer 3',
  state: () => new L3CrossConnects(),
  handlers: {
    l3xc_plugin_get_version: () => ({ major: 1, minor: 0 }),

    l3xc_update: ({ l3xc }, { dataplane }, all) => {
      const { sw_if_index, is_ip6, paths } = l3xc as Fields;
      const swIfIndex = Number(sw_if_index);
      if (!dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      const wanted = (paths as Fields[]).map(normalPath);
      if (wanted.length === 0) return Retval.INVALID_VALUE;
      const refused = wanted.find((path) => typeof path === 'number');
      if (refused !== undefined) return refused as number;
      const refusal = refusalOf(wanted as Path[], dataplane);
      if (refusal !== Retval.OK) return refusal;
      const list = pathList(wanted as Path[]);
      const known = all.find(swIfIndex, Boolean(is_ip6));
      if (known !== undefined) known.paths = list;
      else all.pool.add((index) => ({ index, swIfIndex, v6: Boolean(is_ip6), paths: list }));
      return Retval.OK;
    },

    l3xc_del: onInterface(({ swIfIndex }, { is_ip6 }, _, all) => {
      const known = all.find(swIfIndex, Boolean(is_ip6));
      if (known === undefined) return Retval.INVALID_VALUE;
      all.pool.remove(known.index);
      return Retval.OK;
    }),

    l3xc_dump: (fields, _, all) => {
      const at = Number(fields.sw_if_index);
      const found = [...all.pool.values()].filter(({ swIfIndex }) => at === NO_INTERFACE || swIfIndex === at);
      if (at !== NO_INTERFACE) found.sort((a, b) => Number(a.v6) - Number(b.v6));
      // VPP does not say which are of IPv6.
      return found.map(({ swIfIndex, paths: { paths } }): Fields => {
        return { l3xc: { sw_if_index: swIfIndex, n_paths: paths.length, paths: paths.map((path) => path.fields) } };
      });
    },
  },
});
