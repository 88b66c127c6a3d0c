/** NAT44-ED: pools of addresses, interfaces and VRF tables. Without packets it has no sessions. */
import type { Fields } from '../../../src/mux/internal.js';
import { swapped } from '../../dataplane/byte-order.js';
import { addressBytes } from '../../dataplane/l3/ip.js';
import { NatFlag } from '../../dataplane/nat/nat-mappings.js';
import { NatPlugin } from '../../dataplane/nat/nat-plugin.js';
import type { Nat44 } from '../../dataplane/nat/nat44.js';
import { pageOfPool } from '../../handlers/cursor.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** Addresses of one range at most; VPP takes any, and is busy for as long as that takes. */
const MAX_RANGE = 16_384;
/** Bits of nat44_config_flags. */
export const PluginFlag = { ENDPOINT_DEPENDENT: 1, STATIC_MAPPING_ONLY: 2, CONNECTION_TRACKING: 4 } as const;

/** A handler that changes an enabled NAT; a disabled one refuses. */
export function changing(act: (nat: Nat44, fields: Fields) => number): KindHandler<NatPlugin> {
  return (fields, _, { nat }) => (nat === undefined ? Retval.UNSUPPORTED : act(nat, fields));
}

/** A handler that changes an enabled NAT on a known interface; a disabled one refuses. */
function changingInterface(act: (nat: Nat44, swIfIndex: number, fields: Fields) => number): KindHandler<NatPlugin> {
  return onInterface(({ swIfIndex }, fields, _, { nat }) =>
    nat === undefined ? Retval.UNSUPPORTED : act(nat, swIfIndex, fields),
  );
}

const isTwiceNat = ({ flags }: Fields) => (Number(flags) & NatFlag.TWICE_NAT) !== 0;

export const nat44 = defineKind({
  name: 'nat44',
  title: 'NAT44-ED',
  state: (dataplane) => new NatPlugin(dataplane),
  addressAdded: ({ nat }, itf, address) => nat?.addressChanged(itf, address, true),
  addressRemoved: ({ nat }, itf, address) => nat?.addressChanged(itf, address, false),
  interfaceDeleted: ({ nat }, { swIfIndex }) => nat?.forget(swIfIndex),
  usesTable: ({ locks }, tableId, v6) => !v6 && locks.has(tableId),
  handlers: {
    nat44_ed_plugin_enable_disable: (fields, _, plugin) => {
      if (!fields.enable) {
        if (plugin.nat === undefined) return Retval.FEATURE_ALREADY_DISABLED;
        plugin.disable();
        return Retval.OK;
      }
      if (Number(fields.flags) & (PluginFlag.STATIC_MAPPING_ONLY | PluginFlag.CONNECTION_TRACKING))
        return Retval.UNSUPPORTED;
      if (plugin.nat !== undefined) return Retval.FEATURE_ALREADY_ENABLED;
      plugin.enable(Number(fields.sessions), Number(fields.inside_vrf), Number(fields.outside_vrf));
      return Retval.OK;
    },

    nat44_add_del_address_range: (fields, _, { nat }) => {
      const addresses = addressesOfRange(fields.first_ip_address, fields.last_ip_address);
      if (addresses === undefined) return Retval.LIMIT_EXCEEDED;
      for (const address of addresses) {
        const retval = changeAddress(nat, address, fields);
        if (retval !== Retval.OK) return retval;
      }
      return Retval.OK;
    },
    nat44_address_dump: (_, __, { nat }) =>
      [...(nat?.addresses ?? []), ...(nat?.twiceNatAddresses ?? [])].map((each) => ({
        ip_address: each.address,
        flags: each.isTwiceNat ? NatFlag.TWICE_NAT : 0,
        vrf_id: each.vrf,
      })),

    nat44_interface_add_del_feature: changingInterface((nat, swIfIndex, fields) => {
      const flag = Number(fields.flags) & NatFlag.INSIDE || NatFlag.OUTSIDE;
      return fields.is_add ? nat.setFeature(swIfIndex, flag) : nat.unsetFeature(swIfIndex, flag);
    }),
    nat44_interface_dump: (_, __, { nat }) =>
      [...(nat?.interfaces.values() ?? [])].map(({ flags, swIfIndex }) => ({ flags, sw_if_index: swIfIndex })),

    nat44_ed_add_del_output_interface: changingInterface((nat, swIfIndex, fields) =>
      fields.is_add ? nat.addOutput(swIfIndex) : nat.removeOutput(swIfIndex),
    ),
    nat44_ed_output_interface_get: (fields, { vpp }, { nat }) =>
      nat === undefined || nat.outputInterfaces.size === 0
        ? []
        : pageOfPool(nat.outputInterfaces, Number(fields.cursor), vpp.pageSize, ({ swIfIndex }) => ({
            sw_if_index: swIfIndex,
          })),

    nat44_add_del_interface_addr: changingInterface((nat, swIfIndex, fields) =>
      fields.is_add
        ? nat.addAddressOf(swIfIndex, isTwiceNat(fields))
        : nat.removeAddressOf(swIfIndex, isTwiceNat(fields)),
    ),
    nat44_interface_addr_dump: (_, __, { nat }) =>
      (nat?.addressesOf ?? []).map((each) => ({
        sw_if_index: each.swIfIndex,
        flags: each.isTwiceNat ? NatFlag.TWICE_NAT : 0,
      })),

    nat44_ed_add_del_vrf_table: (fields, _, { vrfTables }) =>
      vrfTables.setTable(Number(fields.table_vrf_id), Boolean(fields.is_add)),
    nat44_ed_add_del_vrf_route: (fields, _, { vrfTables }) =>
      vrfTables.setRoute(Number(fields.table_vrf_id), Number(fields.vrf_id), Boolean(fields.is_add)),
    // VPP leaves the table's own number out, and gives the others in the host's byte order.
    nat44_ed_vrf_tables_dump: (_, __, { vrfTables }) =>
      [...vrfTables.values()].map(({ routes }) => ({
        vrf_ids: [...routes.values()].map(({ tableId }) => swapped(tableId)),
      })),
    nat44_ed_vrf_tables_v2_dump: (_, __, { vrfTables }) =>
      [...vrfTables.values()].map(({ tableId, routes }) => ({
        table_vrf_id: tableId,
        vrf_ids: [...routes.values()].map((route) => route.tableId),
      })),
  },
});

function changeAddress(nat: Nat44 | undefined, address: string, fields: Fields): number {
  if (!fields.is_add) return nat?.removeAddress(address, isTwiceNat(fields)) ?? Retval.NO_SUCH_ENTRY;
  return nat?.addAddress(address, Number(fields.vrf_id), isTwiceNat(fields)) ?? Retval.UNSUPPORTED;
}

/** Addresses from the first to the last, none where the last comes before; undefined where they are too many. */
export function addressesOfRange(first: unknown, last: unknown): string[] | undefined {
  const from = numberOf(first);
  const length = Math.max(0, numberOf(last) - from + 1);
  return length > MAX_RANGE ? undefined : Array.from({ length }, (_, index) => addressText(from + index));
}

const numberOf = (address: unknown) => Buffer.from(addressBytes(String(address))).readUInt32BE(0);

function addressText(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}
