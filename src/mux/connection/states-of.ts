/** The states of a connection as a stream. */

import type { Observable } from 'rxjs';
import { observable } from '../rx.js';
import type { ConnectionStatus } from '../types.js';
import type { StatusCell } from './status.js';

/** The present one and every change; completes with `closed`. */
export function statesOf(cell: Pick<StatusCell, 'watch'>): Observable<ConnectionStatus> {
  return observable((listener) => {
    let stop = () => {};
    let over = false;
    stop = cell.watch((status) => {
      listener.next(status);
      over = status.state === 'closed';
      if (!over) return;
      stop();
      listener.complete();
    });
    if (over) stop();
    return stop;
  });
}
