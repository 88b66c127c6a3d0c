/** The bound of one stream within that of its channel. */

import { CHANNEL_OPTIONS } from './channel-options.js';
import { checkOption } from './check-options.js';

/** Bytes that may wait in a stream that asks for `given`, in a channel that has `most`. Throws BAD_OPTION. */
export function streamBytes(given: number | undefined, most: number): number {
  if (given === undefined) return most;
  checkOption(CHANNEL_OPTIONS.replyBytes, 'replyBytes', given);
  return Math.min(given, most);
}
