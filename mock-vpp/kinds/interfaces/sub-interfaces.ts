/** Sub-interfaces: one VLAN tag or two, exact or not, default and untagged. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Interface, SubInterface } from '../../dataplane/interfaces/interface.js';
import { InterfaceChange } from '../../dataplane/interfaces/interface-events.js';
import { createdReply } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** Bits of `sub_if_flags`. */
export const SubFlag = {
  NO_TAGS: 1,
  ONE_TAG: 2,
  TWO_TAGS: 4,
  DOT1AD: 8,
  EXACT_MATCH: 16,
  DEFAULT: 32,
  OUTER_ANY: 64,
  INNER_ANY: 128,
} as const;

const MAX_VLAN = 4095;

/** Ids and tags of the sub-interfaces. Those that receive the same tags of a hardware interface want the same slot. */
export class Slots {
  /** Super-interface and id of each. */
  readonly ids = new Set<string>();
  private readonly taken = new Set<string>();
  /** sw_if_index → the slot of that sub-interface. */
  private readonly bySub = new Map<number, string>();

  /** A hardware interface receives what has no tag. */
  addHardware(swIfIndex: number): void {
    this.taken.add(`${swIfIndex} untagged`);
  }

  /** Refuses a slot that is taken; VPP frees it when it undoes the refused sub-interface, although another has it. */
  take(slot: string): boolean {
    if (this.taken.delete(slot)) return false;
    this.taken.add(slot);
    return true;
  }

  keep(itf: Interface, sub: SubInterface, slot: string): void {
    this.ids.add(idOf(itf.supSwIfIndex, sub));
    this.bySub.set(itf.swIfIndex, slot);
  }

  forget({ swIfIndex, supSwIfIndex, sub }: Interface): void {
    this.taken.delete(this.bySub.get(swIfIndex) ?? `${swIfIndex} untagged`);
    this.bySub.delete(swIfIndex);
    if (sub !== undefined) this.ids.delete(idOf(supSwIfIndex, sub));
  }
}

export const subInterfaces = defineKind({
  name: 'subInterfaces',
  title: 'sub-interfaces',
  state: () => new Slots(),
  interfaceAdded: (slots, { swIfIndex, sub }) => {
    if (sub === undefined) slots.addHardware(swIfIndex);
  },
  interfaceDeleted: (slots, itf) => slots.forget(itf),
  handlers: {
    create_vlan_subif: (fields, { dataplane }, slots) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      const vlan = Number(fields.vlan_id);
      if (itf === undefined) return createdReply(Retval.INVALID_SW_IF_INDEX);
      if (vlan === 0 || vlan > MAX_VLAN) return createdReply(Retval.INVALID_VLAN);
      const sub = { id: vlan, flags: SubFlag.ONE_TAG | SubFlag.EXACT_MATCH, outerVlan: vlan, innerVlan: 0 };
      const made = createSubInterface(dataplane, slots, dataplane.interfaces.superOf(itf), sub);
      return made.retval === Retval.UNSPECIFIED ? { ...made, retval: Retval.INVALID_REGISTRATION } : made;
    },

    create_subif: (fields, { dataplane }, slots) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf === undefined) return createdReply(Retval.INVALID_SW_IF_INDEX);
      return createSubInterface(dataplane, slots, itf, {
        id: Number(fields.sub_id),
        flags: Number(fields.sub_if_flags),
        outerVlan: Number(fields.outer_vlan_id),
        innerVlan: Number(fields.inner_vlan_id),
      });
    },

    delete_subif: (fields, { dataplane }) => {
      const itf = dataplane.interfaces.get(Number(fields.sw_if_index));
      if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
      if (itf.sub === undefined) return Retval.INVALID_SUB_SW_IF_INDEX;
      dataplane.deleteInterface(itf);
      return Retval.OK;
    },
  },
});

/** Makes a sub-interface, and gives the fields of the reply. */
export function createSubInterface(dataplane: Dataplane, slots: Slots, sup: Interface, sub: SubInterface): Fields {
  const { interfaces } = dataplane;
  if (slots.ids.has(idOf(sup.swIfIndex, sub))) return createdReply(Retval.VLAN_ALREADY_EXISTS);
  const { flags } = sub;
  const isExact = (flags & SubFlag.TWO_TAGS) !== 0 && (flags & SubFlag.EXACT_MATCH) !== 0;
  if (isExact && flags & (SubFlag.OUTER_ANY | SubFlag.INNER_ANY)) return createdReply(Retval.UNSPECIFIED);
  // Tags are told apart on Ethernet hardware; on sub-interfaces of sub-interfaces, VPP looks at local0.
  const hardware = sup.sub === undefined ? sup : interfaces.local;
  const slot = slotOf(hardware, sub);
  // An interface that VPP makes and undoes: the reply has its index.
  const swIfIndex = interfaces.nextIndex;
  if (slot === undefined) return { retval: Retval.UNSPECIFIED, sw_if_index: swIfIndex };
  if (slot !== '' && !slots.take(slot)) {
    dataplane.events.add(swIfIndex, InterfaceChange.ADDED);
    dataplane.events.add(swIfIndex, InterfaceChange.DELETED);
    return { retval: Retval.UNSPECIFIED, sw_if_index: swIfIndex };
  }
  const made = dataplane.addSub(sup, sub);
  slots.keep(made, sub, slot);
  return createdReply(made);
}

const idOf = (supSwIfIndex: number, { id }: SubInterface) => `${supSwIfIndex} ${id}`;

/** The tags that a sub-interface receives on its hardware: '' where they are not looked at, undefined where VPP has none such. */
function slotOf(hardware: Interface, { flags, outerVlan, innerVlan }: SubInterface): string | undefined {
  if (!hardware.device.isEthernet) return '';
  const at = `${hardware.swIfIndex} `;
  if (flags & SubFlag.DEFAULT) return `${at}default`;
  if (flags & SubFlag.NO_TAGS || flags === 0) return `${at}untagged`;
  const outer = `${at}${flags & SubFlag.DOT1AD ? 'dot1ad' : 'dot1q'} ${outerVlan}`;
  if (flags & SubFlag.ONE_TAG) return flags & SubFlag.OUTER_ANY ? undefined : outer;
  if (flags & SubFlag.INNER_ANY) return flags & SubFlag.OUTER_ANY ? undefined : `${outer} any`;
  return `${outer} ${innerVlan}`;
}
