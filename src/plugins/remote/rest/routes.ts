/** The routes of the REST side. */

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Http, Log } from '../../../sdk/index.js';
import type { EventHandler } from '../events/event-handler.js';
import { countBody, httpVisit, queryOf } from '../http-visit.js';
import { vppIsAway } from '../vpp-is-away.js';
import { MessageHandler, type MessageHandlerOptions, sendJson } from './message-handler.js';
import { messageList } from './message-list.js';
import { OpenApiCache } from './openapi-cache.js';
import { EVENTS_PATH, JSON_TYPE, OPENAPI_PATH, VPP_PATH } from './paths.js';
import { answerProblem } from './problem.js';

/** Bytes of a body: the longest list that a message can have is shorter. */
const BODY_BYTES = 16 * 1024 * 1024;

/** Cost of the OpenAPI document, some megabytes, in units of `rate-limit`. */
const DOCUMENT_COST = 20;

export interface RestOptions extends MessageHandlerOptions {
  readonly http: Pick<Http, 'callerOf' | 'onWithdrawn' | 'server' | 'loopbackAccess'>;
  readonly events: EventHandler;
  readonly log: Log;
  /** Path before all others, of a dataplane. */
  readonly base: string;
}

export function serveRest(options: RestOptions): void {
  const { http, events, log, base } = options;
  const messages = new MessageHandler(options);
  const errorHandler = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
    answerProblem(log, error, request, reply);
  // The channel refuses writes to callers who may only read.
  const config = { access: 'read' } as const;
  const common = {
    exposeHeadRoute: false,
    config,
    errorHandler,
    bodyLimit: BODY_BYTES,
    preParsing: countBody,
  } as const;
  http.server.get(`${base}${VPP_PATH}`, common, (request, reply) => {
    const visit = httpVisit(options, request, reply);
    const { schema, table } = options.mux;
    if (schema === undefined) throw vppIsAway(options.mux);
    const text = JSON.stringify(messageList(schema, table, queryOf(request), base));
    visit.spend(text.length);
    return sendJson(reply, text);
  });
  const document = new OpenApiCache();
  const costly = { ...common, config: { ...config, cost: DOCUMENT_COST } } as const;
  http.server.get(`${base}${OPENAPI_PATH}`, costly, async (request, reply) => {
    const visit = httpVisit(options, request, reply);
    const { schema, table, tableHash, status } = options.mux;
    if (schema === undefined || table.size === 0) throw vppIsAway(options.mux);
    const { version } = status;
    const source = { schema, table, version, loopbackAccess: http.loopbackAccess, base };
    const text = await document.get(source, tableHash);
    visit.spend(text.length);
    return reply.header('content-type', JSON_TYPE).header('cache-control', 'no-store').send(text);
  });
  http.server.all(`${base}${EVENTS_PATH}/*`, common, (request, reply) => events.handle(request, reply));
  http.server.all(`${base}${VPP_PATH}/*`, common, (request, reply) => messages.handle(request, reply));
}
