/** Bonds and their members: what a member does to the bond's link and MAC address, and the bond to its members'. */
import type { Fields } from '../../../src/mux/internal.js';
import { unknownInput } from '../../cli/cli-command.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import {
  activate,
  type Bond,
  Bonds,
  hearsItself,
  isUp,
  type Member,
  Mode,
  weigh,
} from '../../dataplane/interfaces/bonds.js';
import { generatedMac } from '../../dataplane/interfaces/generated-mac.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import type { Answer } from '../../handlers/answers.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { bondDetails, bondsText } from './bond-text.js';

const ANY_ID = 0xffffffff;
const MTU = 9000;

const DEVICE: Device = { type: 'bond', isEthernet: true, linkFollowsAdmin: false, takesMacs: true };

export const bonds = defineKind({
  name: 'bonds',
  title: 'bonds',
  state: () => new Bonds(),
  adminChanged: follow,
  linkChanged: follow,
  interfaceDeleted: (bonds, itf, dataplane) => {
    const member = bonds.member(itf);
    if (member !== undefined) detach(dataplane, bonds, member);
    const bond = bonds.list.at(itf);
    if (bond === undefined) return;
    for (const each of [...bond.members]) detach(dataplane, bonds, each);
    bonds.list.forget(itf);
  },
  commands: {
    'show bond': {
      help: 'show bond [details]',
      takesWords: true,
      run: ({ list }, { words }) => {
        const others = words.filter((word) => word !== 'details');
        if (others.length > 0) throw unknownInput('show bond', words.slice(words.indexOf(others[0])));
        return words.length > 0 ? list.values().map(bondDetails).join('') : bondsText(list.values());
      },
    },
  },
  handlers: {
    bond_create: (fields, { dataplane }, bonds) => create(dataplane, bonds, fields),
    bond_create2: (fields, { dataplane }, bonds) => create(dataplane, bonds, fields),

    bond_delete: onInterface((itf, _, { dataplane }, bonds: Bonds) => {
      const bond = bonds.list.behind(dataplane.interfaces, itf.swIfIndex);
      if (bond === undefined) return Retval.INVALID_SW_IF_INDEX;
      dataplane.deleteInterface(bond);
      return Retval.OK;
    }),

    bond_add_member: onInterface((itf, fields, { dataplane }, bonds: Bonds) =>
      addMember(dataplane, bonds, itf, fields),
    ),
    bond_enslave: onInterface((itf, fields, { dataplane }, bonds: Bonds) => addMember(dataplane, bonds, itf, fields)),

    bond_detach_member: onInterface((itf, _, { dataplane }, bonds: Bonds) => detachMember(dataplane, bonds, itf)),
    bond_detach_slave: onInterface((itf, _, { dataplane }, bonds: Bonds) => detachMember(dataplane, bonds, itf)),

    sw_interface_set_bond_weight: onInterface((itf, fields, _, bonds: Bonds) => {
      const member = bonds.member(itf);
      return member === undefined ? Retval.INVALID_INTERFACE : weigh(member, Number(fields.weight));
    }),

    sw_bond_interface_dump: (fields, _, { list }) => {
      return list
        .asked(Number(fields.sw_if_index))
        .map((bond) => ({ ...details(bond), active_members: bond.active.length, members: bond.members.length }));
    },
    sw_interface_bond_dump: (_, _call, { list }) =>
      list.values().map((bond) => {
        return { ...details(bond), active_slaves: bond.active.length, slaves: bond.members.length };
      }),

    sw_member_interface_dump: (fields, { dataplane }, bonds) => membersOf(dataplane, bonds, fields),
    sw_interface_slave_dump: (fields, { dataplane }, bonds) => membersOf(dataplane, bonds, fields),
  },
});

