/** The seam between a link and what is under way over it. */

import type { ConnectionError } from '../../mux/errors.js';
import type { AgentFrame, ErrorFrame } from '../protocol/index.js';

/** Frames that belong to something that was begun. */
export type StreamFrame =
  | Exclude<Extract<AgentFrame, { readonly id: number }>, ErrorFrame>
  | (ErrorFrame & { readonly id: number });

/** Something under way: gets the frames of its number, up to the last one or the loss of the link. */
export interface Exchange {
  /** `size`: bytes of the frame. */
  take(frame: StreamFrame, size: number): void;
  /** Called behind the last frame. */
  ended(): void;
  /** Called in place of `ended` when the link is lost. */
  lost(cause: ConnectionError): void;
}
