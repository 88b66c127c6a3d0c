/** Addresses of interfaces, with VPP's rules: no overlap within a table, except the same prefix on the same interface. */
import { Retval } from '../../retvals.js';
import type { Address, Interface } from '../interfaces/interface.js';
import type { FibTable } from '../routing/fib.js';
import type { Tables } from '../routing/tables.js';
import { addConnected, removeConnected } from './connected.js';
import { type Prefix, parsePrefix, same, within } from './ip.js';
import type { Ip6Links } from './ip6-links.js';
import { UsedAddresses } from './used-addresses.js';

export class Addresses {
  /** Called when an interface has got an address. */
  onAdded: (itf: Interface, address: Address) => void = () => {};
  /** Called when an interface has lost an address. */
  onRemoved: (itf: Interface, address: Address) => void = () => {};
  /** Table id → the addresses in it. */
  private readonly used = { ip4: new Map<number, UsedAddresses>(), ip6: new Map<number, UsedAddresses>() };

  constructor(
    private readonly tables: Tables,
    private readonly ip6Links: Ip6Links,
  ) {}

  add(itf: Interface, text: string): number {
    const address = { text, ...parsePrefix(text) };
    if (itf.deviceType === 'local') return Retval.UNSUPPORTED;
    if (isLinkLocal(address)) {
      if (address.length !== 128) return Retval.ADDRESS_LENGTH_MISMATCH;
      return this.ip6Links.setAddress(itf, hostText(address));
    }
    const used = this.usedIn(tableOf(itf, address.v6), address.v6);
    if (used.overlaps(itf, address)) return address.v6 ? Retval.DUPLICATE_IF_ADDRESS : Retval.ADDRESS_IN_USE;
    used.add(itf, address);
    itf.addresses.push(address);
    if (address.v6) this.ip6Links.enable(itf);
    if (itf.adminUp) addConnected(this.table(itf, address.v6), address, hostText(address), itf.swIfIndex);
    this.onAdded(itf, address);
    return Retval.OK;
  }

  /** Removes an address and ignores the length: VPP removes 192.0.2.1/24 when asked for 192.0.2.1/30. */
  remove(itf: Interface, text: string): number {
    const gone = parsePrefix(text);
    if (isLinkLocal(gone)) return Retval.ADDRESS_NOT_DELETABLE;
    const at = itf.addresses.findIndex((each) => same(each.bytes, gone.bytes));
    if (at < 0) return itf.deviceType === 'local' ? Retval.UNSUPPORTED : Retval.ADDRESS_NOT_FOUND_FOR_INTERFACE;
    const [address] = itf.addresses.splice(at, 1);
    this.usedIn(tableOf(itf, address.v6), address.v6).remove(address);
    if (itf.adminUp) this.removeRoutes(itf, address, itf.addresses);
    if (address.v6) this.ip6Links.disable(itf);
    this.onRemoved(itf, address);
    return Retval.OK;
  }

  removeAll(itf: Interface): void {
    for (const address of [...itf.addresses]) this.remove(itf, address.text);
  }

  /** Adds or removes the routes of an interface's addresses after a change of its admin state. */
  followAdmin(itf: Interface): void {
    if (itf.adminUp) {
      for (const address of itf.addresses) {
        addConnected(this.table(itf, address.v6), address, hostText(address), itf.swIfIndex);
      }
      return;
    }
    itf.addresses.forEach((address, index) => {
      this.removeRoutes(itf, address, itf.addresses.slice(index + 1));
    });
  }

  /** Takes note that an interface has left the IP table `from` for another. */
  followTable(itf: Interface, v6: boolean, from: number): void {
    for (const address of itf.addresses.filter((each) => each.v6 === v6)) {
      this.usedIn(from, v6).remove(address);
      this.usedIn(tableOf(itf, v6), v6).add(itf, address);
    }
  }

  private usedIn(tableId: number, v6: boolean): UsedAddresses {
    const family = v6 ? this.used.ip6 : this.used.ip4;
    const used = family.get(tableId) ?? new UsedAddresses();
    family.set(tableId, used);
    return used;
  }

  private removeRoutes(itf: Interface, address: Address, left: readonly Address[]): void {
    const last = !left.some(
      (each) => each.length === address.length && within(each.bytes, address.bytes, address.length),
    );
    removeConnected(this.table(itf, address.v6), address, last);
  }

  private table(itf: Interface, v6: boolean): FibTable {
    return this.tables.find(tableOf(itf, v6), v6) ?? this.tables.add(tableOf(itf, v6), v6, '');
  }
}

function tableOf(itf: Interface, v6: boolean): number {
  return v6 ? itf.table6 : itf.table4;
}

function isLinkLocal(address: Prefix): boolean {
  return address.v6 && address.bytes[0] === 0xfe && (address.bytes[1] & 0xc0) === 0x80;
}

function hostText(address: Address): string {
  return address.text.split('/')[0];
}
