/** Publishes to all plugins which of two dataplanes serves, each time that it is another one. */

import type { Connection } from '../../mux/index.js';
import type { Control } from '../../sdk/index.js';

/** Follows the connection; gives the function that ends it. */
export function publishSwitches(connection: Pick<Connection, 'states'>, control: Control): () => void {
  let published = 0;
  const subscription = connection.states().subscribe(({ state, socket, redundancy }) => {
    if (state !== 'ready' || !redundancy || redundancy.switches === published) return;
    const { role, reason, switches: generation } = redundancy;
    published = generation;
    control.redundancy({ role, generation, socket, reason });
  });
  return () => subscription.unsubscribe();
}
