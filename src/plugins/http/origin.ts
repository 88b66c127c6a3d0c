/**
 * Which pages may open a WebSocket. Browsers send them across origins without asking, so a page from anywhere
 * could read what the agent says to this machine; programs that are no browsers send no Origin.
 */

import type { IncomingMessage } from 'node:http';
import { isLoopback } from './config.js';

/** True without an Origin, for an allowed one, and for the server's own: the host and port it was asked under. */
export function originAllowed(request: IncomingMessage, host: string, allowed: readonly string[]): boolean {
  const { origin, host: asked } = request.headers;
  if (origin === undefined || allowed.includes(origin)) return true;
  if (!URL.canParse(origin) || asked === undefined) return false;
  const from = new URL(origin);
  // A foreign name that was made to resolve to this machine arrives as its own origin; on loopback only its names count.
  if (isLoopback(host) && !isLoopback(from.hostname.replace(/^\[|\]$/g, ''))) return false;
  return from.host === asked;
}
