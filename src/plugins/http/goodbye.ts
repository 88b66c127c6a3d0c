/** The end of a connection from our side, with some last words. */

import type { Duplex } from 'node:stream';

/** How long a client has for reading them (or the answers that it is owed), and closing. */
const GOODBYE_MS = 1000;

export function goodbye(stream: Duplex, words = ''): void {
  if (!stream.writable) return void stream.destroy();
  // What is still on its way is read, or its arrival would take the words away; who does not close is not waited for.
  stream.resume();
  const timer = setTimeout(() => stream.destroy(), GOODBYE_MS).unref();
  stream.once('close', () => clearTimeout(timer));
  stream.end(words);
}

/** The same for a client that sends without an end: nothing more of it is read. */
export function endUnread(stream: Duplex): void {
  stream.pause();
  const timer = setTimeout(() => stream.destroy(), GOODBYE_MS).unref();
  stream.once('close', () => clearTimeout(timer));
  stream.end();
}