function create(dataplane: Dataplane, bonds: Bonds, fields: Fields): Fields {
  const mac = fields.use_custom_mac ? String(fields.mac_address) : undefined;
  const options = {
    ...{ mode: Number(fields.mode), balance: Number(fields.lb), mac },
    ...{ numaOnly: Boolean(fields.numa_only), gso: Boolean(fields.enable_gso) },
  };
  const asked = Number(fields.id);
  const id = asked === ANY_ID ? bonds.list.nextIndex : asked;
  const retval = bonds.refusal(options) || (bonds.hasId(id) ? Retval.INSTANCE_IN_USE : Retval.OK);
  // A refusal has the index 0.
  if (retval !== Retval.OK) return { retval, sw_if_index: 0 };
  const itf = dataplane.addInterface({
    name: `BondEthernet${id}`,
    device: DEVICE,
    mac: mac ?? generatedMac(dataplane.interfaces.nextIndex),
    mtu: MTU,
  });
  bonds.add(id, itf, options);
  return { sw_if_index: itf.swIfIndex };
}

function addMember(dataplane: Dataplane, bonds: Bonds, itf: Interface, fields: Fields): Answer {
  const bondItf = dataplane.interfaces.get(Number(fields.bond_sw_if_index));
  const bond = bondItf && bonds.list.at(bondItf);
  // local0 ends VPP.
  if (bond === undefined || itf === dataplane.interfaces.local) return Retval.INVALID_INTERFACE;
  if (bonds.member(itf) !== undefined) return Retval.VALUE_EXIST;
  const { hardware } = dataplane.interfaces.superOf(itf);
  if (hardware.device.type === DEVICE.type) return Retval.INVALID_INTERFACE;
  if (bond.gso && !hardware.device.gso) return Retval.INVALID_INTERFACE;
  const isPassive = Boolean(fields.is_passive);
  const member = bonds.addMember(bond, itf, hardware.mac, {
    isPassive,
    isLongTimeout: Boolean(fields.is_long_timeout),
  });
  if (bond.mac === undefined && bond.members.length === 1) {
    bond.address = hardware.mac;
    bond.itf.hardware.mac = hardware.mac;
  } else {
    hardware.mac = bond.address;
  }
  refresh(dataplane, member);
  return Retval.OK;
}

function detachMember(dataplane: Dataplane, bonds: Bonds, itf: Interface): Answer {
  const member = bonds.member(itf);
  if (member === undefined) return Retval.INVALID_INTERFACE;
  detach(dataplane, bonds, member);
  return Retval.OK;
}

function detach(dataplane: Dataplane, bonds: Bonds, member: Member): void {
  bonds.removeMember(member);
  if (activate(member, false)) linkOf(dataplane, member.bond);
  dataplane.interfaces.superOf(member.itf).hardware.mac = member.mac;
}

/** Takes note of a member's state, and of a bond's own. */
function follow(bonds: Bonds, itf: Interface, dataplane: Dataplane): void {
  const member = bonds.member(itf);
  if (member !== undefined) refresh(dataplane, member);
  const bond = bonds.list.at(itf);
  if (bond !== undefined && itf.adminUp) linkOf(dataplane, bond);
}

/** A member is active while it is up with its link; by LACP it would need a partner, and the mock has none. */
function refresh(dataplane: Dataplane, member: Member): void {
  const { bond } = member;
  if (bond.mode === Mode.LACP) member.hadPartner ||= hearsItself(member);
  else if (activate(member, isUp(member))) linkOf(dataplane, bond);
}

function linkOf(dataplane: Dataplane, { itf, active }: Bond): void {
  dataplane.setLink(itf.swIfIndex, itf.adminUp && active.length > 0);
}

function details({ itf, id, mode, balance, numaOnly }: Bond): Fields {
  return { sw_if_index: itf.swIfIndex, id, mode, lb: balance, numa_only: numaOnly, interface_name: itf.name };
}

function membersOf({ interfaces }: Dataplane, bonds: Bonds, fields: Fields): Fields[] {
  const itf = interfaces.get(Number(fields.sw_if_index));
  const bond = itf && bonds.list.at(itf);
  return (bond?.members ?? []).map(({ itf, isPassive, isLongTimeout, isLocalNuma, weight }) => ({
    sw_if_index: itf.swIfIndex,
    interface_name: interfaces.hardwareAt(itf).name,
    ...{ is_passive: isPassive, is_long_timeout: isLongTimeout, is_local_numa: isLocalNuma, weight },
  }));
}
