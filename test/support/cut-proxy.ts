/** A proxy of TCP that can be cut in two ways: closed, as when a host goes down, or silent, as when a network swallows packets. */

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface CutProxy {
  readonly url: string;
  /** Ends all connections, and takes no more. */
  cut(): void;
  /** Carries nothing more, in either direction, and answers nothing. What comes meanwhile is lost with its connection. */
  swallow(): void;
  /** Carries new connections again; those of before stay as they are. */
  mend(): void;
  close(): Promise<void>;
}

export async function cutProxy(target: string): Promise<CutProxy> {
  const { hostname, port, protocol } = new URL(target);
  const sockets = new Set<Socket>();
  let state: 'open' | 'cut' | 'swallow' = 'open';
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => {}).on('close', () => sockets.delete(client));
    if (state === 'cut') client.destroy();
    if (state !== 'open') return;
    const upstream = connect(Number(port), hostname);
    sockets.add(upstream);
    upstream.on('error', () => client.destroy()).on('close', () => sockets.delete(upstream));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    client.pipe(upstream).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const end = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `${protocol}//127.0.0.1:${(server.address() as { port: number }).port}`,
    cut() {
      state = 'cut';
      end();
    },
    swallow() {
      state = 'swallow';
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    mend() {
      state = 'open';
    },
    async close() {
      end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
