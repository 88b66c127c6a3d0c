/**
 * Pages of other origins, for those that http.conf allows: the headers without which a browser keeps an answer from its page. An origin
 * is named, never `*`; and credentials of the browser's own (cookies) are not asked for, since a page sends its token itself.
 */

import type { IncomingMessage } from 'node:http';

const METHODS = 'GET, HEAD, POST';
/** Headers that a page may send, beyond those that any page may. */
const SENT = 'authorization, content-type, last-event-id, x-timeout-ms';
/** Headers that a page may read. */
const READ = 'retry-after, x-request-id';
/** Seconds for which a browser remembers it. */
const MAX_AGE = '600';

type Headers = Readonly<Record<string, string>>;

/** Headers of every answer: none where no origin is allowed. */
export function corsHeaders({ headers: { origin } }: IncomingMessage, allowed: readonly string[]): Headers {
  if (allowed.length === 0) return {};
  if (origin === undefined || !allowed.includes(origin)) return { vary: 'Origin' };
  return { vary: 'Origin', 'access-control-allow-origin': origin, 'access-control-expose-headers': READ };
}

/** Headers of the answer to a browser that asks before its page's request; undefined for any other request. It has no token yet. */
export function preflight({ method, headers }: IncomingMessage, allowed: readonly string[]): Headers | undefined {
  const { origin } = headers;
  const isOne = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
  if (!isOne || origin === undefined || !allowed.includes(origin)) return undefined;
  return {
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': SENT,
    'access-control-max-age': MAX_AGE,
  };
}
