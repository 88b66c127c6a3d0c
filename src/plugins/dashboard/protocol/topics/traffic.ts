/** Traffic a second, as topics show it. What VPP does not count is undefined, never 0. */

export interface TrafficRates {
  /** Packets a second, received and sent. */
  readonly rxPps?: number;
  readonly txPps?: number;
  /** Bits a second. */
  readonly rxBps?: number;
  readonly txBps?: number;
  /** Packets a second: dropped; received or sent with an error, or missed by the device. */
  readonly drops?: number;
  readonly errors?: number;
}
