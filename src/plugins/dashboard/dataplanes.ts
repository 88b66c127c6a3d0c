/** The dataplanes of an agent that has several, as the page offers them to choose from. */

import { type Contributions, type DataplaneView, type Http, pathAt } from '../../sdk/index.js';
import { type DataplaneEntry, TICKET_PATH } from './protocol/index.js';

/** `main` first; undefined where there is one only, so that nothing is to choose. */
export function dataplaneEntries(
  dataplanes: Contributions<DataplaneView>,
  server: Pick<Http['server'], 'hasRoute'>,
): readonly DataplaneEntry[] | undefined {
  if (dataplanes.list.length < 2) return undefined;
  return dataplanes.list.map(({ value: { name, status } }) => ({
    name,
    state: status.state,
    hasDashboard: server.hasRoute({ method: 'POST', url: pathAt(TICKET_PATH, name) }),
  }));
}
