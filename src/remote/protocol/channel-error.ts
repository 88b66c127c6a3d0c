/** An error of the mux, an operation, a read of counters or the remote border itself, as it crosses the wire: the fields of `VppmuxError`, without the paths of the agent's machine. */

export interface ChannelError {
  /** A key of `ERROR_CODES` of the mux, of the codes of operations, of counters, or of the HTTP server. */
  readonly code: string;
  readonly message: string;
  readonly messageName?: string;
  readonly path?: string;
  /** Number of the channel in the agent. */
  readonly channel?: number;
  readonly context?: number;
  readonly generation?: number;
  /** The known fate of a request that failed: never sent, or sent and perhaps done. */
  readonly outcome?: 'not-sent' | 'unknown';
  readonly arrived?: number;
  /** Bytes of a message that was not expected: as bytes with CBOR, else as `0x…`. */
  readonly bytes?: Uint8Array | string;
  readonly nearest?: readonly string[];
  readonly afterMs?: number;
  readonly hint?: string;
  /** Name of the operation, and number of its call in the agent's log. */
  readonly operation?: string;
  readonly call?: number;
  /** With code RETVAL: VPP's number, its name, its own words, and the whole reply in the form of the subprotocol. */
  readonly retval?: number;
  readonly retvalName?: string;
  readonly text?: string;
  readonly reply?: Readonly<Record<string, unknown>>;
}
