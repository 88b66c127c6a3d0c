/** A way to VPP's API other than its Unix socket: `connect({ transport })`. */

/** One link to VPP's API, made by a `Transport`. Messages are whole bodies, `_vl_msg_id` first, without the header of VPP's socket. */
export interface TransportLink {
  /**
   * Sends one message; messages must arrive in the order in which they were sent. `body` is the link's own from then on. What
   * cannot leave yet waits in the link: there is no way to refuse it but to end the link. An error thrown here does so.
   */
  send(body: Uint8Array): void;
  /** Set by the connection as soon as it has the link. The link calls it with each message from VPP, one at a time; `body` is read during the call only. */
  onMessage: (body: Uint8Array) => void;
  /** Set by the connection likewise. The link calls it once when it has ended by itself; `cause` says why, where that is known. */
  onClose: (cause?: Error) => void;
  /** Ends the link immediately. `onClose` need not be called for it. */
  close(): void;
}

export interface TransportOptions {
  /** The option `socket` of `connect()`, or the backup's: an address in whatever form the transport takes. */
  readonly socket: string;
  /** Time to connect, milliseconds (`connectTimeoutMs`). A link that comes later is closed. */
  readonly timeoutMs: number;
  /** Aborted when the link is not wanted any more: the time is over, or the connection was closed. */
  readonly signal: AbortSignal;
}

/**
 * Makes a link, for each attempt to connect a new one. What it throws or rejects with is a failed attempt (TRANSPORT_FAILED,
 * or the error itself where it is a VppmuxError), which is repeated as `reconnect` says.
 */
export type Transport = (options: TransportOptions) => TransportLink | Promise<TransportLink>;
