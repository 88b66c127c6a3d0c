/** Sends the requests of a file: thousands of them at a time, in order, with an account of what VPP refused. */

import { type Channel, FieldError, RetvalError, type Untyped } from '../../mux/index.js';
import { type Account, pipelined } from '../../vpp/for-cli.js';
import type { LoadFile } from './load-file.js';

/** Requests at VPP, which handles them one after the other; more of them hide the way there and back. */
export const WINDOW = 2048;
/** Requests between two looks at the clock. */
const STEP = 512;
const PROGRESS_MS = 100;

export interface SendOptions {
  /** End at the first request that VPP refuses. */
  readonly stop: boolean;
  /** Refusals that are kept. */
  readonly keep: number;
  readonly onProgress: (done: number) => void;
}

export function sendLoad(
  channel: Channel<Untyped>,
  file: LoadFile,
  { stop, keep, onProgress }: SendOptions,
): Promise<Account> {
  let shownAt = performance.now();
  const send = (start: number) => {
    const { name, fields } = file.request(start);
    return channel.request(name, fields);
  };
  return pipelined(file.starts, send, {
    window: WINDOW,
    goOn: (error) => !stop && isRefusal(error),
    onEnd(ended) {
      if (ended % STEP !== 0 || performance.now() - shownAt < PROGRESS_MS) return;
      shownAt = performance.now();
      onProgress(ended);
    },
    keep,
  });
}

/** Whether an error is of this request alone: VPP refuses it, or a value cannot be sent. */
export function isRefusal(error: unknown): boolean {
  return error instanceof RetvalError || error instanceof FieldError;
}
