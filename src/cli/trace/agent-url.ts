/** Where the agent is: `127.0.0.1:9191`, `http://…` → the address of one of its WebSockets. */

import { UsageError } from '../usage-error.js';

export const DEFAULT_AGENT = 'http://127.0.0.1:9191';

/** Throws UsageError. */
export function socketUrl(agent: string, path: string, query: Readonly<Record<string, string>>): URL {
  const text = /^[a-z]+:\/\//i.test(agent) ? agent : `http://${agent}`;
  const scheme = { 'http:': 'ws:', 'https:': 'wss:' }[URL.canParse(text) ? new URL(text).protocol : ''];
  if (scheme === undefined) {
    throw new UsageError(
      `--agent ${agent}: it must be the agent's address, as ${DEFAULT_AGENT} (endpoint in http.conf)`,
    );
  }
  const url = new URL(path, text.replace(/^https?:/i, scheme));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
