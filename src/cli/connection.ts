/** A command's connection to VPP: opened, used and closed. */

import {
  type Connection,
  ConnectionError,
  type ConnectionState,
  type ConnectOptions,
  connect,
  type Schema,
} from '../mux/index.js';

/** Connects, runs `use`, and leaves in order (within the 1.5 s that `close` takes at most), whatever became of it. */
export async function withConnection<T>(options: ConnectOptions, use: (vpp: Connection) => Promise<T>): Promise<T> {
  const vpp = await connect(options);
  try {
    return await use(vpp);
  } finally {
    await vpp.close();
  }
}

/** The definitions in use on a connection that has been ready once. */
export function definitions(vpp: Connection): Schema {
  if (vpp.schema) return vpp.schema;
  throw new ConnectionError('NOT_CONNECTED', `no session with VPP yet: ${vpp.status.reason}`, { outcome: 'not-sent' });
}

/** Says when the connection goes and comes back; not each attempt in between. Gives back what ends that. */
export function tellOfState(vpp: Connection, say: (line: string) => void): () => void {
  let shown = storyOf(vpp.state);
  const told = vpp.states().subscribe(({ state, reason }) => {
    const story = storyOf(state);
    if (story !== shown && state !== 'closed') say(state === 'ready' ? story : `${story}: ${reason}`);
    shown = story;
  });
  return () => told.unsubscribe();
}

function storyOf(state: ConnectionState): string {
  if (state === 'ready') return 'VPP is there again';
  return state === 'connecting' || state === 'backoff' ? 'VPP is away, waiting for it' : `VPP is ${state}`;
}
