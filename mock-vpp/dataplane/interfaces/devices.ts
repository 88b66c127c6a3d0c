/** Interfaces of one driver, with what the driver keeps of each, in the order of VPP's instances. */

import { Pool } from '../pool.js';
import { NO_INTERFACE } from '../routing/paths.js';
import type { Interface } from './interface.js';
import type { Interfaces } from './interfaces.js';

export interface DeviceInstance {
  readonly index: number;
  readonly itf: Interface;
}

export class Devices<T extends DeviceInstance> {
  private readonly pool = new Pool<T>();
  private readonly byInterface = new Map<Interface, T>();

  get nextIndex(): number {
    return this.pool.nextIndex;
  }

  add(make: (index: number) => T): T {
    const made = this.pool.add(make);
    this.byInterface.set(made.itf, made);
    return made;
  }

  values(): T[] {
    return [...this.pool.values()];
  }

  /** The devices that a dump asks for by an interface; by ~0, all. */
  asked(swIfIndex: number): T[] {
    return this.values().filter(({ itf }) => swIfIndex === NO_INTERFACE || itf.swIfIndex === swIfIndex);
  }

  at(itf: Interface): T | undefined {
    return this.byInterface.get(itf);
  }

  find(fits: (each: T) => boolean): T | undefined {
    for (const each of this.pool.values()) if (fits(each)) return each;
    return undefined;
  }

  /** The driver's interface with an index; one of its sub-interfaces does as well. */
  behind(interfaces: Interfaces, swIfIndex: number): Interface | undefined {
    const known = interfaces.get(swIfIndex);
    const itf = known && interfaces.superOf(known);
    return itf !== undefined && this.byInterface.has(itf) ? itf : undefined;
  }

  /** Forgets an interface; gives what was kept of it. */
  forget(itf: Interface): T | undefined {
    const gone = this.byInterface.get(itf);
    if (gone === undefined) return undefined;
    this.byInterface.delete(itf);
    this.pool.remove(gone.index);
    return gone;
  }
}
