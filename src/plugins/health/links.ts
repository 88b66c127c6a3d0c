/** Lists the paths that the agent serves over HTTP, for the page at `/`: only those of plugins that run. */

export interface Link {
  readonly path: string;
  readonly about: string;
}

const PAGES: readonly Link[] = [
  { path: '/liveness', about: 'whether the agent lives' },
  { path: '/readiness', about: 'whether it can serve, and why not' },
  { path: '/status', about: 'every plugin, VPP, the configuration, as JSON' },
  { path: '/metrics', about: 'metrics for Prometheus' },
  { path: '/docs', about: 'the operations, for people' },
  { path: '/api', about: 'the operations, as a list' },
  { path: '/openapi.json', about: 'the operations, for programs' },
];

const SOCKETS: readonly Link[] = [{ path: '/status/live', about: 'the status at each change' }];

/** Asks the server, not a list of plugins: another plugin may serve the same path. */
export function linksOf(isServed: (path: string) => boolean, more: readonly Link[] = []) {
  const pages = [...PAGES, ...more.map(({ path, about }) => ({ path, about }))];
  return { links: pages.filter(({ path }) => isServed(path)), webSockets: SOCKETS };
}
