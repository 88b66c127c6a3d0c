/** A socket in front of another: what the server says arrives in pieces of the sizes that `sizes` gives. */

import { createConnection, createServer, type Socket } from 'node:net';

export async function piecemeal(path: string, target: string, sizes: () => number): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = createConnection(target);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
    }
    near.on('data', (bytes) => far.write(bytes)).on('close', () => far.destroy());
    let waiting = Buffer.alloc(0);
    let ended = false;
    let busy = false;
    const step = () => {
      const size = sizes();
      if (near.destroyed) return;
      near.write(waiting.subarray(0, size));
      waiting = waiting.subarray(size);
      busy = waiting.length > 0;
      if (busy) setImmediate(step);
      else if (ended) near.end();
    };
    far.on('data', (bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      if (!busy) step();
    });
    far.on('close', () => {
      ended = true;
      if (!busy) near.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
}
