/** http.conf. */

import { z } from 'zod';
import { duration, endpoint } from '../../sdk/index.js';
import { tokenSource } from './secret.js';

const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
  error: 'must be an origin as browsers send it, like https://noc.example.com or http://localhost:3000',
});

export const httpConfig = z.object({
  endpoint: endpoint().prefault('127.0.0.1:9191').describe('Where it listens: ADDRESS:PORT'),
  'allowed-origins': z
    .array(origin)
    .default([])
    .describe(
      "Origins whose pages may send requests, read their answers and open WebSockets, besides the server's own",
    ),
  'tls-cert': z.string().default('').describe('PEM file of the certificate, or credential:NAME; empty: plain HTTP'),
  'tls-key': z.string().default('').describe('PEM file of its key, or credential:NAME'),
  'read-token': tokenSource.describe(
    'Who sends it may read: file:PATH, credential:NAME (systemd), env:NAME, or the token itself',
  ),
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

/** Keys of cn-infra's http.conf that would leave the server open, or without TLS, if they had no effect. */
export const REFUSED = {
  'server-cert-file': 'is called tls-cert here; rename the line',
  'server-key-file': 'is called tls-key here; rename the line',
  'client-cert-files':
    'there are no client certificates here; give callers read-token or write-token, or put a proxy that asks for them in front',
  'client-basic-auth':
    'there are no passwords here; give callers read-token or write-token (Authorization: Bearer TOKEN)',
  'enable-token-auth': 'tokens are always on here: set read-token and write-token, and loopback-access: none',
  users: 'there are no users here; read-token lets its holders read, write-token read and write',
  disable: 'leave http out of plugins in agent.yaml (and health and gateway, which need it)',
  disabled: 'leave http out of plugins in agent.yaml (and health and gateway, which need it)',
} as const;

const TIMEOUT = 'request-timeout bounds how long a client may take to send a request and leave an answer unread';
const TOKENS = 'tokens here are secrets that do not expire and are not signed: read-token and write-token';

/** Keys of cn-infra's http.conf without a meaning here. */
export const OBSOLETE = {
  'read-timeout': TIMEOUT,
  'read-header-timeout': TIMEOUT,
  'write-timeout': TIMEOUT,
  'idle-timeout': 'idle connections are closed by the server; the line can go',
  'max-header-bytes': 'headers may have 16 KiB; body-limit bounds the body',
  'rate-limiter': 'write rate-limit: N, the requests that one address may send in a second',
  'token-expiration': TOKENS,
  'token-signature': TOKENS,
  'sign-key': TOKENS,
  'token-sign-key': TOKENS,
  'password-hash-cost': 'there are no passwords here; the line can go',
  'hash-cost': 'there are no passwords here; the line can go',
  'permission-groups': 'what callers may do say read-token, write-token, and policy.yaml for messages',
} as const;
