/** The interfaces of VPP at one moment: names and indices of each other. */

import { fault } from '../../agent/operations/fault.js';
import type { Fields } from '../../mux/index.js';
import { didYouMean, nearest } from '../../nearest.js';
import type { InterfaceRef } from './values.js';
import type { VppCall } from './vpp-call.js';

/** No interface. */
export const NO_INTERFACE = 0xffffffff;

export interface Interface {
  readonly name: string;
  readonly swIfIndex: number;
  /** As sw_interface_dump has it. */
  readonly details: Fields;
}

export class InterfaceTable {
  readonly #byName = new Map<string, Interface>();
  readonly #byIndex = new Map<number, Interface>();

  static async read(vpp: VppCall): Promise<InterfaceTable> {
    return new InterfaceTable(await vpp.dump('sw_interface_dump', { sw_if_index: NO_INTERFACE }));
  }

  constructor(dump: readonly Fields[]) {
    for (const details of dump) {
      const found = { name: String(details.interface_name), swIfIndex: Number(details.sw_if_index), details };
      this.#byName.set(found.name, found);
      this.#byIndex.set(found.swIfIndex, found);
    }
  }

  get list(): Interface[] {
    return [...this.#byIndex.values()];
  }

  /** By name or sw_if_index; a text of digits is an index, unless it is a name. Throws ENOENT with the nearest names. */
  find(ref: InterfaceRef, path: string): Interface {
    const found = this.#byName.get(String(ref)) ?? (isIndex(ref) ? this.#byIndex.get(Number(ref)) : undefined);
    if (found !== undefined) return found;
    const what = isIndex(ref) ? `with sw_if_index ${ref}` : `"${ref}"`;
    const near = isIndex(ref) ? [] : nearest(String(ref), this.#byName.keys());
    const hint = didYouMean(near) || '; interface.list has all';
    throw fault('ENOENT', `there is no interface ${what}${hint}`, { path });
  }

  /** The index itself, where the interface has gone meanwhile. */
  nameOf(swIfIndex: number): string {
    return this.#byIndex.get(swIfIndex)?.name ?? String(swIfIndex);
  }
}

const isIndex = (ref: InterfaceRef) => /^\d+$/.test(String(ref));
