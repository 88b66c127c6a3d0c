/** The address where the server listens, in the words of a URL. */

import type { AddressInfo } from 'node:net';

export interface Bound {
  /** The address that it listens on: `http://0.0.0.0:9191`. */
  readonly at: string;
  /** The address that a program on this machine uses. */
  readonly url: string;
  /** Whether it listens on all addresses of this machine. */
  readonly isEverywhere: boolean;
}

/** `url` is what fastify says: of all addresses it names one, and not the one that is listened on. */
export function boundTo(url: string, address: AddressInfo | string | null): Bound {
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
