/** Serves `GET /vpp/events/EVENT`: an event of VPP as a stream of server-sent events. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  eventRequest,
  FieldError,
  type Fields,
  fromTexts,
  type Schema,
  toJson,
  VppmuxError,
} from '../../../mux/index.js';
import { HttpError, type Mux } from '../../../sdk/index.js';
import { callerOf, type Entrance, httpVisit, queryOf } from '../http-visit.js';
import { EVENTS_PATH, nameAt, VPP_PATH } from '../rest/paths.js';
import { shownError } from '../rest/problem.js';
import { vppIsAway } from '../vpp-is-away.js';
import { EventFeeds, type FeedBounds } from './event-feeds.js';
import { EventResponse } from './event-response.js';

export interface EventHandlerOptions extends Entrance {
  readonly mux: Pick<Mux, 'schema' | 'status' | 'state'>;
  readonly bounds: () => FeedBounds;
}

/** Proxies and browsers keep nothing of it. */
const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const;

export class EventHandler {
  private readonly feeds: EventFeeds;
  private readonly open = new Set<EventResponse>();

  constructor(private readonly options: EventHandlerOptions) {
    this.feeds = new EventFeeds(options.callers, options.bounds, options.http.onWithdrawn);
  }

  /** Throws VppmuxError or HttpError. */
  async handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    if (request.method !== 'GET') {
      throw new HttpError('METHOD_NOT_ALLOWED', `events are read by GET, not ${request.method}`, { allow: 'GET' });
    }
    const event = eventIn(request);
    const { mux, http } = this.options;
    const visit = httpVisit(this.options, request, reply);
    try {
      visit.hold('streams');
      const asked = askedFor(event, queryOf(request), this.options);
      const form = (fields: Fields) => {
        const message = mux.schema?.find(event);
        return message === undefined ? fields : toJson(message, fields);
      };
      const caller = callerOf(http, request);
      const { feed, leave } = this.feeds.take({
        ...asked,
        event,
        form,
        caller,
        request: request.raw,
      });
      visit.until(leave);
      // While VPP is away nobody knows whether it will have the event; the client is told of the wait by nothing but its length.
      if (mux.state === 'ready' || mux.state === 'degraded') await feed.ready;
      const lastId = idIn(request);
      const response = new EventResponse({
        feed,
        event,
        lastId,
        visit,
        shown: shownError,
      });
      this.open.add(response);
      visit.until(() => this.open.delete(response));
      return reply.headers(HEADERS).send(response.body);
    } catch (error) {
      visit.leave();
      throw error;
    }
  }

  /** Writes a comment to all clients, which shows both ends that the other one is there. */
  beat(): void {
    for (const response of this.open) response.beat();
  }

  close(): void {
    this.feeds.close();
  }
}

function eventIn(request: FastifyRequest): string {
  const path = (request.params as Readonly<Record<string, string>>)['*'];
  const name = nameAt(path);
  if (name !== undefined) return name;
  throw new HttpError('NOT_FOUND', `no event can be at ${EVENTS_PATH}/${path.slice(0, 200)}; ${VPP_PATH} lists them`);
}

/** The fields of the request that VPP sends the event for. Throws FieldError or VppmuxError. */
function askedFor(
  event: string,
  query: URLSearchParams,
  { mux }: Pick<EventHandlerOptions, 'mux'>,
): { readonly want: Fields; readonly subscribe: boolean } {
  const { schema } = mux;
  const subscribe = query.get('subscribe') ?? '';
  const isQuiet = subscribe === 'false';
  if (isQuiet || subscribe === 'true') query.delete('subscribe');
  if (schema === undefined) {
    // No definition says yet which fields there are.
    if (query.size > 0) throw vppIsAway(mux, event);
    return { want: {}, subscribe: !isQuiet };
  }
  const found = eventRequest(schema, event, [...query.keys()]);
  if (found?.form === 'action' && !isQuiet) throw isAction(event, found.name);
  if (found === undefined) {
    const [name] = query.keys();
    if (name !== undefined)
      throw new FieldError('BAD_FIELD', `${event}: VPP sends it unasked, there are no fields`, { path: name });
    return { want: {}, subscribe: !isQuiet };
  }
  return { want: wantOf(schema, found.name, query), subscribe: !isQuiet };
}

const wantOf = (schema: Schema, request: string, query: URLSearchParams) =>
  query.size === 0 ? {} : fromTexts(schema.message(request), query);

/** A reader of events that connects again would do it again. */
function isAction(messageName: string, request: string): VppmuxError {
  const text = `${messageName} is sent to whoever sends ${request}, which does something: listen with ?subscribe=false, and POST ${VPP_PATH}/${request}`;
  return new VppmuxError('WRONG_KIND', text, { messageName, outcome: 'not-sent' });
}

/** The number that a client which connects again has; undefined for one that begins. */
function idIn({ headers }: FastifyRequest): number | undefined {
  const text = headers['last-event-id'];
  if (typeof text !== 'string' || text === '') return undefined;
  return /^\d{1,16}$/.test(text) ? Number(text) : -1;
}
