/** Cuts the output into pieces, or lumps it together; the bytes themselves are right. */
import type { Socket } from 'node:net';
import type { FaultHooks } from './fault-hooks.js';

/** Writes every `bytes` bytes (default 1) on their own, with a turn of the event loop in between. */
export function split(options: { readonly bytes?: number } | true): FaultHooks {
  const { bytes: size = 1 } = options === true ? {} : options;
  return {
    deliver(socket, bytes, done) {
      piecewise(socket, bytes, size, 0, done);
    },
  };
}

function piecewise(socket: Socket, bytes: Buffer, size: number, from: number, done: () => void): void {
  if (socket.destroyed) return;
  if (from >= bytes.length) done();
  else {
    socket.write(bytes.subarray(from, from + size));
    setImmediate(piecewise, socket, bytes, size, from + size, done);
  }
}

/** Writes everything of `ms` milliseconds (default 20) in one piece. */
export function merge(options: { readonly ms?: number } | true): FaultHooks {
  const { ms = 20 } = options === true ? {} : options;
  return { schedule: (flush) => void setTimeout(flush, ms) };
}

/** Reads nothing more from the clients: what they send piles up on their side. */
export function stall(): FaultHooks {
  return {
    begin(client) {
      client.stalled = true;
      client.socket.pause();
    },
    end(client) {
      client.stalled = false;
      client.socket.resume();
    },
  };
}
