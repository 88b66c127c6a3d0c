/** Metrics of the API sockets, for `GET /metrics`. */

import type { ApiSocketCounters } from '../../mux/index.js';
import {
  type ApiSocketStatus,
  type ApiSockets,
  counter,
  gauge,
  type Metric,
  type MetricSample,
} from '../../sdk/index.js';

export function apiSocketMetrics(sockets: ApiSockets): readonly Metric[] {
  const each = (value: (socket: ApiSocketStatus) => number) => (): MetricSample[] =>
    sockets.sockets().map((socket) => ({ labels: { role: socket.role }, value: value(socket) }));
  const counted = (name: keyof ApiSocketCounters) => each(({ counters }) => counters[name]);
  const ofClients = (key: 'inFlight' | 'waiting' | 'openDumps' | 'unreadBytes') =>
    each(({ role }) => sockets.clients().reduce((sum, client) => (client.role === role ? sum + client[key] : sum), 0));
  return [
    gauge(
      'vppmux_clients',
      'Clients of an API socket',
      each(({ clients }) => clients),
    ),
    gauge(
      'vppmux_max_wait_seconds',
      'Age of the oldest request of any client that has no answer',
      each(({ maxWaitMs }) => maxWaitMs / 1000),
    ),
    gauge('vppmux_client_requests_in_flight', "Clients' requests at VPP", ofClients('inFlight')),
    gauge('vppmux_client_requests_waiting', "Clients' requests that wait for their turn", ofClients('waiting')),
    gauge('vppmux_client_open_dumps', "Clients' dumps that VPP has not finished", ofClients('openDumps')),
    gauge('vppmux_client_unread_bytes', 'Bytes of answers that clients have not read', ofClients('unreadBytes')),
    counter('vppmux_clients_accepted_total', 'Connections taken', counted('accepted')),
    counter('vppmux_clients_turned_away_total', 'Connections closed before or at the handshake', counted('turnedAway')),
    counter('vppmux_clients_closed_total', 'Clients that were closed here, for whatever reason', counted('closed')),
    counter('vppmux_client_messages_in_total', 'Messages of clients', counted('messagesIn')),
    counter('vppmux_client_messages_out_total', 'Messages for clients', counted('messagesOut')),
    counter('vppmux_client_bytes_in_total', 'Bytes of clients', counted('bytesIn')),
    counter('vppmux_client_bytes_out_total', 'Bytes for clients', counted('bytesOut')),
    counter('vppmux_client_refused_total', 'Messages refused by access, policy or limit', counted('refused')),
    counter('vppmux_client_dropped_total', 'Messages dropped, which VPP would not answer either', counted('dropped')),
  ];
}
