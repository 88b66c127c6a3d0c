/**
 * The plugin `health`: whether the agent lives, whether it is ready, and how every part is. Every answer is read
 * from memory: no handler waits for VPP or for another plugin.
 */

import type { FastifyReply } from 'fastify';
import { AgentInfo, Board, definePlugin, Http, Log, Metrics, pathAt, StatusPages } from '../../sdk/index.js';
import { type HealthConfig, healthConfig } from './config.js';
import { INDEX_HEADERS, indexPage } from './index-page.js';
import { linksOf } from './links.js';
import { LiveClients } from './live-clients.js';
import { showReadiness, showStatus } from './responses.js';

export const healthPlugin = definePlugin({
  name: 'health',
  version: '1.0.0',
  agentApi: 1,
  description: 'Liveness, readiness and status of the agent over HTTP (health.conf).',
  requires: { http: Http, board: Board, info: AgentInfo, log: Log, metrics: Metrics, pages: StatusPages },
  config: healthConfig,
  create({ http, board, info, log, metrics, pages }, config) {
    const live = new LiveClients({
      present: () => JSON.stringify(showStatus(board.status, info)),
      ...limitsOf(config),
      log,
    });
    let unsubscribe = () => {};
    return {
      init() {
        // An answer at all is the sign of life: the event loop turns. VPP has no part in it.
        http.server.get('/liveness', OPEN, (_request, reply) =>
          answer(reply, 200, { alive: true, since: info.startedAt }),
        );
        http.server.get('/readiness', OPEN, (_request, reply) => {
          const { code, body } = showReadiness(board.status);
          return answer(reply, code, body);
        });
        http.server.get('/status', (_request, reply) => answer(reply, 200, showStatus(board.status, info)));
        http.server.get('/', (request, reply) => {
          const isServed = (url: string) => http.server.hasRoute({ method: 'GET', url });
          const { links, webSockets } = linksOf(isServed, [
            ...info.dataplanes.slice(1).flatMap((name) => [
              { path: pathAt('/metrics', name), about: `metrics of VPP at dataplane ${name}` },
              { path: pathAt('/ui/', name), about: `dataplane ${name} in a browser` },
            ]),
            ...pages.list.map(({ dataplane, value: { path, about } }) => ({ path: pathAt(path, dataplane), about })),
          ]);
          // Browsers ask for HTML by name; programs get JSON.
          if ((request.headers.accept ?? '').includes('text/html')) {
            return reply.headers(INDEX_HEADERS).send(indexPage(links, showStatus(board.status, info), info));
          }
          reply.header('vary', 'accept');
          return answer(reply, 200, { name: info.name, version: info.version, links, webSockets });
        });
        for (const { plugin, dataplane, value: page } of pages.list) {
          const reason = `for the page of plugin ${plugin}`;
          http.server.get(pathAt(page.path, dataplane), { config: { reason } }, (_request, reply) =>
            answer(reply, 200, page.read()),
          );
        }
        http.socket('/status/live', (client) => live.add(client));
        unsubscribe = board.subscribe(() => live.push());
      },
      afterInit() {
        if (metrics.list.length > 0 && !http.server.hasRoute({ method: 'GET', url: '/metrics' })) {
          log.info('plugins contribute metrics and nothing serves them: add metrics to the plugins of agent.yaml');
        }
        log.info(
          `health is at ${http.url}/ (a page), ${http.url}/status, /readiness and /liveness; changes at ${http.url}/status/live (WebSocket)`,
        );
      },
      configuration({ after }) {
        live.configure(limitsOf(after));
      },
      close() {
        unsubscribe();
        live.close();
      },
    };
  },
});

/** Probes from other machines have no token, and learn little; and requests of others must not make them fail. */
const OPEN = { config: { access: 'open', cost: 0 } } as const;

const limitsOf = (config: HealthConfig) => ({
  pingMs: config['live-ping-interval'],
  maxBuffer: config['live-max-buffer'],
});

/** Answers with JSON, indented and with a line break at the end, for people at a terminal. */
function answer(reply: FastifyReply, code: number, body: object): FastifyReply {
  return reply
    .code(code)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(`${JSON.stringify(body, null, 2)}\n`);
}
