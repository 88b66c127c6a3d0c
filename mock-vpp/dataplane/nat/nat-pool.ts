/** Addresses that a NAT has outside, in VPP's order: the last one takes the place of one that goes. A range has thousands. */
import type { TableLocks } from '../routing/table-locks.js';

export interface PoolAddress {
  readonly address: string;
  /** The table, which is locked; ~0: none. */
  readonly vrf: number;
}

export const NO_VRF = 0xffffffff;

export class NatPool<T extends PoolAddress> {
  private list: T[] = [];
  private readonly places = new Map<string, number>();

  constructor(private readonly locks: TableLocks) {}

  get values(): readonly T[] {
    return this.list;
  }

  has(address: string): boolean {
    return this.places.has(address);
  }

  find(address: string): T | undefined {
    const place = this.places.get(address);
    return place === undefined ? undefined : this.list[place];
  }

  /** Returns false where the address is there already. */
  add(added: T): boolean {
    if (this.has(added.address)) return false;
    if (added.vrf !== NO_VRF) this.locks.lock(added.vrf);
    this.places.set(added.address, this.list.length);
    this.list.push(added);
    return true;
  }

  /** Returns false where the address is not there. */
  remove(address: string): boolean {
    const place = this.places.get(address);
    if (place === undefined) return false;
    const { vrf } = this.list[place];
    if (vrf !== NO_VRF) this.locks.unlock(vrf);
    const last = this.list.pop() as T;
    if (place < this.list.length) {
      this.list[place] = last;
      this.places.set(last.address, place);
    }
    this.places.delete(address);
    return true;
  }

  clear(): void {
    for (const { vrf } of this.list) if (vrf !== NO_VRF) this.locks.unlock(vrf);
    this.list = [];
    this.places.clear();
  }
}
