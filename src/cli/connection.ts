/** A command's connection to VPP: opened, used and closed. */

import {
  type Connection,
  ConnectionError,
  type ConnectionState,
  type ConnectOptions,
  connect,
  type Schema,
} from '../mux/index.js';

/** Connects, runs `use`, and closes the connection (within 1.5 s), even if `use` fails. */
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

/** Calls `say` when the connection is lost and made again; not for each attempt in between. Returns the function that ends that. */
export function reportState(vpp: Connection, say: (line: string) => void): () => void {
  let shown = stateText(vpp.state);
  const subscription = vpp.states().subscribe(({ state, reason }) => {
    const story = stateText(state);
    if (story !== shown && state !== 'closed') say(state === 'ready' ? story : `${story}: ${reason}`);
    shown = story;
  });
  return () => subscription.unsubscribe();
}

function stateText(state: ConnectionState): string {
  if (state === 'ready') return 'VPP is there again';
  return state === 'connecting' || state === 'backoff' ? 'VPP is away, waiting for it' : `VPP is ${state}`;
}
