/** All handlers the mock comes with. A message without one is known, but never answered. */
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
import { want } from './want.js';

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
