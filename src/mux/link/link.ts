/**
 * The seam under the session: messages out, messages in, the end, and what the session counts. `unix-link.ts` is VPP's socket,
 * `transport-link.ts` carries a user's transport of four members.
 */

import type { Fields, WriteMessage } from '../codec/codec.js';

/** Takes one body in place: `bytes[start, end)` is valid only during the call. */
export type OnMessage = (bytes: Buffer, start: number, end: number) => void;

export interface Link {
  /**
   * Encodes one message straight into the bytes that leave at the end of this tick, and frames it. Returns the place of the
   * message in the stream, for `takeBack`. Throws what `write` throws, and then nothing of the message is sent.
   */
  send(write: WriteMessage, fields: Fields, id: number, clientIndex: number, context: number): number;
  /** Removes `count` messages, the first one at `place`, from the bytes that leave; false when they may have left. */
  takeBack(place: number, count: number): boolean;
  /** True when the other side takes no bytes, and too many wait here to add more. */
  readonly isCongested: boolean;
  /** Called when the link is no longer congested. */
  onRoom: () => void;
  onMessage: OnMessage;
  /** Called when the bytes of the messages passed on so far are about to be overwritten: at the end of each read, at least. */
  onRun: () => void;
  /** Called once, when the other side or an error ended the link; not after `close()`. */
  onClose: (cause: Error) => void;
  /** Ends the link immediately; unwritten bytes are lost. */
  close(): void;
  /** Bytes since the start, headers included. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Whole frames since the start: each is a sign of life. */
  readonly framesIn: number;
}

export interface LinkOptions {
  /** Path of VPP's API socket; with a transport, its address. */
  readonly socket: string;
  readonly timeoutMs: number;
  /** Largest body taken, bytes. */
  readonly maxFrameBytes: number;
  readonly signal?: AbortSignal;
}

/** Makes a link. Rejects with a ConnectionError. */
export type OpenLink = (options: LinkOptions) => Promise<Link>;
