/** `GET /vpp`: the messages that can be asked for, by name, in pages. */

import { fits } from '../../../glob.js';
import { type Message, reads, type Schema, type TableEntry } from '../../../mux/index.js';
import { HttpError } from '../../../sdk/index.js';
import { EVENTS_PATH, VPP_PATH } from './paths.js';

/** Messages of a page: default, and most. */
const USUAL = 500;
const MOST = 10_000;

export interface ListedMessage {
  readonly name: string;
  /** `list`: answered with many details. `oneway`: not answered. */
  readonly kind: 'request' | 'list' | 'oneway' | 'event';
  readonly effect: 'reads' | 'writes';
  readonly crc: string;
  /** False where the running VPP has it not, or defines it otherwise. */
  readonly inVpp: boolean;
  readonly path: string;
  readonly methods: readonly string[];
}

export interface MessageList {
  /** Messages that fit `match`. */
  readonly total: number;
  readonly messages: readonly ListedMessage[];
  /** `after` of the next page; missing in the last one. */
  readonly next?: string;
}

/** `query`: `match` (a pattern with * and ?), `after`, `limit`. Throws HttpError. */
export function messageList(
  schema: Schema,
  table: ReadonlyMap<string, TableEntry>,
  query: URLSearchParams,
  base = '',
): MessageList {
  const match = query.get('match') ?? '*';
  const after = query.get('after') ?? '';
  const limit = limitIn(query);
  for (const key of query.keys()) {
    if (!['match', 'after', 'limit'].includes(key)) {
      throw new HttpError('BAD_REQUEST', `${VPP_PATH} takes match, after and limit, not ${key.slice(0, 100)}`);
    }
  }
  const names = [...schema.model.messages.values()]
    .filter(({ role, name }) => (role === 'request' || role === 'event') && fits(match, name))
    .map(({ name }) => name)
    .sort();
  const behind = names.filter((name) => name > after);
  const page = behind.slice(0, limit);
  const messages = page.map((name) => listed(schema.message(name), table, base));
  return { total: names.length, messages, ...(behind.length > limit && { next: page.at(-1) }) };
}

function listed({ name, def }: Message, table: ReadonlyMap<string, TableEntry>, base: string): ListedMessage {
  const isEvent = def.role === 'event';
  const isRead = isEvent || reads(def);
  const { kind = 'unary' } = def.service ?? {};
  return {
    name,
    kind: isEvent ? 'event' : kind === 'unary' ? 'request' : kind === 'oneway' ? 'oneway' : 'list',
    effect: isRead ? 'reads' : 'writes',
    crc: def.crc,
    inVpp: table.get(name)?.crc === def.crc,
    path: `${base}${isEvent ? EVENTS_PATH : VPP_PATH}/${name}`,
    methods: isEvent ? ['GET'] : isRead ? ['GET', 'POST'] : ['POST'],
  };
}

function limitIn(query: URLSearchParams): number {
  const text = query.get('limit');
  if (text === null) return USUAL;
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MOST) return limit;
  throw new HttpError('BAD_REQUEST', `limit must be 1 to ${MOST}`);
}
