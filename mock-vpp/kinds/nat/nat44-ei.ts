/** NAT44-EI: pools of addresses, and interfaces. */
import type { Fields } from '../../../src/mux/internal.js';
import { at } from '../../dataplane/nat/nat44.js';
import { Nat44Ei } from '../../dataplane/nat/nat44-ei.js';
import { EiFlag, type EiInterfaces } from '../../dataplane/nat/nat44-ei-interfaces.js';
import type { Answer } from '../../handlers/answers.js';
import { pageOfPool } from '../../handlers/cursor.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { addressesOfRange } from './nat44.js';

const DEFAULTS = { users: 1024, sessions: 10 * 1024 } as const;
/** VPP's retval for an interface that it has been told of before, or not at all. */
const NOTHING_TO_DO = 1;

/** A handler that changes a known interface. */
function changingInterface(act: (nat: Nat44Ei, swIfIndex: number, fields: Fields) => Answer): KindHandler<Nat44Ei> {
  return onInterface(({ swIfIndex }, fields, _, nat) => act(nat, swIfIndex, fields));
}

/** INSIDE where the request says so. */
const featureOf = ({ flags }: Fields) => Number(flags) & EiFlag.INSIDE || EiFlag.OUTSIDE;

export const nat44Ei = defineKind({
  name: 'nat44Ei',
  title: 'NAT44-EI',
  state: (dataplane) => new Nat44Ei(dataplane),
  addressAdded: (nat, itf, address) => nat.addressChanged(itf, address, true),
  addressRemoved: (nat, itf, address) => nat.addressChanged(itf, address, false),
  interfaceDeleted: ({ interfaces }, { swIfIndex }) => interfaces.forget(swIfIndex),
  usesTable: ({ locks }, tableId, v6) => !v6 && locks.has(tableId),
  handlers: {
    nat44_ei_plugin_enable_disable: (fields, _, nat) => {
      if (!fields.enable) return nat.config === undefined ? Retval.FEATURE_ALREADY_DISABLED : nat.disable();
      if (nat.config !== undefined) return Retval.FEATURE_ALREADY_ENABLED;
      const sessions = Number(fields.sessions) || DEFAULTS.sessions;
      nat.enable({
        insideVrf: Number(fields.inside_vrf),
        outsideVrf: Number(fields.outside_vrf),
        users: Number(fields.users) || DEFAULTS.users,
        sessions,
        userSessions: Number(fields.user_sessions) || sessions,
        flags: Number(fields.flags) & (EiFlag.STATIC_MAPPING_ONLY | EiFlag.CONNECTION_TRACKING | EiFlag.OUT2IN_DPO),
      });
      return Retval.OK;
    },

    nat44_ei_add_del_address_range: (fields, _, nat) => {
      if (nat.flags & EiFlag.STATIC_MAPPING_ONLY) return Retval.FEATURE_DISABLED;
      const addresses = addressesOfRange(fields.first_ip_address, fields.last_ip_address);
      if (addresses === undefined) return Retval.LIMIT_EXCEEDED;
      for (const address of addresses) {
        const retval = fields.is_add
          ? nat.addAddress(address, Number(fields.vrf_id))
          : nat.removeAddress(address, false);
        if (retval !== Retval.OK) return retval;
      }
      return Retval.OK;
    },
    nat44_ei_address_dump: (_, __, { addresses }) =>
      addresses.map(({ address, vrf }): Fields => ({ ip_address: address, vrf_id: vrf })),

    nat44_ei_interface_add_del_feature: changingInterface(({ interfaces }, swIfIndex, fields) => {
      const flag = featureOf(fields);
      return fields.is_add ? interfaces.setFeature(swIfIndex, flag) : interfaces.unsetFeature(swIfIndex, flag);
    }),
    nat44_ei_interface_dump: (_, __, { interfaces }) =>
      [...interfaces.features.values()].map(({ flags, swIfIndex }): Fields => ({ flags, sw_if_index: swIfIndex })),

    nat44_ei_interface_add_del_output_feature: changingInterface(({ interfaces }, swIfIndex, fields) => {
      const flag = featureOf(fields);
      const { told } = interfaces;
      const known = at(told, swIfIndex);
      const isNew = fields.is_add && known === undefined;
      if (isNew) told.add((index) => ({ index, swIfIndex, flags: flag }));
      if (!fields.is_add && known !== undefined) told.remove(known.index);
      if (flag === EiFlag.OUTSIDE) return setOutput(interfaces, swIfIndex, fields);
      return isNew || (!fields.is_add && known !== undefined) ? Retval.OK : NOTHING_TO_DO;
    }),
    nat44_ei_interface_output_feature_dump: (_, __, { interfaces }) =>
      [...interfaces.told.values()].map(
        ({ flags, swIfIndex }): Fields => ({ flags: flags & EiFlag.INSIDE, sw_if_index: swIfIndex }),
      ),
    nat44_ei_add_del_output_interface: changingInterface(({ interfaces }, swIfIndex, fields) =>
      setOutput(interfaces, swIfIndex, fields),
    ),
    nat44_ei_output_interface_get: (fields, { vpp }, { interfaces: { outputs } }) =>
      outputs.size === 0
        ? []
        : pageOfPool(outputs, Number(fields.cursor), vpp.pageSize, ({ swIfIndex }) => ({
            sw_if_index: swIfIndex,
          })),

    nat44_ei_add_del_interface_addr: changingInterface((nat, swIfIndex, fields) =>
      fields.is_add ? nat.addAddressOf(swIfIndex) : nat.removeAddressOf(swIfIndex),
    ),
    nat44_ei_interface_addr_dump: (_, __, { addressesOf }) =>
      addressesOf.map((swIfIndex): Fields => ({ sw_if_index: swIfIndex })),
  },
});

function setOutput(interfaces: EiInterfaces, swIfIndex: number, { is_add }: Fields): number {
  return is_add ? interfaces.addOutput(swIfIndex) : interfaces.removeOutput(swIfIndex);
}
