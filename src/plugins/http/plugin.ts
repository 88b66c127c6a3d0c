/**
 * The plugin `http`: one server that other plugins add their routes and WebSockets to. It listens after all of
 * them have been initialised, on this machine only unless told otherwise.
 */

import { fastify } from 'fastify';
import type { z } from 'zod';
import { definePlugin } from '../../agent/plugin.js';
import { Log } from '../../agent/services.js';
import { httpConfig, isLoopback } from './config.js';
import { originAllowed } from './origin.js';
import { Sockets } from './sockets.js';
import { Http } from './token.js';

/** How long a client may take to send its request. */
const REQUEST_TIMEOUT_MS = 30_000;

export const httpPlugin = definePlugin({
  name: 'http',
  version: '1.0.0',
  agentApi: 1,
  requires: { log: Log },
  provides: { http: Http },
  config: httpConfig,
  create({ log }, { endpoint, 'allowed-origins': allowed }) {
    const server = fastify({ logger: false, forceCloseConnections: true, requestTimeout: REQUEST_TIMEOUT_MS });
    const sockets = new Sockets(server.server, (request) => originAllowed(request, endpoint.host, allowed));
    let url: string | undefined;
    const http: Http = {
      server,
      socket: (path, onSocket) => sockets.add(path, onSocket),
      get url() {
        return url;
      },
    };
    return {
      provide: { http },
      async afterInit() {
        url = await listen(server, endpoint);
        log.info(`listening at ${url}`);
        if (!isLoopback(endpoint.host)) {
          log.warn(
            `${url} can be reached from other machines, and asks nobody for a password; endpoint is in http.conf`,
          );
        }
      },
      async close() {
        await sockets.close();
        await server.close();
      },
    };
  },
});

/** Gives the URL. A refusal of the operating system is put into words that say what to do. */
async function listen(server: ReturnType<typeof fastify>, { host, port }: z.output<typeof httpConfig>['endpoint']) {
  try {
    return await server.listen({ host: host === '' ? '::' : host, port });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = REFUSALS[code];
    if (why === undefined) throw cause;
    const where = host === '' ? `port ${port}` : `port ${port} of ${host}`;
    throw Object.assign(new Error(`cannot listen on ${where}: ${why}`, { cause }), { code });
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program (another agent?) already does; end it, or set another "endpoint" in http.conf',
  EACCES: 'no permission for it (ports under 1024 are for root); set another "endpoint" in http.conf',
  EADDRNOTAVAIL: 'this machine does not have that address; set another "endpoint" in http.conf',
  EAFNOSUPPORT: 'this machine has no IPv6; write 0.0.0.0 before the port of "endpoint" in http.conf',
  ENOTFOUND: 'that name has no address; set another "endpoint" in http.conf',
};
