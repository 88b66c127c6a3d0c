/** The topic `interface:INDEX`: everything about one of them. */

import type { InterfaceRow, InventoryState } from './interfaces.js';
import type { TrafficRates } from './traffic.js';

export interface InterfaceTopic {
  readonly index: number;
  readonly row: InterfaceRow;
  /** By thread; 0 is the main thread. */
  readonly threads: Readonly<Record<string, TrafficRates>>;
  /** All counters of the stats segment, since VPP's start. */
  readonly counters: Readonly<Record<string, CounterState>>;
  /** Rows of its sub-interfaces, by sw_if_index. */
  readonly subInterfaces: Readonly<Record<string, InterfaceRow>>;
  readonly inventory: InventoryState;
}

export interface CounterState {
  readonly packets: number;
  readonly bytes?: number;
  readonly packetsPerSecond?: number;
  readonly bitsPerSecond?: number;
}
