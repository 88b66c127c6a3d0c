/** Notes in the event log what happens to VPP and to plugins. */

import type { Board, BoardStatus, ConnectionStatus, Mux } from '../../sdk/index.js';
import type { EventLog } from './event-log.js';
import type { EventLine } from './protocol/index.js';

type Tone = EventLine['tone'];

/** Returns the function that ends it. */
export function watchAgent(
  mux: Pick<Mux, 'states'>,
  board: Pick<Board, 'status' | 'subscribe'>,
  log: EventLog,
): () => void {
  let state: ConnectionStatus | undefined;
  const states = mux.states().subscribe((status) => {
    const isNew = state?.state !== status.state || state.generation !== status.generation;
    state = status;
    if (isNew) log.add(toneOf(status.state), `VPP: ${status.reason}`);
  });
  let parts = partsOf(board.status);
  const stop = board.subscribe((status) => {
    const now = partsOf(status);
    for (const [name, { state: after, reason }] of now) {
      const before = parts.get(name)?.state;
      // VPP's own states are noted already, and a plugin that starts is no news.
      if (name === 'govpp' || before === after || (after === 'ok' && (before ?? 'init') === 'init') || after === 'init')
        continue;
      log.add(toneOf(after), `${name}: ${after}, ${reason}`);
    }
    parts = now;
  });
  return () => {
    states.unsubscribe();
    stop();
  };
}

const partsOf = ({ parts }: BoardStatus) => new Map(parts.map((part) => [part.name, part]));

function toneOf(state: string): Tone {
  if (state === 'ready' || state === 'ok') return 'good';
  if (state === 'init' || state === 'connecting' || state === 'closed') return 'off';
  return state === 'degraded' ? 'busy' : 'bad';
}
