/** Replacement of all routes of clients in an IP table, multicast ones as well: those that are not set again go. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { FibTable } from '../../dataplane/routing/fib.js';
import type { MulticastTable } from '../../dataplane/routing/mroutes.js';
import type { Call } from '../../handlers/call.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { mroutes } from './mroutes.js';

export const routeReplacement = defineKind({
  name: 'routeReplacement',
  title: 'replacement of routes',
  handlers: {
    ip_table_replace_begin: onTable(mark),
    ip_table_replace_end: onTable(sweep),
    ip_table_flush: onTable((tables, dataplane) => {
      mark(tables);
      sweep(tables, dataplane);
    }),
  },
});

interface TablePair {
  readonly unicast: FibTable;
  readonly multicast?: MulticastTable;
}

function onTable(act: (tables: TablePair, dataplane: Dataplane) => void) {
  return (fields: Fields, { dataplane }: Call): number => {
    const { table_id, is_ip6 } = fields.table as Fields;
    const unicast = dataplane.tables.find(Number(table_id), Boolean(is_ip6));
    if (unicast === undefined) return Retval.NO_SUCH_FIB;
    act({ unicast, multicast: dataplane.of(mroutes).find(Number(table_id), Boolean(is_ip6)) }, dataplane);
    return Retval.OK;
  };
}

function mark({ unicast, multicast }: TablePair): void {
  unicast.mark();
  multicast?.mark();
}

function sweep({ unicast, multicast }: TablePair, { tables }: Dataplane): void {
  for (const paths of unicast.sweep()) tables.release(paths);
  multicast?.sweep();
}
