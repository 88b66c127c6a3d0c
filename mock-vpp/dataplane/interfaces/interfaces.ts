/** The interfaces: `local0`, which is always there, hardware, and sub-interfaces on it. */

import { Pool } from '../pool.js';
import { type Device, type Hardware, Interface, NO_MAC, type SubInterface } from './interface.js';
import { InterfaceChange, type InterfaceEvents } from './interface-events.js';

export interface NewHardware {
  readonly name: string;
  readonly device: Device;
  /** Default: none. */
  readonly mac?: string;
  /** MTU of the link, and of L3 to begin with; in bytes. */
  readonly mtu: number;
}

const LOCAL: Device = { type: 'local', isEthernet: false, linkFollowsAdmin: false, takesMacs: false };

export class Interfaces {
  /** `local0`, whose index is 0. */
  readonly local: Interface;
  /** Called when the link of a hardware interface has gone up or down. */
  onLink: (itf: Interface) => void = () => {};
  private readonly pool = new Pool<Interface>();
  private readonly hardware = new Pool<Hardware>();
  /** sw_if_index → the sub-interfaces on it. */
  private readonly subs = new Map<number, Set<Interface>>();
  /** Interfaces that drivers keep for later: nobody sees them, but they have their indices, addresses and tables. */
  private readonly hidden = new Set<Interface>();

  constructor(private readonly events: InterfaceEvents) {
    const hardware = this.newHardware({ name: 'local0', device: LOCAL, mtu: 0 });
    this.local = this.pool.add((swIfIndex) => new Interface(swIfIndex, hardware, swIfIndex));
  }

  get(swIfIndex: number): Interface | undefined {
    const itf = this.pool.get(swIfIndex);
    return itf !== undefined && this.hidden.has(itf) ? undefined : itf;
  }

  values(): Iterable<Interface> {
    if (this.hidden.size === 0) return this.pool.values();
    return [...this.pool.values()].filter((itf) => !this.hidden.has(itf));
  }

  /** All interfaces, with those that are hidden. */
  withHidden(): Iterable<Interface> {
    return this.pool.values();
  }

  /** The first address of a family that an interface has, without its length. */
  firstAddress(swIfIndex: number, v6 = false): string | undefined {
    const addresses = this.get(swIfIndex)?.addresses ?? [];
    return addresses.find((address) => address.v6 === v6)?.text.split('/')[0];
  }

  hide(itf: Interface): void {
    this.hidden.add(itf);
  }

  show(itf: Interface): void {
    this.hidden.delete(itf);
  }

  /** Index that the next new interface gets. */
  get nextIndex(): number {
    return this.pool.nextIndex;
  }

  addHardware(wanted: NewHardware): Interface {
    const hardware = this.newHardware(wanted);
    return this.added(this.pool.add((swIfIndex) => new Interface(swIfIndex, hardware, swIfIndex)));
  }

  addSub(sup: Interface, sub: SubInterface): Interface {
    // VPP takes the hardware of a sub-interface for that with index 0.
    const { hardware } = sup.sub === undefined ? sup : this.local;
    const made = this.pool.add((swIfIndex) => new Interface(swIfIndex, hardware, sup.swIfIndex, sub));
    this.subs.set(sup.swIfIndex, (this.subs.get(sup.swIfIndex) ?? new Set()).add(made));
    return this.added(made);
  }

  /** The sub-interfaces on an interface. */
  subsOf(itf: Interface): Interface[] {
    return [...(this.subs.get(itf.swIfIndex) ?? [])];
  }

  /** The hardware interface that VPP finds for requests about hardware: for every sub-interface that is `local0`. */
  hardwareAt(itf: Interface): Interface {
    return itf.sub === undefined ? itf : this.local;
  }

  /** The hardware interface below, through one super-interface or several. */
  superOf(itf: Interface): Interface {
    const sup = this.get(itf.supSwIfIndex) ?? this.local;
    return sup === itf || sup.sub === undefined ? sup : this.superOf(sup);
  }

  remove(itf: Interface): void {
    this.subs.get(itf.supSwIfIndex)?.delete(itf);
    this.subs.delete(itf.swIfIndex);
    this.pool.remove(itf.swIfIndex);
    if (itf.sub === undefined) this.hardware.remove(itf.hardware.index);
    this.events.add(itf.swIfIndex, InterfaceChange.DELETED);
  }

  /** Returns false when nothing changed. */
  setAdmin(itf: Interface, up: boolean): boolean {
    if (itf.adminUp === up) return false;
    itf.adminUp = up;
    this.events.add(itf.swIfIndex, up ? InterfaceChange.ADMIN_UP : InterfaceChange.ADMIN_DOWN);
    // Admin down implies link down.
    if (itf.sub === undefined && (itf.device.linkFollowsAdmin || !up)) this.setLink(itf, up);
    return true;
  }

  setLink(itf: Interface, up: boolean): void {
    if (itf.linkUp === up) return;
    itf.hardware.linkUp = up;
    this.events.add(itf.swIfIndex, up ? InterfaceChange.LINK_UP : InterfaceChange.LINK_DOWN);
    this.onLink(itf);
  }

  private added(itf: Interface): Interface {
    this.events.add(itf.swIfIndex, InterfaceChange.ADDED);
    return itf;
  }

  private newHardware({ name, device, mac = NO_MAC, mtu }: NewHardware): Hardware {
    const rest = { name, device, mac, linkUp: false, linkMtu: mtu, promisc: false };
    return this.hardware.add((index) => ({ index, ...rest, secondaryMacs: new Set() }));
  }
}
