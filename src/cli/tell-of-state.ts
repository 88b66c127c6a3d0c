import type { Connection, ConnectionState } from '../mux/index.js';

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
