/**
 * VPP's cache of traces. A dump of traces reads from a copy that VPP makes at the first one, and keeps in the slot of the client;
 * here all clients have one slot. So a dump of another client than the last first has the copy made anew. The order stays, since
 * traces are only added, until they are cleared: then the copy points at freed memory, and the next dump must not read it.
 */

import type { Message } from '../codec/codec.js';
import { offsetOf } from '../schema/sizes.js';

/** A request that reads from the cache, or ends it. */
export interface TraceRequest {
  /** Offset of the flag that has the copy made anew, -1 for a request that ends it. */
  readonly clearOffset: number;
}

const DUMPS: ReadonlySet<string> = new Set(['trace_dump', 'trace_v2_dump']);
const ENDS: ReadonlySet<string> = new Set(['trace_clear_capture', 'trace_clear_cache']);

/** Returns undefined for a request that has nothing to do with it. */
export function traceRequest({ name, def }: Message): TraceRequest | undefined {
  if (ENDS.has(name)) return { clearOffset: -1 };
  if (!DUMPS.has(name)) return undefined;
  const clearOffset = offsetOf(def.fields, 'clear_cache');
  return clearOffset === undefined ? undefined : { clearOffset };
}

export class TraceCache {
  private owner: object | undefined;

  /** Sees `body`, a request of `client`, before it is sent, and sets its flag where the copy is not the client's. */
  before({ clearOffset }: TraceRequest, body: Buffer, client: object): void {
    if (clearOffset < 0) {
      this.owner = undefined;
      return;
    }
    if (this.owner !== client) body[clearOffset] = 1;
    this.owner = client;
  }
}
