/** Pairs of linux-cp: interfaces that the host's kernel sees as its own. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { detailsThen } from '../../handlers/answers.js';
import type { Call } from '../../handlers/call.js';
import { pageOfPool } from '../../handlers/cursor.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { HostType, type LcpPair, LcpPairs } from './lcp-pairs.js';

/** Ethertypes whose packets VPP hands to a node of its own. */
const TAKEN_ETHERTYPES: ReadonlySet<number> = new Set([
  0x0800, 0x0806, 0x8847, 0x894f, 0x8863, 0x8864, 0x8870, 0x88cc, 0x86dd,
]);
/** Other ethertypes that VPP knows; what it does not know is refused. */
const FREE_ETHERTYPES: ReadonlySet<number> = new Set([
  0x0600, 0x0bad, 0x0bae, 0x0baf, 0x1984, 0x2000, 0x2001, 0x2007, 0x2452, 0x6000, 0x6001, 0x6002, 0x6003, 0x6004,
  0x6005, 0x6006, 0x6007, 0x6558, 0x6559, 0x8035, 0x8038, 0x803d, 0x803f, 0x8041, 0x809b, 0x80d5, 0x80f3, 0x80ff,
  0x8100, 0x8137, 0x814c, 0x81fd, 0x81ff, 0x86df, 0x876b, 0x876c, 0x876d, 0x8808, 0x8809, 0x880b, 0x8848, 0x886d,
  0x886f, 0x8881, 0x888e, 0x8892, 0x889a, 0x88a2, 0x88a8, 0x88ae, 0x88b7, 0x88c7, 0x88e5, 0x88e7, 0x9000, 0x9021,
  0x9022, 0x9100, 0x9200, 0x9999, 0xe23b, 0xfefe, 0xffff,
]);
const OSI_PROTOCOLS: ReadonlySet<number> = new Set([
  0, 1, 3, 8, 9, 12, 128, 129, 130, 131, 133, 138, 140, 141, 142, 176, 193, 204, 207,
]);

export const lcp = defineKind({
  name: 'lcp',
  title: 'LCP pairs',
  state: (dataplane) => new LcpPairs(dataplane),
  interfaceDeleted: (pairs, { swIfIndex }) => {
    const pair = pairs.at(swIfIndex);
    if (pair !== undefined) pairs.remove(pair);
  },
  commands: {
    'show lcp': {
      help: 'Show LCP pairs',
      run: (pairs, { dataplane }) => lcpText(pairs, dataplane),
    },
  },
  handlers: {
    lcp_itf_pair_add_del: (fields, call, pairs) => addDel(fields, call, pairs).retval,

    lcp_itf_pair_add_del_v2: (fields, call, pairs) => {
      const { retval, host_sw_if_index } = addDel(fields, call, pairs);
      return { retval, host_sw_if_index };
    },

    lcp_itf_pair_add_del_v3: (fields, call, pairs) => ({ ...addDel(fields, call, pairs) }),

    lcp_itf_pair_get: (fields, { vpp }, { pool }) => pageOfPool(pool, Number(fields.cursor), vpp.pageSize, details),

    lcp_itf_pair_get_v2: (fields, { vpp }, pairs) => {
      const swIfIndex = Number(fields.sw_if_index);
      if (swIfIndex === NO_INTERFACE) return pageOfPool(pairs.pool, Number(fields.cursor), vpp.pageSize, details);
      const pair = pairs.at(swIfIndex);
      if (pair === undefined) return { retval: Retval.INVALID_SW_IF_INDEX, cursor: NO_INTERFACE };
      return detailsThen([details(pair)], { cursor: NO_INTERFACE });
    },

    lcp_itf_pair_replace_begin: (_, _call, pairs) => {
      pairs.markStale();
      return Retval.OK;
    },

    lcp_itf_pair_replace_end: (_, _call, pairs) => {
      pairs.removeStale();
      return Retval.OK;
    },

    lcp_default_ns_set: (fields, _, pairs) => {
      pairs.defaultNetns = String(fields.netns);
      return Retval.OK;
    },

    lcp_default_ns_get: (_, _call, { defaultNetns }) => ({ netns: defaultNetns }),

    lcp_sync_unnumbered_set: (fields, _, pairs) => {
      pairs.syncUnnumbered = Boolean(fields.is_enable);
      return Retval.OK;
    },

    lcp_sync_unnumbered_get: (_, _call, { syncUnnumbered }) => ({ is_enable: syncUnnumbered }),

    lcp_ethertype_enable: (fields, _, { ethertypes }) => {
      const ethertype = swapped(Number(fields.ethertype));
      if (TAKEN_ETHERTYPES.has(ethertype)) return Retval.INVALID_REGISTRATION;
      if (!FREE_ETHERTYPES.has(ethertype)) return Retval.INVALID_VALUE;
      ethertypes.add(ethertype);
      return Retval.OK;
    },

    lcp_ethertype_get: (_, _call, { ethertypes }) => {
      const enabled = [...ethertypes].sort((a, b) => a - b);
      return { count: enabled.length, ethertypes: enabled };
    },

    lcp_osi_proto_enable: (fields, _, { osiProtocols }) => {
      const protocol = Number(fields.osi_proto);
      if (!OSI_PROTOCOLS.has(protocol)) return Retval.INVALID_REGISTRATION;
      osiProtocols.add(protocol);
      return Retval.OK;
    },

    lcp_osi_proto_get: (_, _call, { osiProtocols }) => ({
      count: osiProtocols.size,
      osi_protos: Buffer.from([...osiProtocols].sort((a, b) => a - b)),
    }),
  },
});

