/** The addresses of one family in one IP table, in their order: an overlap is found without a look at all of them. */
import type { Address, Interface } from '../interfaces/interface.js';
import { broadcast, masked } from './ip.js';

interface Used {
  readonly key: string;
  readonly itf: Interface;
  readonly address: Address;
}

export class UsedAddresses {
  /** By `key`, the address without its length. */
  private readonly sorted: Used[] = [];
  /** Length → the networks of that length, and how many addresses are in each. */
  private readonly networks = new Map<number, Map<string, number>>();

  add(itf: Interface, address: Address): void {
    const key = keyOf(address.bytes);
    this.sorted.splice(this.placeOf(key), 0, { key, itf, address });
    this.count(address, 1);
  }

  remove(address: Address): void {
    const key = keyOf(address.bytes);
    let at = this.placeOf(key);
    while (this.sorted[at]?.key === key && this.sorted[at].address !== address) at++;
    if (this.sorted[at]?.key !== key) return;
    this.sorted.splice(at, 1);
    this.count(address, -1);
  }

  /** Whether an address overlaps with one that is used. An interface may have several of one prefix. */
  overlaps(itf: Interface, { bytes, length }: Address): boolean {
    for (const [known, networks] of this.networks) {
      if (known < length && networks.has(keyOf(masked(bytes, known)))) return true;
    }
    const own = keyOf(bytes);
    const last = keyOf(broadcast(bytes, length));
    for (let at = this.placeOf(keyOf(masked(bytes, length))); this.sorted[at]?.key <= last; at++) {
      const used = this.sorted[at];
      if (used.itf !== itf || used.address.length !== length || used.key === own) return true;
    }
    return false;
  }

  private count({ bytes, length }: Address, more: number): void {
    const networks = this.networks.get(length) ?? new Map<string, number>();
    const network = keyOf(masked(bytes, length));
    const count = (networks.get(network) ?? 0) + more;
    if (count > 0) networks.set(network, count);
    else networks.delete(network);
    if (networks.size > 0) this.networks.set(length, networks);
    else this.networks.delete(length);
  }

  /** The place of the first address that is not below `key`. */
  private placeOf(key: string): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle].key < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Orders as the bytes do. */
function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
