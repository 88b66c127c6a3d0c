/** http.conf. */

import { isIP } from 'node:net';
import { z } from 'zod';
import { duration } from '../../agent/config/duration.js';
import { tokenSource } from './secret.js';

/** Where to listen. An empty host means all addresses. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const endpoint = z.string().transform((text, context): Endpoint => {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text.trim()) ?? [];
  const port = Number(digits);
  if (digits !== undefined && port <= 65_535 && (bracketed === undefined || isIP(bracketed) === 6)) {
    return { host: bracketed ?? plain ?? '', port };
  }
  context.addIssue({ code: 'custom', message: 'must be ADDRESS:PORT, like 127.0.0.1:9191 or [::1]:9191' });
  return z.NEVER;
});

const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
  error: 'must be an origin as browsers send it, like https://noc.example.com or http://localhost:3000',
});

export const httpConfig = z.object({
  endpoint: endpoint.prefault('127.0.0.1:9191').describe('Where it listens: ADDRESS:PORT'),
  'allowed-origins': z
    .array(origin)
    .default([])
    .describe("Origins whose pages may open WebSockets, besides the server's own"),
  'tls-cert': z.string().default('').describe('PEM file of the certificate; empty: plain HTTP'),
  'tls-key': z.string().default('').describe('PEM file of its key'),
  'read-token': tokenSource.describe('Who sends it may read: file:PATH, env:NAME, or the token itself'),
  'write-token': tokenSource.describe('Who sends it may read and write'),
  'loopback-access': z
    .enum(['none', 'read', 'write'])
    .default('read')
    .describe('What callers on this machine may do without a token'),
  'body-limit': z
    .int()
    .min(1024)
    .max(1_073_741_824)
    .default(67_108_864)
    .describe('The largest body of a request, in bytes'),
  'rate-limit': z.int().min(0).default(1000).describe('Requests a second from one address; 0: any number'),
  'request-timeout': duration()
    .default('30s')
    .describe('How long a client may take to send a request, and leave an answer unread'),
});

export type HttpConfig = z.output<typeof httpConfig>;

/** Whether only this machine can reach it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
