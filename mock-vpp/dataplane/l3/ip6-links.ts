/** Interfaces with IPv6: on while somebody wants it, each with one link-local address. */
import { Retval } from '../../retvals.js';
import type { Indices } from '../indices.js';
import type { Interface } from '../interfaces/interface.js';

export interface Ip6Link {
  /** Link-local address, or what a client has set in its place. */
  address: string;
  /** Number of those that want it: each address of the interface, and each request that enables it. */
  users: number;
  /** Load-balance indices of the routes in the interface's own table. */
  readonly indices: readonly number[];
}

/** Load-balance indices that IPv6 takes on an interface for its link-local table. */
const LINK_LOCAL_ROUTES = 3;

export class Ip6Links {
  /** Called when IPv6 is on or off on an interface. */
  onChanged: (itf: Interface, isOn: boolean) => void = () => {};
  private readonly links = new Map<Interface, Ip6Link>();

  constructor(private readonly counters: Indices) {}

  get(itf: Interface): Ip6Link | undefined {
    return this.links.get(itf);
  }

  /** Counts one more user, and says when it is not the first (-81). */
  enable(itf: Interface, address = linkLocalOf(itf)): number {
    const known = this.links.get(itf);
    if (known !== undefined) {
      known.users++;
      return Retval.VALUE_EXIST;
    }
    const indices = Array.from({ length: LINK_LOCAL_ROUTES }, () => this.counters.take());
    this.links.set(itf, { address, users: 1, indices });
    this.onChanged(itf, true);
    return Retval.OK;
  }

  disable(itf: Interface): number {
    const link = this.links.get(itf);
    if (link === undefined) return Retval.IP6_NOT_ENABLED;
    if (--link.users === 0) this.forget(itf);
    return Retval.OK;
  }

  /** Sets the address, and turns IPv6 on where it is off; `::` turns it off without a word. */
  setAddress(itf: Interface, address: string): number {
    const link = this.links.get(itf);
    if (address === '::') this.forget(itf);
    else if (link === undefined) this.enable(itf, address);
    else link.address = address;
    return Retval.OK;
  }

  /** Turns IPv6 off, whoever wants it. */
  forget(itf: Interface): void {
    const link = this.links.get(itf);
    if (link === undefined) return;
    for (const index of link.indices) this.counters.giveBack(index);
    this.links.delete(itf);
    this.onChanged(itf, false);
  }
}

/** The address made of the MAC address of the hardware; VPP chooses a random one where there is none. */
function linkLocalOf({ swIfIndex, device, hardware }: Interface): string {
  if (!device.isEthernet) return `fe80::5054:ff:fe00:${swIfIndex.toString(16)}`;
  const mac = hardware.mac.split(':').map((byte) => Number.parseInt(byte, 16));
  const word = (high: number, low: number) => ((high << 8) | low).toString(16);
  return `fe80::${word(mac[0] ^ 2, mac[1])}:${word(mac[2], 0xff)}:${word(0xfe, mac[3])}:${word(mac[4], mac[5])}`;
}
