/** Interfaces: `local0`, which is always there, and loopbacks. */
import { InterfaceChange, type InterfaceEvents } from './interface-events.js';
import { Pool } from './pool.js';

export interface Address {
  /** The address as given: `192.0.2.1/24`. */
  readonly text: string;
  readonly v6: boolean;
  readonly bytes: Uint8Array;
  readonly length: number;
}

export interface Interface {
  readonly swIfIndex: number;
  readonly name: string;
  readonly deviceType: 'local' | 'Loopback';
  /** N of loopN; -1 for local0. */
  readonly instance: number;
  mac: string;
  adminUp: boolean;
  linkUp: boolean;
  readonly linkMtu: number;
  /** MTUs of L3, IPv4, IPv6 and MPLS. */
  mtu: readonly number[];
  tag: string;
  readonly addresses: Address[];
  /** IP table of each family. */
  table4: number;
  table6: number;
}

/** loopN is possible for N below this. */
const MAX_INSTANCE = 16 * 1024;
const LOOPBACK_MTU = 9000;
export const NO_MAC = '00:00:00:00:00:00';

export class Interfaces {
  private readonly pool = new Pool<Interface>();
  private readonly instances = new Set<number>();

  constructor(private readonly events: InterfaceEvents) {
    this.pool.add((swIfIndex) => newInterface(swIfIndex, 'local0', 'local', -1, NO_MAC, 0));
  }

  get(swIfIndex: number): Interface | undefined {
    return this.pool.get(swIfIndex);
  }

  values(): Iterable<Interface> {
    return this.pool.values();
  }

  /** `instance`: N of loopN, else the lowest free one. Undefined when it is in use or too large. */
  addLoopback(mac = NO_MAC, instance = this.freeInstance()): Interface | undefined {
    if (instance >= MAX_INSTANCE || this.instances.has(instance)) return undefined;
    this.instances.add(instance);
    const own = `de:ad:00:00:00:${(instance & 255).toString(16).padStart(2, '0')}`;
    const address = mac === NO_MAC ? own : mac;
    const made = this.pool.add((swIfIndex) =>
      newInterface(swIfIndex, `loop${instance}`, 'Loopback', instance, address, LOOPBACK_MTU),
    );
    this.events.add(made.swIfIndex, InterfaceChange.ADDED);
    return made;
  }

  remove(itf: Interface): void {
    this.instances.delete(itf.instance);
    this.pool.remove(itf.swIfIndex);
    this.events.add(itf.swIfIndex, InterfaceChange.DELETED);
  }

  /** A loopback's link follows its admin state; local0 has no link. Returns false when nothing changed. */
  setAdmin(itf: Interface, up: boolean): boolean {
    if (itf.adminUp === up) return false;
    itf.adminUp = up;
    this.events.add(itf.swIfIndex, up ? InterfaceChange.ADMIN_UP : InterfaceChange.ADMIN_DOWN);
    if (itf.deviceType === 'Loopback') this.setLink(itf, up);
    return true;
  }

  setLink(itf: Interface, up: boolean): void {
    if (itf.linkUp === up) return;
    itf.linkUp = up;
    this.events.add(itf.swIfIndex, up ? InterfaceChange.LINK_UP : InterfaceChange.LINK_DOWN);
  }

  private freeInstance(): number {
    let instance = 0;
    while (this.instances.has(instance)) instance++;
    return instance;
  }
}

function newInterface(
  swIfIndex: number,
  name: string,
  deviceType: Interface['deviceType'],
  instance: number,
  mac: string,
  linkMtu: number,
): Interface {
  const state = { adminUp: false, linkUp: false, tag: '', addresses: [], table4: 0, table6: 0 };
  return { swIfIndex, name, deviceType, instance, mac, linkMtu, mtu: [linkMtu, 0, 0, 0], ...state };
}
