/**
 * The plugin `gateway`: the operations of all plugins over HTTP, and their description as OpenAPI. It knows none of them:
 * each request looks into the catalogue, so what comes or goes while the agent runs is there or gone at once.
 */

import type { FastifyRequest } from 'fastify';
import { Operations } from '../../agent/operations/token.js';
import { definePlugin } from '../../agent/plugin.js';
import { AgentInfo, Log } from '../../agent/services.js';
import { type Caller, Http, HttpError } from '../http/token.js';
import { Answers } from './answer.js';
import { gatewayConfig } from './config.js';
import { DOCS_HEADERS, docsPage } from './docs-page.js';
import { openApi } from './openapi.js';
import { API_PATH, DOCS_PATH, OPENAPI_PATH, pathOf } from './protocol.js';

export const gatewayPlugin = definePlugin({
  name: 'gateway',
  version: '1.0.0',
  agentApi: 1,
  description: 'The operations of all plugins as REST, with OpenAPI, and for "vppmux op" (gateway.conf).',
  requires: { operations: Operations, http: Http, info: AgentInfo, log: Log },
  config: gatewayConfig,
  create({ operations, http, info, log }, { 'max-calls': maxCalls }) {
    const answers = new Answers({ operations, maxCalls, log });
    return {
      init() {
        const { server } = http;
        server.get(OPENAPI_PATH, async (_, reply) => {
          reply.header('cache-control', 'no-store');
          return openApi(operations.catalogue, info, http.loopbackAccess);
        });
        server.get(API_PATH, async (_, reply) => {
          reply.header('cache-control', 'no-store');
          return { operations: operations.catalogue.map(listed) };
        });
        server.get(DOCS_PATH, (_, reply) => reply.headers(DOCS_HEADERS).send(docsPage(operations.catalogue, info)));
        // Whether it is a write is known to the operation, which refuses it to those who may only read.
        const options = { exposeHeadRoute: false, config: { access: 'read' } } as const;
        const callerOf = ({ raw }: FastifyRequest): Caller => {
          const caller = http.callerOf(raw);
          if (caller === undefined) throw new HttpError('UNAUTHORIZED', 'nobody knows who calls');
          return caller;
        };
        const onRequest = (request: FastifyRequest) => answers.refuseWrite(request, callerOf(request));
        server.all(`${API_PATH}/*`, { ...options, onRequest }, (request, reply) =>
          answers.give(request, reply, callerOf(request)),
        );
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

function listed({ operation, plugins }: Operations['catalogue'][number]) {
  const { name, access, summary } = operation;
  return {
    name,
    access,
    summary,
    path: pathOf(name),
    methods: access === 'read' ? ['GET', 'POST'] : ['POST'],
    plugins,
  };
}
