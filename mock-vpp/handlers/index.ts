/** All handlers the mock comes with. A message without one is known, but never answered. */
import type { Schema } from '../../src/mux/internal.js';
import type { Handlers } from '../call.js';
import { acl } from './acl.js';
import { addresses } from './address.js';
import { fib } from './fib.js';
import { interfaces } from './interface.js';
import { ipRoutes } from './ip-route.js';
import { ipTables } from './ip-table.js';
import { l2 } from './l2.js';
import { memclnt } from './memclnt.js';
import { paged } from './paged.js';
import { vlib } from './vlib.js';
import { vpe } from './vpe.js';
import { foreignWant, want } from './want.js';
import { wireguard } from './wireguard.js';

export function builtinHandlers(): Handlers {
  return {
    ...memclnt,
    ...vpe,
    ...vlib,
    ...interfaces,
    ...addresses,
    ...ipTables,
    ...ipRoutes(),
    ...paged,
    ...l2,
    ...acl,
    ...fib,
    ...want,
  };
}

/** Handlers of messages that only definitions from elsewhere have, as far as `schema` has them. */
export function foreignHandlers(schema: Schema): Handlers {
  const all = { ...foreignWant, ...wireguard };
  return Object.fromEntries(Object.entries(all).filter(([name]) => schema.find(name) !== undefined));
}
