/** Orders of a list of clients. */

import type { ApiClient } from '../../mux/index.js';

export const CLIENT_SORTS = ['id', 'name', 'wait', 'in-flight', 'waiting', 'unread', 'in', 'out', 'refused'] as const;
export type ClientSort = (typeof CLIENT_SORTS)[number];

const FIGURES = {
  wait: ({ oldestMs }) => oldestMs,
  'in-flight': ({ inFlight }) => inFlight,
  waiting: ({ waiting }) => waiting,
  unread: ({ unreadBytes }) => unreadBytes,
  in: ({ messagesIn }) => messagesIn,
  out: ({ messagesOut }) => messagesOut,
  refused: ({ refused, dropped }) => refused + dropped,
} satisfies Record<Exclude<ClientSort, 'id' | 'name'>, (client: ApiClient) => number>;

/** The largest first, but for `id` and `name`. */
export function sortClients(clients: readonly ApiClient[], by: ClientSort): ApiClient[] {
  const byId = clients.toSorted((a, b) => a.id - b.id);
  if (by === 'id') return byId;
  if (by === 'name') return byId.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  const figure = FIGURES[by];
  return byId.sort((a, b) => figure(b) - figure(a));
}
