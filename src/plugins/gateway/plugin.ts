/**
 * The plugin `gateway`: the operations of all plugins over HTTP, and their description as OpenAPI. It knows none of them: each
 * request looks into the catalogue, so an operation that comes or goes while the agent runs is there or gone immediately.
 */

import type { FastifyRequest } from 'fastify';
import { closestOrAll } from '../../nearest.js';
import {
  AgentInfo,
  definePlugin,
  Fault,
  Http,
  type HttpCaller,
  HttpError,
  Log,
  Operations,
  pathAt,
} from '../../sdk/index.js';
import { CallHandler } from './call-handler.js';
import { gatewayConfig } from './config.js';
import { Descriptions } from './descriptions.js';
import { DOCS_HEADERS } from './docs-page.js';
import { API_PATH, DATAPLANE, DOCS_PATH, OPENAPI_PATH } from './operation-paths.js';

export const gatewayPlugin = definePlugin({
  name: 'gateway',
  version: '1.0.0',
  agentApi: 1,
  description: 'The operations of all plugins as REST, with OpenAPI, and for "vppmux op" (gateway.conf).',
  requires: { operations: Operations, http: Http, info: AgentInfo, log: Log },
  config: gatewayConfig,
  create({ operations, http, info, log }, { 'max-calls': maxCalls }) {
    const calls = new CallHandler({ operations, maxCalls, log });
    return {
      init() {
        const { server } = http;
        const descriptions = new Descriptions(operations, info, http);
        const costing = (kind: Parameters<Descriptions['cost']>[0]) => ({
          config: { cost: () => descriptions.cost(kind) },
        });
        for (const path of [OPENAPI_PATH, `${AT_DATAPLANE}${OPENAPI_PATH}`]) {
          server.get(path, costing('openapi'), (request, reply) => {
            checkDataplane(request, info);
            return reply.headers(JSON_HEADERS).send(descriptions.text('openapi'));
          });
        }
        for (const path of [API_PATH, `${AT_DATAPLANE}${API_PATH}`]) {
          server.get(path, costing('list'), (request, reply) => {
            checkDataplane(request, info);
            return reply.headers(JSON_HEADERS).send(descriptions.text('list'));
          });
        }
        server.get(DOCS_PATH, costing('page'), (_, reply) =>
          reply.headers(DOCS_HEADERS).send(descriptions.text('page')),
        );
        // Only the operation knows whether it writes; it refuses that to callers who may only read.
        const options = { exposeHeadRoute: false, config: { access: 'read' } } as const;
        const callerOf = ({ raw }: FastifyRequest): HttpCaller => {
          const caller = http.callerOf(raw);
          if (caller === undefined) throw new HttpError('UNAUTHORIZED', 'the caller is not known');
          return caller;
        };
        const onRequest = (request: FastifyRequest) => calls.refuseWrite(request, callerOf(request));
        for (const path of [API_PATH, `${AT_DATAPLANE}${API_PATH}`]) {
          server.all(`${path}/*`, { ...options, onRequest }, (request, reply) =>
            calls.handle(request, reply, callerOf(request)),
          );
        }
      },
      afterInit() {
        const count = operations.catalogue.length;
        log.info(
          `${count} operation${count === 1 ? '' : 's'} at ${http.url}${API_PATH}, described at ${http.url}${DOCS_PATH} and ${OPENAPI_PATH}`,
        );
      },
    };
  },
});

/** Where programs find all that is about one dataplane: its operations as well. */
const AT_DATAPLANE = pathAt('', `:${DATAPLANE}`);

/** Throws a fault where the path names a dataplane that there is not. */
function checkDataplane({ params }: FastifyRequest, { dataplanes }: Pick<AgentInfo, 'dataplanes'>): void {
  const name = (params as Readonly<Record<string, string | undefined>>)[DATAPLANE];
  if (name === undefined || dataplanes.includes(name)) return;
  throw new Fault('INVALID_INPUT', `there is no dataplane ${name.slice(0, 200)}${closestOrAll(name, dataplanes).text}`);
}

const JSON_HEADERS = { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' } as const;