/** The reply of the third version; the others have less of it. */
interface PairReply {
  readonly retval: number;
  readonly host_sw_if_index: number;
  readonly vif_index: number;
}

function addDel(fields: Fields, { dataplane }: Call, pairs: LcpPairs): PairReply {
  const refused = (retval: number) => ({ retval, host_sw_if_index: NO_INTERFACE, vif_index: NO_INTERFACE });
  const phy = dataplane.interfaces.get(Number(fields.sw_if_index));
  if (phy === undefined) return refused(Retval.INVALID_SW_IF_INDEX);
  if (!fields.is_add) {
    const pair = pairs.at(phy.swIfIndex);
    if (pair !== undefined) pairs.remove(pair);
    return refused(pair === undefined ? Retval.INVALID_SW_IF_INDEX : Retval.OK);
  }
  const made = pairs.add(phy, fields);
  if (typeof made === 'number') return refused(made);
  return { retval: Retval.OK, host_sw_if_index: made.host, vif_index: made.vif };
}

function details({ phy, host, vif, hostName, hostType, netns }: LcpPair): Fields {
  return {
    phy_sw_if_index: phy,
    host_sw_if_index: host,
    vif_index: vif,
    host_if_name: hostName,
    host_if_type: hostType,
    netns,
  };
}

/** VPP takes the number of `lcp_ethertype_enable` with its bytes the other way round, and gives it back in order. */
const swapped = (number: number) => ((number & 255) << 8) | (number >> 8);

function lcpText({ pool, defaultNetns, syncUnnumbered }: LcpPairs, { interfaces }: Dataplane): string {
  const lines = [...pool.values()].map(({ index, phy, host, hostName, vif, hostType, netns }) => {
    const [phyName, tapName] = [phy, host].map((swIfIndex) => interfaces.get(swIfIndex)?.name);
    const type = hostType === HostType.TUN ? 'tun' : 'tap';
    const pair = `itf-pair: [${index}] ${phyName ?? '<no-phy-if>'} ${tapName ?? '<no-host-if>'}`;
    return `${pair} ${hostName} ${vif} type ${type}${netns && ` netns ${netns}`}`;
  });
  return [
    `lcp default netns '${defaultNetns || '<unset>'}'`,
    'lcp lcp-auto-subint off',
    'lcp lcp-sync off',
    `lcp lcp-sync-unnumbered ${syncUnnumbered ? 'on' : 'off'}`,
    'lcp del-static-on-link-down off',
    'lcp del-dynamic-on-link-down off',
    ...lines,
    '',
  ].join('\n');
}
