/** The time of a client before its handshake: it says its name, and gets an index and the message table. */

import { readU32 } from '../link/frame.js';
import { SOCKCLNT_CREATE_ID } from '../session/builtin.js';
import type { ClientSocket } from './client-socket.js';

/** Size of a sockclnt_create: id, context, name. */
const CREATE_SIZE = 70;
/** Messages before the handshake after which a client is closed: VPP answers none of them. */
const MOST_BEFORE = 16;

/** Time for the handshake, milliseconds: one that connects and says nothing would keep its place from others for ever. */
const GREETING_MS = 10_000;

/** Waits for the handshake. `greeted` is called once with the client's name; `gone` once where it leaves, or has to. */
export function awaitGreeting(
  socket: ClientSocket,
  greeted: (name: string, context: number) => void,
  gone: (reason: string | undefined) => void,
): void {
  let before = 0;
  const dismiss = (why: string) => {
    clearTimeout(timer);
    socket.destroy();
    gone(why);
  };
  const timer = setTimeout(() => dismiss(`there was no handshake within ${GREETING_MS} ms`), GREETING_MS);
  timer.unref();
  socket.onEnd = (reason) => {
    clearTimeout(timer);
    gone(reason);
  };
  socket.onFrame = (bytes, start, end) => {
    const id = end - start >= 2 ? bytes.readUInt16BE(start) : -1;
    if (id === SOCKCLNT_CREATE_ID && end - start >= CREATE_SIZE) {
      // Frames that it sends before it is greeted are sent without knowing anything.
      socket.onFrame = () => {};
      clearTimeout(timer);
      greeted(nameIn(bytes, start, end), readU32(bytes, start + 2));
      return;
    }
    if (++before >= MOST_BEFORE) dismiss(`${before} messages came before the handshake`);
  };
}

/** The name in a sockclnt_create. */
export function nameIn(bytes: Buffer, start: number, end: number): string {
  const field = bytes.subarray(start + 6, Math.min(end, start + CREATE_SIZE));
  const length = field.indexOf(0);
  return field.toString('utf8', 0, length < 0 ? field.length : length).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}
