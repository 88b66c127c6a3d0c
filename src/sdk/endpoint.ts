/** Addresses to listen on, as configuration files have them. */

import { isIP } from 'node:net';
import { z } from 'zod';

/** Address to listen on. An empty host means all addresses. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** A key that holds ADDRESS:PORT: `endpoint().prefault('127.0.0.1:9191')`. */
export function endpoint() {
  return z.string().transform((text, context): Endpoint => {
    const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text.trim()) ?? [];
    const port = Number(digits);
    if (digits !== undefined && port <= 65_535 && (bracketed === undefined || isIP(bracketed) === 6)) {
      return { host: bracketed ?? plain ?? '', port };
    }
    context.addIssue({ code: 'custom', message: 'must be ADDRESS:PORT, like 127.0.0.1:9191 or [::1]:9191' });
    return z.NEVER;
  });
}
