/** Interfaces: dump, state, MAC, MTU, tag, loopbacks. */
import type { Fields } from '../../src/mux/internal.js';
import { byName, center } from '../cli-layout.js';
import type { Dataplane } from '../dataplane/dataplane.js';
import { type Interface, NO_MAC } from '../dataplane/interfaces.js';
import { NO_INTERFACE } from '../dataplane/paths.js';
import { defineKind, type KindHandler } from '../kind.js';
import { Retval } from '../retvals.js';

const ADMIN_UP = 1;
const LINK_UP = 2;

/** A handler for requests about one interface: an unknown one is refused. */
function onInterface(act: (itf: Interface, fields: Fields, dataplane: Dataplane) => number): KindHandler<unknown> {
  return (fields, { dataplane }) => {
    const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
    return itf === undefined ? Retval.INVALID_SW_IF_INDEX : act(itf, fields, dataplane);
  };
}

export const interfaces = defineKind({
  name: 'interfaces',
  title: 'interfaces',
  commands: { 'show interface': { help: 'Show interfaces', run: (_, { dataplane }) => interfacesText(dataplane) } },
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

    sw_interface_set_flags: onInterface((itf, fields, dataplane) =>
      dataplane.setAdmin(itf.swIfIndex, (Number(fields.flags) & ADMIN_UP) !== 0),
    ),

    sw_interface_set_mtu: onInterface((itf, fields) => {
      itf.mtu = (fields.mtu as number[]).map(Number);
      return Retval.OK;
    }),

    // A loopback's driver cannot change its frame size; setting the present one is no change.
    hw_interface_set_mtu: onInterface((itf, fields) => {
      if (itf.deviceType === 'local') return Retval.FEATURE_DISABLED;
      return Number(fields.mtu) === itf.linkMtu ? Retval.OK : Retval.UNSUPPORTED;
    }),

    sw_interface_tag_add_del: onInterface((itf, fields) => {
      const tag = fields.is_add ? String(fields.tag) : '';
      if (fields.is_add && tag === '') return Retval.INVALID_VALUE;
      itf.tag = tag;
      return Retval.OK;
    }),

    sw_interface_set_mac_address: onInterface((itf, fields) => {
      if (itf.deviceType === 'local') return Retval.UNIMPLEMENTED;
      itf.mac = String(fields.mac_address);
      return Retval.OK;
    }),

    sw_interface_get_mac_address: (fields, { dataplane }) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      return itf ? { mac_address: itf.mac } : { retval: Retval.INVALID_SW_IF_INDEX, mac_address: NO_MAC };
    },

    create_loopback: (fields, { dataplane }) => created(dataplane.interfaces.addLoopback(String(fields.mac_address))),

    create_loopback_instance: (fields, { dataplane }) => {
      const instance = fields.is_specified ? Number(fields.user_instance) : undefined;
      return created(dataplane.interfaces.addLoopback(String(fields.mac_address), instance));
    },

    delete_loopback: (fields, { dataplane }) => dataplane.deleteLoopback(Number(fields.sw_if_index)),
  },
});

function created(itf: Interface | undefined): Fields {
  return itf === undefined
    ? { retval: Retval.INVALID_REGISTRATION, sw_if_index: NO_INTERFACE }
    : { sw_if_index: itf.swIfIndex };
}

/** All the other fields are those of sub-interfaces and tag rewriting: zero. */
function details(itf: Interface, dataplane: Dataplane): Fields {
  return {
    sw_if_index: itf.swIfIndex,
    sup_sw_if_index: itf.swIfIndex,
    l2_address: itf.mac,
    flags: (itf.adminUp ? ADMIN_UP : 0) | (itf.linkUp ? LINK_UP : 0),
    link_mtu: itf.linkMtu,
    mtu: itf.mtu,
    interface_name: itf.name,
    interface_dev_type: itf.deviceType,
    tag: itf.tag,
    ...dataplane.detailsOf(itf),
  };
}

function interfacesText({ interfaces }: Dataplane): string {
  const heading = `${center('Name', 32)}${center('Idx', 5)}${center('State', 10)}${center('MTU (L3/IP4/IP6/MPLS)', 21)}${center('Counter', 16)}${center('Count', 16)}`;
  const rows = byName(interfaces.values()).map((itf) => {
    const state = itf.adminUp ? 'up' : 'down';
    return `${itf.name.padEnd(32)}${center(`${itf.swIfIndex}`, 5)}${center(state, 10)}${center(itf.mtu.join('/'), 21)}`;
  });
  return [heading, ...rows, ''].join('\n');
}
