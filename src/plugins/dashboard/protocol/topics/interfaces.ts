/** The topic `interfaces`: a row for each. Rates come from the counters, the rest from VPP's API when it changes. */

import type { TrafficRates } from './traffic.js';

export interface InterfacesTopic {
  /** By sw_if_index. */
  readonly interfaces: Readonly<Record<string, InterfaceRow>>;
  readonly inventory: InventoryState;
}

/** When the interfaces' settings were read from VPP, and why they could not be. */
export interface InventoryState {
  readonly at?: number;
  readonly reason?: string;
}

export interface InterfaceRow extends TrafficRates, Partial<InterfaceSettings> {
  readonly name: string;
  /** Since VPP's start, or the last `clear interfaces`. */
  readonly dropsTotal?: number;
  readonly errorsTotal?: number;
}

/** Settings of an interface, as VPP's API tells them. */
export interface InterfaceSettings {
  readonly admin: boolean;
  readonly link: boolean;
  readonly type: string;
  readonly mac: string;
  readonly mtu: number;
  readonly tag: string;
  /** sw_if_index of the interface that a sub-interface belongs to. */
  readonly parent?: number;
  /** `192.0.2.1/24`, IPv4 first. Undefined until they have been read. */
  readonly addresses?: readonly string[];
  /** Number of its table, where it is not 0: of IPv4, and of IPv6 where that is another. */
  readonly table?: number;
  readonly table6?: number;
  /** Bridge domain. */
  readonly bridge?: number;
}
