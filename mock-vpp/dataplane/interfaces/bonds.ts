/** Bonds: the modes, the members, and those of them that are active. */
import { Retval } from '../../retvals.js';
import { Pool } from '../pool.js';
import { type DeviceInstance, Devices } from './devices.js';
import type { Interface } from './interface.js';

export const Mode = { ROUND_ROBIN: 1, ACTIVE_BACKUP: 2, XOR: 3, BROADCAST: 4, LACP: 5 } as const;

/** `lb` in the details. The last three go with a mode, and cannot be asked for. */
export const Balance = { L2: 0, L34: 1, L23: 2, ROUND_ROBIN: 3, BROADCAST: 4, ACTIVE_BACKUP: 5 } as const;

const BALANCE_OF_MODE = new Map<number, number>([
  [Mode.ROUND_ROBIN, Balance.ROUND_ROBIN],
  [Mode.ACTIVE_BACKUP, Balance.ACTIVE_BACKUP],
  [Mode.BROADCAST, Balance.BROADCAST],
]);

export interface BondOptions {
  readonly mode: number;
  readonly balance: number;
  readonly numaOnly: boolean;
  readonly gso: boolean;
  /** A MAC address that was asked for; without one, a bond takes that of its first member. */
  readonly mac?: string;
}

export interface Member {
  readonly index: number;
  readonly itf: Interface;
  readonly bond: Bond;
  readonly isPassive: boolean;
  readonly isLongTimeout: boolean;
  /** Number of the port, from 1. */
  readonly port: number;
  /** The MAC address that it had before. */
  readonly mac: string;
  weight: number;
  /** Whether it was active once: VPP looks for its NUMA node then. */
  isLocalNuma: boolean;
  /** Whether it has heard a partner by LACP, whose address stays from then on. */
  hadPartner: boolean;
}

export interface Bond extends BondOptions, DeviceInstance {
  readonly id: number;
  /** The MAC address that members get; another one set on the interface later is not theirs. */
  address: string;
  readonly members: Member[];
  /** The first is the one that sends in active-backup mode. */
  active: Member[];
}

export class Bonds {
  readonly list = new Devices<Bond>();
  /** The members of all bonds. */
  readonly members = new Pool<Member>();
  private readonly byInterface = new Map<Interface, Member>();

  hasId(id: number): boolean {
    return this.list.find((bond) => bond.id === id) !== undefined;
  }

  member(itf: Interface): Member | undefined {
    return this.byInterface.get(itf);
  }

  /** The number that VPP refuses a bond with. */
  refusal({ mode, balance }: BondOptions): number {
    const isMode = mode >= Mode.ROUND_ROBIN && mode <= Mode.LACP;
    return isMode && balance <= Balance.L23 ? Retval.OK : Retval.INVALID_ARGUMENT;
  }

  add(id: number, itf: Interface, options: BondOptions): void {
    const balance = BALANCE_OF_MODE.get(options.mode) ?? options.balance;
    this.list.add((index) => ({ index, id, itf, ...options, balance, address: itf.mac, members: [], active: [] }));
  }

  addMember(bond: Bond, itf: Interface, mac: string, timing: Pick<Member, 'isPassive' | 'isLongTimeout'>): Member {
    let port = 1;
    while (bond.members.some((each) => each.port === port)) port++;
    const states = { weight: 0, isLocalNuma: false, hadPartner: false };
    const member = this.members.add((index) => ({ index, itf, bond, ...timing, port, mac, ...states }));
    bond.members.push(member);
    this.byInterface.set(itf, member);
    return member;
  }

  removeMember(member: Member): void {
    const { index, itf, bond } = member;
    this.members.remove(index);
    this.byInterface.delete(itf);
    bond.members.splice(bond.members.indexOf(member), 1);
  }
}

/** Whether a member can send and receive. */
export const isUp = ({ itf }: Member): boolean => itf.adminUp && itf.linkUp;

/** Whether what a member sends by LACP comes back to it, as on a loopback. */
export const hearsItself = (member: Member): boolean =>
  isUp(member) && !member.isPassive && member.itf.deviceType === 'Loopback';

/** Makes a member active or not; false when it was so before. */
export function activate(member: Member, isActive: boolean): boolean {
  const { bond } = member;
  if (bond.active.includes(member) === isActive) return false;
  if (!isActive) {
    bond.active = bond.active.filter((each) => each !== member);
    return true;
  }
  bond.active.push(member);
  member.isLocalNuma = true;
  if (bond.mode === Mode.ACTIVE_BACKUP) sort(bond);
  return true;
}

/** Weighs a member anew. As VPP, the order stays where the heaviest one has become heavier. */
export function weigh(member: Member, weight: number): number {
  const { bond } = member;
  if (bond.mode !== Mode.ACTIVE_BACKUP) return Retval.INVALID_ARGUMENT;
  const isHeavierFirst = bond.active[0] === member && weight >= member.weight;
  member.weight = weight;
  if (bond.active.includes(member) && !isHeavierFirst) sort(bond);
  return Retval.OK;
}

/** Puts the heaviest first; of equals, the one that sends now, then the one with the lowest index. */
function sort(bond: Bond): void {
  const [sender] = bond.active;
  const rank = (member: Member) => (member === sender ? -1 : member.itf.swIfIndex);
  bond.active.sort((a, b) => b.weight - a.weight || rank(a) - rank(b));
}
