/** The clients of an API socket as lists show them. */

import type { ApiClient, ApiClientState } from '../types.js';
import type { RelayClient } from './relay-client.js';

export function clientList(
  clients: readonly RelayClient[],
  socket: string | undefined,
  isPaused: boolean,
): readonly ApiClient[] {
  const now = performance.now();
  const oldest = new Map(
    [...new Set(clients.map(({ session }) => session))].map((each) => [each, each.oldestByRequester()]),
  );
  return clients.map((client): ApiClient => {
    const { info, name, window, figures, messagesIn, messagesOut, requests } = client;
    const { inFlight, waiting, bufferedBytes } = figures;
    const { heldSince = now } = client;
    const since = Math.min(oldest.get(client.session)?.get(window) ?? now, heldSince);
    return {
      id: info.id,
      name,
      role: info.owner ?? '',
      access: info.access,
      socket,
      state: stateOf(client, inFlight, waiting, isPaused),
      since: new Date(client.since).toISOString(),
      last: new Date(client.socket.lastAt).toISOString(),
      inFlight,
      waiting,
      waitingBytes: client.waitingBytes,
      unreadBytes: bufferedBytes,
      oldestMs: Math.max(0, now - since),
      messagesIn,
      messagesOut,
      bytesIn: client.socket.bytesIn,
      bytesOut: client.socket.bytesOut,
      refused: requests.answers.refused,
      dropped: requests.answers.dropped,
      events: requests.registrations.events,
      openDumps: client.openDumps,
      ...(info.peer && { peer: info.peer }),
    };
  });
}

function stateOf(client: RelayClient, inFlight: number, waiting: number, isPaused: boolean): ApiClientState {
  if (isPaused || client.isHeld) return 'paused';
  if (waiting > 0) return 'waiting';
  return inFlight > 0 ? 'active' : 'idle';
}
