/**
 * Which pages may ask, and open a WebSocket. Browsers send those across origins without asking, so a page from anywhere
 * could read what the agent says to this machine; programs that are no browsers send no Origin.
 */

import type { IncomingMessage } from 'node:http';
import { isLoopback } from './loopback.js';

/** True without an Origin, for an allowed one, and for the server's own: the host and port it was asked under. */
export function originAllowed(request: IncomingMessage, host: string, allowed: readonly string[]): boolean {
  const { origin, host: asked } = request.headers;
  if (origin === undefined) return !isPartOfForeignPage(request);
  if (allowed.includes(origin)) return true;
  if (!URL.canParse(origin) || asked === undefined) return false;
  const from = new URL(origin);
  // A foreign name that was made to resolve to this machine arrives as its own origin; on loopback only its names count.
  if (isLoopback(host) && !isLoopback(from.hostname.replace(/^\[|\]$/g, ''))) return false;
  return from.host === asked;
}

/** A picture, a script: browsers ask for them without an Origin, but say what for. Somebody may follow a link. */
function isPartOfForeignPage({ headers }: IncomingMessage): boolean {
  const { 'sec-fetch-site': site = 'none', 'sec-fetch-mode': mode } = headers;
  return site !== 'none' && site !== 'same-origin' && mode !== 'navigate';
}
