/** Loopback interfaces: loopN for the lowest free N, or the one asked for. */
import { Instances } from '../instances.js';
import { type Device, type Interface, NO_MAC } from './interface.js';
import type { NewHardware } from './interfaces.js';

/** loopN is possible for N below this. */
const MAX_INSTANCE = 16 * 1024;
const MTU = 9000;

const LOOPBACK: Device = {
  ...{ type: 'Loopback', isEthernet: true, linkFollowsAdmin: true, takesMacs: true },
  flood: 'none',
};

export class Loopbacks {
  private readonly instances = new Map<Interface, number>();
  private readonly used = new Instances();

  constructor(private readonly make: (hardware: NewHardware) => Interface) {}

  has(itf: Interface): boolean {
    return this.instances.has(itf);
  }

  /** Undefined when the instance is in use or too large. */
  add(mac = NO_MAC, instance = this.used.lowestFree): Interface | undefined {
    if (instance >= MAX_INSTANCE || this.used.has(instance)) return undefined;
    const own = `de:ad:00:00:00:${(instance & 255).toString(16).padStart(2, '0')}`;
    const itf = this.make({ name: `loop${instance}`, device: LOOPBACK, mac: mac === NO_MAC ? own : mac, mtu: MTU });
    this.instances.set(itf, instance);
    this.used.take(instance);
    return itf;
  }

  forget(itf: Interface): void {
    const instance = this.instances.get(itf);
    if (instance !== undefined) this.used.giveBack(instance);
    this.instances.delete(itf);
  }
}
