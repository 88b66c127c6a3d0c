/**
 * Gathers the JSON lines of details into chunks of whole lines: all that comes in one read of the socket leaves as one.
 * Held by the benchmarks "dump, ndjson".
 */

import { GrowingWriter } from '../codec/byte-writer.js';
import { type JsonOptions, writeJson } from '../json/json-writer.js';
import type { DumpSink } from '../session/dump-exchange.js';

const LINE_END = 10;

/** Makes what takes details and puts chunks of their lines, the reader's own; `flush` puts what has been gathered. */
export function textLines(
  put: (chunk: Buffer, size: number) => void,
  options: JsonOptions,
): { readonly take: NonNullable<DumpSink['take']>; flush(): void } {
  const text = new GrowingWriter();
  const flush = () => {
    if (text.pos === 0) return;
    const chunk = text.copy();
    text.pos = 0;
    put(chunk, chunk.length);
  };
  return {
    flush,
    take(message, bytes, start, end, at) {
      // Microtasks run when all of this read has been handed over.
      if (text.pos === 0) queueMicrotask(flush);
      writeJson(message, text, bytes, start, end, at, options);
      text.reserve(1);
      text.bytes[text.pos++] = LINE_END;
      return true;
    },
  };
}
