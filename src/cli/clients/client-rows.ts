/** Rows of `vppmux clients`: the clients as an agent lists them, in the words of an operator. */

import { showDuration } from '../../duration.js';
import { propertyOf } from '../../thrown.js';

/** A client as `clients.list` gives it; an older or newer agent may give more or less. */
export type ListedClient = Readonly<Record<string, unknown>>;

/** Columns that get room first. */
export const IMPORTANT = [
  'id',
  'name',
  'role',
  'state',
  'in flight',
  'wait',
  'waiting',
  'refused',
  'in',
  'out',
] as const;

/** The clients in the output of `clients.list`; none in anything else. */
export function clientsIn(output: unknown): readonly ListedClient[] {
  const clients = propertyOf(output, 'clients');
  return Array.isArray(clients) ? clients.filter((each) => typeof each === 'object' && each !== null) : [];
}

/** `now`: milliseconds since 1970. */
export function rowOf(client: ListedClient, now: number): ListedClient {
  const number = (key: string) => Number(client[key]) || 0;
  const peer = (key: string) => propertyOf(client.peer, key);
  return {
    id: client.id,
    name: client.name,
    role: client.role,
    state: client.state,
    age: ago(client.since, now),
    'in flight': client.inFlight,
    waiting: client.waiting,
    wait: showDuration(number('oldestMs')),
    in: client.messagesIn,
    out: client.messagesOut,
    refused: number('refused') + number('dropped'),
    events: client.events,
    dumps: client.openDumps,
    unread: client.unreadBytes,
    access: client.access,
    uid: peer('uid'),
    pid: peer('pid'),
    command: peer('command'),
  };
}

function ago(since: unknown, now: number): string {
  const at = Date.parse(String(since));
  return Number.isNaN(at) ? '' : showDuration(Math.max(0, now - at));
}
