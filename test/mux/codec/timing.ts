/** Runs codec functions as the session does, and counts how often they run in a second. */

import { GrowingWriter } from '../../../src/mux/codec/byte-writer.js';
import type { Fields, Message } from '../../../src/mux/codec/codec.js';

/** Written to by `perSecond`, so that no result can be optimised away. */
export const kept: { result: unknown } = { result: undefined };

/** Runs of `run` per second, over so many milliseconds. */
export function perSecond(run: (i: number) => unknown, milliseconds: number): number {
  const begin = performance.now();
  let n = 0;
  let now = begin;
  for (; now < begin + milliseconds; now = performance.now()) {
    for (let i = 0; i < 1000; i++) kept.result = run(n++);
  }
  return (n / (now - begin)) * 1000;
}

/** Reads one body after the other, each where it would lie in a receive buffer. Their number is a power of two. */
export function reading({ read }: Message, bodies: readonly Uint8Array[]): (i: number) => Fields {
  const gap = Buffer.alloc(16);
  const chunk = Buffer.concat(bodies.flatMap((body) => [gap, body]));
  let end = 0;
  const places = bodies.map(({ length }) => {
    const start = end + gap.length;
    end = start + length;
    return { start, end };
  });
  const at = { end: 0 };
  return (i) => {
    const place = places[i & (places.length - 1)];
    return read(chunk, place.start, place.end, at);
  };
}

export function writing({ write }: Message, fields: (i: number) => Fields): (i: number) => number {
  const writer = new GrowingWriter(65536);
  return (i) => {
    if (writer.pos > 60_000) writer.pos = 0;
    write(writer, fields(i), 690, 0x80000001, i & 0x7fffffff);
    return writer.pos;
  };
}
