/** `127.0.0.1:9191`, `http://…` → the address of one of the agent's WebSockets. */

/** `agent` is the address of its HTTP server. */
export function socketUrl(agent: URL, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(path, agent.href.replace(/^http/, 'ws'));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
