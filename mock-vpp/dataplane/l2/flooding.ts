/** Members of a bridge domain in the order that VPP floods them in, backwards: a BVI, interfaces, tunnels, and those that are left out. */
import type { FloodClass, Interface } from '../interfaces/interface.js';

interface Classed {
  readonly flood: FloodClass;
}

/** Classes of interfaces by their driver, and by what they have been. */
export class FloodClasses {
  private readonly changed = new Map<Interface, FloodClass>();

  of(itf: Interface): FloodClass {
    return this.changed.get(itf) ?? (itf.sub === undefined ? (itf.device.flood ?? 'normal') : 'normal');
  }

  /** An interface that has been a BVI is not flooded to afterwards. */
  setBvi(itf: Interface, isBvi: boolean): void {
    this.changed.set(itf, isBvi ? 'bvi' : 'none');
  }

  forget(itf: Interface): void {
    this.changed.delete(itf);
  }
}

/** Adds a member behind those of its class, a BVI first. */
export function withMember<T extends Classed>(members: readonly T[], added: T): readonly T[] {
  const place = { bvi: 0, ...placesOf(members) }[added.flood];
  return [...members.slice(0, place), added, ...members.slice(place)];
}

/** Number of the members that are flooded to: none behind the tunnels, and no tunnels where there is a group. */
export function floodCount(members: readonly Classed[]): number {
  const { normal, tunnel } = placesOf(members);
  return members.some(({ flood }) => flood === 'group') ? normal : tunnel;
}

/** The end of each class. */
function placesOf(members: readonly Classed[]) {
  const count = (counted: FloodClass) => members.filter(({ flood }) => flood === counted).length;
  const none = members.length;
  const tunnel = none - count('none');
  const normal = tunnel - count('tunnel');
  return { normal, group: normal, tunnel, none };
}
