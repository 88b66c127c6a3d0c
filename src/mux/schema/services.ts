/**
 * The `services` section, which says how exchanges run, and the places where it says so oddly
 * (WIRE 3.6, 3.7):
 * - gre_tunnel_dump (25.10) and gre_tunnel_dump_v2 list their details under `events`. VPP sends only the
 *   details, never the reply they declare: they are dumps that a control_ping must end.
 * - lldp_dump has a `stream_msg` and is a `get`, whatever its name says.
 * - mactime_dump sends a `mactime_dump_reply` behind its details that no service mentions.
 * - dhcp_client_config lists an event, but is no request that one sends to receive events.
 */

import { didYouMean } from '../../nearest.js';
import { SchemaError } from '../errors.js';
import type { ServiceEntry, StructEntry } from './api-file.js';
import { invalid, pathOf } from './api-file.js';
import type { MessageRole, Service } from './model.js';

/** Messages by name; undefined for one whose definition cannot be read. */
type Messages = ReadonlyMap<string, StructEntry | undefined>;

export interface Classified {
  readonly services: ReadonlyMap<string, Service>;
  readonly eventRequests: ReadonlyMap<string, readonly string[]>;
  /** Requests whose service cannot be used. */
  readonly faults: ReadonlyMap<string, SchemaError>;
  roleOf(entry: StructEntry): MessageRole;
}

export function classifyServices(
  entries: ReadonlyMap<string, ServiceEntry | SchemaError>,
  messages: Messages,
): Classified {
  const services = new Map<string, Service>();
  const eventRequests = new Map<string, string[]>();
  const faults = new Map<string, SchemaError>();
  const roles = new Map<string, MessageRole>();
  for (const [name, entry] of entries) {
    try {
      if (entry instanceof SchemaError) throw entry;
      services.set(name, classify(entry, messages, faults.size < MAX_HINTS));
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      faults.set(name, error);
    }
  }
  for (const service of services.values()) {
    if (service.reply !== undefined) roles.set(service.reply, 'reply');
    for (const event of service.events) {
      roles.set(event, 'event');
      const requests = eventRequests.get(event) ?? [];
      if (service.request.startsWith('want_')) requests.push(service.request);
      eventRequests.set(event, requests);
    }
  }
  for (const { request, details } of services.values()) {
    if (details !== undefined) roles.set(details, 'details');
    roles.set(request, 'request');
  }
  const roleOf = (entry: StructEntry) => roles.get(entry.name) ?? orphanRole(entry);
  for (const entry of messages.values()) {
    if (entry !== undefined && roleOf(entry) === 'event' && !eventRequests.has(entry.name)) {
      eventRequests.set(entry.name, []);
    }
  }
  return { services, eventRequests, faults, roleOf };
}

/** Names like a missing one are searched for so many of them; definitions may be hostile. */
const MAX_HINTS = 50;

const has = (entry: StructEntry | undefined, field: string) =>
  entry?.fields.some(({ name }) => name === field) ?? false;

/** VPP sends an event unasked: it has a client_index, but no context to answer to. */
function orphanRole(entry: StructEntry): MessageRole {
  if (has(entry, 'context')) return /(?:^|_)reply(?:_|$)/.test(entry.name) ? 'reply' : 'other';
  return has(entry, 'client_index') ? 'event' : 'other';
}

function classify(entry: ServiceEntry, messages: Messages, hints: boolean): Service {
  const { name: request, stream } = entry;
  const message = (name: string, key: string) => {
    if (messages.has(name)) return messages.get(name);
    const hint = hints ? didYouMean(name, messages.keys()).text : '';
    throw invalid(entry.file, pathOf(entry, undefined, key), `there is no message ${name}${hint}`);
  };
  const asked = message(request, '');
  const events = entry.events.map((name, i) => message(name, `.events[${i}]`));
  if (entry.reply === 'null') return { request, kind: 'oneway', cursor: false, events: entry.events };
  const reply = message(entry.reply, '.reply');

  const misplaced = events.find((event) => has(event, 'context') && !has(event, 'client_index'));
  const realEvents = entry.events.filter((name) => name !== misplaced?.name);
  if (stream && entry.streamMessage !== undefined) {
    message(entry.streamMessage, '.stream_msg');
    const cursor = has(asked, 'cursor') && has(reply, 'cursor');
    return { request, kind: 'get', reply: entry.reply, details: entry.streamMessage, cursor, events: realEvents };
  }
  if (stream || misplaced !== undefined) {
    const undeclared = messages.has(`${request}_reply`) ? `${request}_reply` : undefined;
    const details = stream ? entry.reply : misplaced?.name;
    return {
      request,
      kind: 'dump',
      reply: stream ? undeclared : entry.reply,
      details,
      cursor: false,
      events: realEvents,
    };
  }
  return { request, kind: 'unary', reply: entry.reply, cursor: false, events: realEvents };
}
