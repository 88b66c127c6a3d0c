/**
 * One interface: a hardware interface, or a sub-interface on one. As in VPP, name, link and driver belong to the hardware, and
 * admin state, MTUs, tag, addresses and IP tables to each of the interfaces on it.
 */

export interface Address {
  /** The address as given: `192.0.2.1/24`. */
  readonly text: string;
  readonly v6: boolean;
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** Facts of a driver of IP tunnels. */
export interface TunnelDevice {
  /** Whether it leads to several next hops. */
  readonly isMultiPoint: boolean;
  /** Whether it has ends of its own; otherwise IPsec gives it some. */
  readonly hasEnds: boolean;
}

/** Class of an interface in a bridge domain; `group` is a tunnel to a multicast group, which stands for those to its members. */
export type FloodClass = 'bvi' | 'normal' | 'group' | 'tunnel' | 'none';

/** Facts of a driver of VPP. */
export interface Device {
  /** `interface_dev_type` in the details. */
  readonly type: string;
  /** Whether it has a MAC address, and distinguishes VLANs. */
  readonly isEthernet: boolean;
  /** Whether its link is up while it is admin up; otherwise `setLink` of the dataplane changes it. */
  readonly linkFollowsAdmin: boolean;
  /** Whether its MAC address can be changed, and others be added. */
  readonly takesMacs: boolean;
  /** Largest MTU that its hardware can be set to, in bytes; undefined: it cannot be set. */
  readonly maxMtu?: number;
  /** Whether promiscuous mode can be set. */
  readonly takesPromisc?: boolean;
  /** Whether it can segment TCP. */
  readonly gso?: boolean;
  /** Number of receive queues, and of transmit queues. Default 0. */
  readonly queues?: number;
  /** Number of transmit queues, where it is another. */
  readonly txQueues?: number;
  /** Whether the interfaces on it go up and down with it, and may be up without it. */
  readonly subsFollowAdmin?: boolean;
  /** Modes that it can receive in, by `mode` of its queues; the first is in effect to begin with. Default: polling alone. */
  readonly rxModes?: readonly number[];
  /** Facts of an IP tunnel, which IPsec can protect. */
  readonly tunnel?: TunnelDevice;
  /** Class of the interface in a bridge domain. Default: normal. */
  readonly flood?: FloodClass;
  /** Speed with the link up, in kbit/s. Default 0. */
  readonly speed?: number;
}

export interface Hardware {
  name: string;
  /** VPP's number of the hardware, shown by its CLI. */
  readonly index: number;
  readonly device: Device;
  mac: string;
  linkUp: boolean;
  linkMtu: number;
  promisc: boolean;
  readonly secondaryMacs: Set<string>;
}

/** The part of a sub-interface that its tags are. */
export interface SubInterface {
  readonly id: number;
  /** Bits of `sub_if_flags`. */
  readonly flags: number;
  readonly outerVlan: number;
  readonly innerVlan: number;
}

export const NO_MAC = '00:00:00:00:00:00';

export class Interface {
  adminUp = false;
  tag = '';
  /** MTUs of L3, IPv4, IPv6 and MPLS. */
  mtu: readonly number[];
  readonly addresses: Address[] = [];
  /** IP table of each family. */
  table4 = 0;
  table6 = 0;

  constructor(
    readonly swIfIndex: number,
    readonly hardware: Hardware,
    /** The super-interface's index; its own for hardware. */
    readonly supSwIfIndex: number,
    readonly sub?: SubInterface,
  ) {
    this.mtu = [sub === undefined ? hardware.linkMtu : 0, 0, 0, 0];
  }

  get name(): string {
    const { hardware, sub } = this;
    return sub === undefined ? hardware.name : `${hardware.name}.${sub.id}`;
  }

  get device(): Device {
    return this.hardware.device;
  }

  get deviceType(): string {
    return this.hardware.device.type;
  }

  get linkUp(): boolean {
    return this.hardware.linkUp;
  }

  get linkMtu(): number {
    return this.hardware.linkMtu;
  }

  /** The hardware's MAC address; VPP shows none for a sub-interface. */
  get mac(): string {
    return this.sub === undefined ? this.hardware.mac : NO_MAC;
  }
}
