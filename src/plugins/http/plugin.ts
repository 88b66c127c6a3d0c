/**
 * The plugin `http`: one server that other plugins add their routes and WebSockets to. It listens after all of them have been
 * initialised, on loopback only unless http.conf says otherwise.
 */

import { AgentInfo, definePlugin, Http, Log, perPlugin, reasonOf, Status, stackOf } from '../../sdk/index.js';
import { Admissions } from './admissions.js';
import { Authenticator } from './authenticator.js';
import { isLoopback } from './caller.js';
import { type HttpConfig, httpConfig, OBSOLETE, REFUSED } from './config.js';
import { type Bound, listen } from './listen.js';
import { httpOf, markRoutes } from './plugin-http.js';
import { Renewal } from './renewal.js';
import { GuardedServer } from './server.js';
import { Sockets } from './sockets.js';
import { Tickets } from './tickets.js';

export const httpPlugin = definePlugin({
  name: 'http',
  version: '1.0.0',
  agentApi: 1,
  description: 'The HTTP server of the agent: tokens, TLS, limits (http.conf).',
  requires: { log: Log, status: Status, info: AgentInfo },
  provides: { http: Http },
  config: httpConfig,
  obsolete: OBSOLETE,
  refused: REFUSED,
  create({ log, status, info }, config) {
    const authenticator = new Authenticator(config, (text) => log.warn(text));
    const guarded = new GuardedServer(config, authenticator, log, info.dataplanes);
    const { fastify: server } = guarded;
    const tickets = new Tickets();
    const admissions = new Admissions();
    const sockets = new Sockets(
      server.server,
      (request) => {
        tickets.redeem(request);
        return guarded.admit(request);
      },
      (path, error) => log.error(stackOf(error), `the WebSocket at ${path} failed: ${reasonOf(error)}; it is closed`),
      admissions,
    );
    guarded.serves(sockets);
    let bound: Bound | undefined;
    const ok = () => {
      if (!bound) return status.ok();
      status.report({ state: 'ok', reason: `listening at ${bound.at}`, details: { http: { url: bound.url } } });
    };
    const renewal = new Renewal(config, guarded, admissions, {
      log,
      status: { ok, degraded: (reason) => status.degraded(reason) },
    });
    const http: Http = {
      server,
      socket: (path, onSocket, options) => sockets.add(path, onSocket, options),
      callerOf: (request) => guarded.callerOf(request),
      onWithdrawn: (request, caller, withdrawn) => admissions.add(request, caller, withdrawn),
      ticket: (request) => tickets.issue(request),
      get loopbackAccess() {
        return renewal.config['loopback-access'];
      },
      get url() {
        return bound?.url;
      },
    };
    markRoutes(server);
    const warn = () => {
      // The address, and whether TLS is used, stay as they were at the start.
      const { endpoint, 'tls-cert': cert } = config;
      const warning = exposure({ ...renewal.config, endpoint, 'tls-cert': cert });
      if (warning !== undefined) log.warn(`${bound?.at} can be reached from other machines; ${warning}`);
    };
    return {
      provide: { http: perPlugin((plugin, ended) => httpOf(plugin, ended, http, log)) },
      async init() {
        await guarded.init();
        // Files may change already while the others start.
        renewal.start();
      },
      async afterInit() {
        bound = await listen(server, config.endpoint);
        const { at, url, isEverywhere } = bound;
        log.info(`listening at ${at}${isEverywhere ? `, all addresses of this machine (here: ${url})` : ''}`);
        ok();
        warn();
      },
      configuration({ after }) {
        const pendingRestart = renewal.change(after);
        warn();
        return { pendingRestart };
      },
      async close() {
        renewal.stop();
        await sockets.close();
        await server.close();
      },
    };
  },
});

/** A warning for an agent that other machines can reach. */
function exposure(config: HttpConfig): string | undefined {
  if (isLoopback(config.endpoint.host)) return undefined;
  if (config['read-token'] === '' && config['write-token'] === '') {
    return 'they learn whether the agent is alive and ready, and nothing else: no token is set (read-token, write-token in http.conf)';
  }
  return config['tls-cert'] === '' ? 'tokens and answers go unencrypted (tls-cert, tls-key in http.conf)' : undefined;
}
