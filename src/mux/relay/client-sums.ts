/** Sums of what the clients of an API socket have done. */

import type { RelayClient } from './relay-client.js';

export interface ClientSums {
  messagesIn: number;
  messagesOut: number;
  bytesIn: number;
  bytesOut: number;
  refused: number;
  dropped: number;
}

export const noSums = (): ClientSums => {
  return { messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0, refused: 0, dropped: 0 };
};

/** Adds what a client has done to `sum`. */
export function addTo(
  sum: ClientSums,
  {
    messagesIn,
    messagesOut,
    socket,
    requests: { answers },
  }: Pick<RelayClient, 'messagesIn' | 'messagesOut' | 'socket' | 'requests'>,
): void {
  sum.messagesIn += messagesIn;
  sum.messagesOut += messagesOut;
  sum.bytesIn += socket.bytesIn;
  sum.bytesOut += socket.bytesOut;
  sum.refused += answers.refused;
  sum.dropped += answers.dropped;
}
