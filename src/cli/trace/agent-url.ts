/** `127.0.0.1:9191`, `http://…` → the address of one of the agent's WebSockets. */

import { agentUrl } from '../agent-options.js';

/** Throws UsageError. */
export function socketUrl(agent: string | undefined, path: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(path, agentUrl(agent).href.replace(/^http/, 'ws'));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
