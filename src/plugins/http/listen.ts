/** Listens where http.conf says, and gives the address in the words of a URL. */

import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Endpoint } from '../../sdk/index.js';

export interface Bound {
  /** The address that it listens on: `http://0.0.0.0:9191`. */
  readonly at: string;
  /** The address that a program on this machine uses. */
  readonly url: string;
  /** Whether it listens on all addresses of this machine. */
  readonly isEverywhere: boolean;
}

/** `url` is fastify's: for all addresses it names one, and not the one that is listened on. */
function boundTo(url: string, address: AddressInfo | string | null): Bound {
  const wildcard = typeof address === 'object' && address !== null ? WILDCARDS[address.address] : undefined;
  if (wildcard === undefined) return { at: url, url, isEverywhere: false };
  const [scheme] = url.split('://');
  const { port } = address as AddressInfo;
  return {
    at: `${scheme}://${wildcard.shown}:${port}`,
    url: `${scheme}://${wildcard.local}:${port}`,
    isEverywhere: true,
  };
}

const WILDCARDS: Readonly<Record<string, { readonly shown: string; readonly local: string } | undefined>> = {
  '0.0.0.0': { shown: '0.0.0.0', local: '127.0.0.1' },
  '::': { shown: '[::]', local: '[::1]' },
};

/** Listens; an error of the operating system gets a message that says what to do. */
export async function listen(server: FastifyInstance, { host, port }: Endpoint): Promise<Bound> {
  try {
    const url = await server.listen({ host: host === '' ? '::' : host, port });
    return boundTo(url, server.server.address());
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = REFUSALS[code];
    if (why === undefined) throw cause;
    const where = host === '' ? `port ${port}` : `port ${port} of ${host}`;
    throw Object.assign(new Error(`cannot listen on ${where}: ${why}`, { cause }), { code });
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program (another agent?) already does; end it, or set another "endpoint" in http.conf',
  EACCES: 'no permission for it (ports under 1024 are for root); set another "endpoint" in http.conf',
  EADDRNOTAVAIL: 'this machine does not have that address; set another "endpoint" in http.conf',
  EAFNOSUPPORT: 'this machine has no IPv6; write 0.0.0.0 before the port of "endpoint" in http.conf',
  ENOTFOUND: 'that name has no address; set another "endpoint" in http.conf',
};
