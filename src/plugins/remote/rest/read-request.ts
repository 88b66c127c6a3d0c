/** Reads a request for a message: whether it may be made in this way, its fields, and the answer that it asks for. */

import type { FastifyRequest } from 'fastify';
import { fromJson, fromTexts, type Message, reads, VppmuxError } from '../../../mux/index.js';
import { type Fields, HttpError } from '../../../sdk/index.js';
import { queryOf } from '../http-visit.js';
import { EVENTS_PATH, LONGEST_MS, NDJSON, TIMEOUT_HEADER, VPP_PATH } from './paths.js';

export interface ReadRequest {
  readonly fields: Fields;
  /** Enums by name. */
  readonly names: boolean;
  /** A list as one array. */
  readonly isArray: boolean;
  readonly timeoutMs: number | undefined;
}

/** Throws FieldError or HttpError. */
export function readRequest(request: FastifyRequest, message: Message): ReadRequest {
  const query = queryOf(request);
  const names = takeFlag(query, 'names', message);
  const fields = request.method === 'GET' ? fromTexts(message, query) : fieldsIn(request, message);
  return { fields, names, isArray: wantsArray(request), timeoutMs: timeoutOf(request) };
}

/** Refuses what is not for this path: a GET that does more than read, and what is about events. Throws HttpError or VppmuxError. */
export function refuseWrongUse(request: FastifyRequest, message: Message): void {
  refuseMethod(request, message);
  refuseEvents(message);
}

/** Whether the query has a word that is about the answer, and not as `false`; a field of that name goes before. */
function takeFlag(query: URLSearchParams, flag: string, { def }: Message): boolean {
  if (!query.has(flag) || def.fields.some(({ name }) => name === flag)) return false;
  const isOn = query.get(flag) !== 'false';
  query.delete(flag);
  return isOn;
}

/** Throws HttpError METHOD_NOT_ALLOWED: a GET only reads. */
function refuseMethod({ method }: FastifyRequest, { def, name }: Message): void {
  const isRead = reads(def);
  if (method === 'POST' || (method === 'GET' && (isRead || def.service === undefined))) return;
  const allow = isRead ? 'GET, POST' : 'POST';
  const why = method === 'GET' ? `${name} does more than read` : `${VPP_PATH}/${name} does not take ${method}`;
  throw new HttpError('METHOD_NOT_ALLOWED', `${why}: it takes ${allow}`, { allow });
}

/** Events and what switches them on: nobody would be there to get them. */
function refuseEvents({ name, def: { role, service } }: Message): void {
  const events = role === 'event' ? [name] : name.startsWith('want_') ? (service?.events ?? []) : [];
  if (events.length === 0) return;
  const paths = events.map((event) => `${EVENTS_PATH}/${event}`).join(' or ');
  throw new VppmuxError('WRONG_KIND', `${name} is about events: they are streamed at ${paths}`, {
    messageName: name,
    outcome: 'not-sent',
  });
}

/** The fields in a body of JSON. Throws FieldError or HttpError. */
function fieldsIn({ body }: FastifyRequest, message: Message): Fields {
  if (body !== undefined) return fromJson(message, body);
  const text = 'a POST has a body of JSON ({} without any field): content-type: application/json';
  throw new HttpError('UNSUPPORTED_MEDIA_TYPE', text);
}

/** A list is streamed unless one value of JSON is all that the caller takes. */
function wantsArray({ headers: { accept = '' } }: FastifyRequest): boolean {
  return accept.includes('application/json') && !accept.includes(NDJSON);
}

function timeoutOf({ headers }: FastifyRequest): number | undefined {
  const text = headers[TIMEOUT_HEADER];
  if (text === undefined) return undefined;
  const ms = /^\d{1,8}$/.test(String(text)) ? Number(text) : 0;
  if (ms >= 1 && ms <= LONGEST_MS) return ms;
  throw new HttpError('BAD_REQUEST', `${TIMEOUT_HEADER} must be milliseconds, 1 to ${LONGEST_MS} (a day)`);
}
