/** The OpenAPI document, made when it is first asked for, a slice of the event loop at a time, and kept for this table of messages. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { openApi } from './openapi.js';
import type { OpenApiSource } from './openapi-paths.js';

/** Milliseconds of work in a turn of the event loop. */
const SLICE_MS = 4;

export class OpenApiCache {
  private key = '';
  private made: Promise<Buffer> | undefined;

  /** `tableHash`: that of the table in `source`. */
  get(source: OpenApiSource, tableHash: string | undefined): Promise<Buffer> {
    const key = `${tableHash} ${source.version} ${source.loopbackAccess} ${source.schema.model.messages.size}`;
    if (this.made === undefined || this.key !== key) {
      this.key = key;
      const made = inSlices(openApi(source));
      // One that failed is tried again.
      made.catch(() => {
        if (this.made === made) this.made = undefined;
      });
      this.made = made;
    }
    return this.made;
  }
}

async function inSlices(parts: Iterable<string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let text = '';
  let until = performance.now() + SLICE_MS;
  for (const part of parts) {
    text += part;
    if (performance.now() < until) continue;
    chunks.push(Buffer.from(text));
    text = '';
    await nextTurn();
    until = performance.now() + SLICE_MS;
  }
  chunks.push(Buffer.from(text));
  return Buffer.concat(chunks);
}
