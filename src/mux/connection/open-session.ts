/** Makes the session of a link after its handshake, and logs what was found. */

import { doubledNames } from '../session/message-table.js';
import { Session } from '../session/session.js';
import type { Dialled } from './dial.js';
import type { SupervisorHost } from './supervisor-host.js';

/** `onEnd` is called when the link ended by itself; what is in flight fails right after. */
export function openSession(
  { link, clientIndex, catalogue }: Dialled,
  generation: number,
  { settings, counters, deadlines, subscriptions }: SupervisorHost,
  onEnd: (session: Session, cause: Error) => void,
): Session {
  const { maxInFlight, maxWaitingBytes, log } = settings;
  const session: Session = new Session(
    { link, clientIndex, generation, catalogue, counters, deadlines, maxInFlight, maxWaitingBytes, log },
    {
      receiver: subscriptions,
      onLate: (late) => settings.onLateReply?.(late),
      onEnd: (cause) => onEnd(session, cause),
    },
  );
  return session;
}

export function logOpened(
  { catalogue, generation }: Session,
  { schemaSource }: Dialled,
  socket: string,
  { settings, counters }: SupervisorHost,
): void {
  const { log } = settings;
  log('info', `${generation > 1 ? 'connected again' : 'connected'} to VPP at ${socket}`, {
    messages: catalogue.table.size,
    definitions: schemaSource,
    generation,
  });
  const doubled = doubledNames(catalogue.table);
  counters.doubledNames = doubled.length;
  if (doubled.length === 0) return;
  const some = `${doubled.slice(0, 3).join(', ')}${doubled.length > 3 ? ', …' : ''}`;
  log('warn', `VPP's table has ${doubled.length} names twice (${some}): of each the last one is used`);
}
