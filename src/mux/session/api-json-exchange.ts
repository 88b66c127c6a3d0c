/**
 * The request for VPP's own definitions. Its answer is megabytes of text, far more from a hostile VPP: it is taken as
 * bytes, to be read piece by piece, and not at all when it is larger than any VPP's.
 */

import { checkApiJsonSize } from '../codec/api-json.js';
import type { MessageEntry } from './message-catalogue.js';
import { SingleExchange } from './single-exchange.js';

export class ApiJsonExchange extends SingleExchange {
  /** Resolves with `{ json: Uint8Array }`. Any other answer is an error, as for every request. */
  override onReply(entry: MessageEntry, bytes: Buffer, start: number, end: number): void {
    const { replyId } = this.plan;
    // The text and its length are the last of the fixed layout; the retval stands before them.
    const text = start + (entry.message?.def.minSize ?? 0);
    if (entry.id !== replyId || text > end || bytes.readInt32BE(text - 8) < 0) {
      super.onReply(entry, bytes, start, end);
      return;
    }
    const length = bytes.readUInt32BE(text - 4);
    if (length > end - text) {
      super.onReply(entry, bytes, start, end); // cut short
      return;
    }
    if (!this.release()) return;
    try {
      checkApiJsonSize(length);
      this.conclude({ json: Buffer.from(bytes.subarray(text, text + length)) });
    } catch (error) {
      this.reject(error as Error);
    }
  }
}
