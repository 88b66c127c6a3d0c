/** Routes of the page and its files. They are open to all: the page holds nothing, and asks for a token where one is needed. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, MAIN, pathAt } from '../../sdk/index.js';
import { type Asset, encodingFor } from './assets.js';
import { UI_PATH } from './protocol/index.js';

/** The page runs its own script and style, connects to where it is from, and does nothing else; no page may frame it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const SAFE = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  vary: 'accept-encoding',
} as const;

/** `app-1A2B3C4D.js`: a name that changes with the contents. */
const HASHED = /-[A-Z0-9]{8}\.\w+$/;
const FOREVER = 'public, max-age=31536000, immutable';
const OPEN = { config: { access: 'open' } } as const;

export function servePages(
  { server }: Pick<Http, 'server'>,
  assets: readonly Asset[] | undefined,
  dataplane: string = MAIN,
): void {
  const root = pathAt(UI_PATH, dataplane);
  // Relative, since a proxy may serve the agent below a path of its own.
  server.get(root.slice(0, -1), OPEN, (_, reply) => reply.redirect('ui/', 302));
  if (assets === undefined) {
    const text = 'The dashboard was not built: npm run build makes it.\n';
    server.get(root, OPEN, (_, reply) => reply.code(503).type('text/plain; charset=utf-8').send(text));
    return;
  }
  for (const asset of assets) {
    const path = asset.name === 'index.html' ? root : `${root}${asset.name}`;
    server.get(path, OPEN, (request, reply) => send(asset, request, reply));
  }
}

function send(asset: Asset, { headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers(SAFE).header('etag', asset.etag);
  reply.header('cache-control', HASHED.test(asset.name) ? FOREVER : 'no-cache');
  if (headers['if-none-match'] === asset.etag) return reply.code(304).send();
  const encoding = encodingFor(asset, headers['accept-encoding']);
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.type(asset.type).send(asset.encodings.get(encoding));
}
