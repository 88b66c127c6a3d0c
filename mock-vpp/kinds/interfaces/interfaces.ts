/** Interfaces: dump, state, MTUs, MAC addresses, names and tags. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { type Interface, NO_MAC } from '../../dataplane/interfaces/interface.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { onInterface } from '../../handlers/on-interface.js';
import { cut } from '../../handlers/read-fields.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** Bytes of a name, and of a tag, in the details: the name of a sub-interface and the tag of a tap may be longer. */
const MAX_NAME = 63;
const ADMIN_UP = 1;
const LINK_UP = 2;
const FULL_DUPLEX = 2;

/** `type` in the details. */
const Type = { HARDWARE: 0, SUB: 1 } as const;

/** Bits of `sub_if_flags`. */
const ONE_TAG = 2;
const TWO_TAGS = 4;

export const interfaces = defineKind({
  name: 'interfaces',
  title: 'interfaces',
  handlers: {
    sw_interface_dump: (fields, { dataplane }) => {
      const swIfIndex = Number(fields.sw_if_index);
      const filtered = Boolean(fields.name_filter_valid);
      // Index 0 asks for all, too: VPP cannot be asked for local0 alone.
      if (!filtered && swIfIndex !== NO_INTERFACE && swIfIndex !== 0) {
        const itf = dataplane.interfaces.get(swIfIndex);
        return itf === undefined ? [] : [details(itf, dataplane)];
      }
      const part = filtered ? String(fields.name_filter).toLowerCase() : '';
      return [...dataplane.interfaces.values()]
        .filter((itf) => itf.name.toLowerCase().includes(part))
        .map((itf) => details(itf, dataplane));
    },

    sw_interface_set_flags: onInterface((itf, fields, { dataplane }) =>
      dataplane.setAdmin(itf.swIfIndex, (Number(fields.flags) & ADMIN_UP) !== 0),
    ),

    sw_interface_set_mtu: onInterface((itf, fields) => {
      itf.mtu = (fields.mtu as number[]).map(Number);
      return Retval.OK;
    }),

    hw_interface_set_mtu: onInterface((itf, fields, { dataplane }) => {
      if (itf.sub !== undefined) return Retval.INVALID_VALUE;
      return setHardwareMtu(dataplane, itf, Number(fields.mtu));
    }),

    sw_interface_tag_add_del: onInterface((itf, fields) => {
      const tag = fields.is_add ? String(fields.tag) : '';
      if (fields.is_add && tag === '') return Retval.INVALID_VALUE;
      itf.tag = tag;
      return Retval.OK;
    }),

    sw_interface_set_mac_address: onInterface((itf, fields, { dataplane }) => {
      const { hardware } = dataplane.interfaces.hardwareAt(itf);
      if (!hardware.device.takesMacs) return Retval.UNIMPLEMENTED;
      hardware.mac = String(fields.mac_address);
      return Retval.OK;
    }),

    sw_interface_get_mac_address: (fields, { dataplane }) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf === undefined) return { retval: Retval.INVALID_SW_IF_INDEX, mac_address: NO_MAC };
      return { mac_address: dataplane.interfaces.superOf(itf).hardware.mac };
    },

    sw_interface_add_del_mac_address: onInterface((itf, fields, { dataplane }) => {
      const { device, secondaryMacs } = dataplane.interfaces.superOf(itf).hardware;
      if (!device.takesMacs) return Retval.UNIMPLEMENTED;
      if (fields.is_add) secondaryMacs.add(String(fields.addr));
      else secondaryMacs.delete(String(fields.addr));
      return Retval.OK;
    }),

    sw_interface_set_promisc: onInterface((itf, fields, { dataplane }) => {
      const { hardware } = dataplane.interfaces.hardwareAt(itf);
      if (!hardware.device.isEthernet) return Retval.INVALID_VALUE;
      if (!hardware.device.takesPromisc) return Retval.UNSPECIFIED;
      hardware.promisc = Boolean(fields.promisc_on);
      return Retval.OK;
    }),

    // The name of a sub-interface is that of its hardware and its id; VPP renames local0 instead.
    sw_interface_set_interface_name: onInterface((itf, fields, { dataplane }) => {
      if (fields.name === '') return Retval.INVALID_VALUE;
      dataplane.renameInterface(dataplane.interfaces.hardwareAt(itf), String(fields.name));
      return Retval.OK;
    }),

    // No driver that the mock has can do it.
    interface_name_renumber: onInterface(() => Retval.UNIMPLEMENTED),

    sw_interface_set_ip_directed_broadcast: onInterface(() => Retval.OK),
  },
});

/** A driver that cannot change its frame size accepts the present one, which is no change. */
function setHardwareMtu({ interfaces }: Dataplane, { hardware }: Interface, mtu: number): number {
  const { isEthernet, maxMtu } = hardware.device;
  if (!isEthernet) return Retval.FEATURE_DISABLED;
  if (mtu === hardware.linkMtu) return Retval.OK;
  if (maxMtu === undefined) return Retval.UNSUPPORTED;
  if (mtu > maxMtu) return Retval.INVALID_VALUE;
  hardware.linkMtu = mtu;
  for (const itf of interfaces.values()) if (itf.hardware === hardware) itf.mtu = [mtu, ...itf.mtu.slice(1)];
  return Retval.OK;
}

/** All fields that are not here are those of tag rewriting: zero, unless a kind adds them. */
function details(itf: Interface, dataplane: Dataplane): Fields {
  const { sub, linkUp, device } = itf;
  return {
    sw_if_index: itf.swIfIndex,
    sup_sw_if_index: itf.supSwIfIndex,
    l2_address: itf.mac,
    flags: (itf.adminUp ? ADMIN_UP : 0) | (linkUp ? LINK_UP : 0),
    type: sub === undefined ? Type.HARDWARE : Type.SUB,
    link_duplex: linkUp && device.speed ? FULL_DUPLEX : 0,
    link_speed: linkUp ? (device.speed ?? 0) : 0,
    link_mtu: itf.linkMtu,
    mtu: itf.mtu,
    ...(sub && {
      sub_id: sub.id,
      sub_number_of_tags: (sub.flags & ONE_TAG ? 1 : 0) + (sub.flags & TWO_TAGS ? 2 : 0),
      sub_outer_vlan_id: sub.outerVlan,
      sub_inner_vlan_id: sub.innerVlan,
      sub_if_flags: sub.flags,
    }),
    interface_name: cut(itf.name, MAX_NAME),
    interface_dev_type: itf.deviceType,
    tag: cut(itf.tag, MAX_NAME),
    ...dataplane.detailsOf(itf),
  };
}
