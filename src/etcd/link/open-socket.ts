/** A socket to one endpoint, plain or TLS, that is given up when its signal is aborted. */

import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { EtcdSettings } from '../options.js';
import { readTlsFiles } from './tls-files.js';

/** Milliseconds without traffic after which the system asks whether the other side is still there. */
const KEEP_ALIVE_MS = 10_000;

/** @throws the error of the socket. */
export async function openSocket(endpoint: string, tls: EtcdSettings['tls'], signal: AbortSignal): Promise<Socket> {
  const { protocol, hostname, port } = new URL(endpoint);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isTls = protocol === 'https:';
  const files = isTls ? await readTlsFiles(tls) : {};
  signal.throwIfAborted();
  const to = { host, port: Number(port || (isTls ? 443 : 80)) };
  // A server name may not be an address (RFC 6066); the certificate is checked against the host all the same.
  const name = tls?.serverName ?? (isIP(host) ? undefined : host);
  const servername = name === undefined ? {} : { servername: name };
  const socket = isTls ? connectTls({ ...to, ...files, ...servername, ALPNProtocols: ['h2'] }) : connect(to);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  return new Promise((resolve, reject) => {
    const giveUp = () => socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    const settle = () => signal.removeEventListener('abort', giveUp);
    socket.once('error', (error) => {
      settle();
      reject(error);
    });
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      settle();
      resolve(socket);
    });
  });
}
