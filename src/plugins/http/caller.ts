/** Who sent a request, as far as its connection and headers tell. */

import type { IncomingMessage } from 'node:http';
import type { Access } from '../../agent/operations/operation.js';
import { isLoopback } from './config.js';

export interface Caller {
  /** For logs: which token it has, or that it is on this machine. Never the token. */
  readonly name: string;
  readonly access: Access;
  /** On this machine, not through a proxy here. */
  readonly local: boolean;
}

/** Headers of proxies. What they claim is not believed; that they are there says that the caller is elsewhere. */
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** Whether the other end is a program of this machine: by its address, which cannot be claimed as a header can. */
export function isLocal({ socket, headers }: IncomingMessage): boolean {
  return isLocalAddress(socket.remoteAddress) && !PROXY_HEADERS.some((name) => headers[name] !== undefined);
}

export function isLocalAddress(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address ?? '');
}

/**
 * Whether it was asked under a name of this machine. A page whose own name was made to resolve to it (DNS rebinding)
 * comes from this machine, and with that name.
 */
export function hostIsLoopback({ headers: { host } }: IncomingMessage): boolean {
  const text = `http://${host ?? ''}`;
  // A name and a port: what has a user or a path in it is no Host.
  if (/[/@\\?#]/.test(host ?? '') || !URL.canParse(text)) return false;
  return isLoopback(new URL(text).hostname.replace(/^\[|\]$/g, ''));
}
