/** Chooses the dataplane that is shown, where the agent has several. */

import type { DataplaneEntry } from '../../src/plugins/dashboard/protocol/index.js';
import { dataplane } from '../feed/dataplane.js';
import { useValue } from '../feed/use-value.js';
import type { View } from '../views/index.js';
import { linkAt, route } from './router.js';
import { wordFor } from './words.js';

interface Props {
  readonly dataplanes: readonly DataplaneEntry[] | undefined;
  readonly view: View;
}

/** Leads to it by key. */
export const DATAPLANE_ID = 'dataplane';

export function DataplaneSelect({ dataplanes, view }: Props) {
  const shown = useValue(dataplane);
  if (dataplanes === undefined) return null;
  const isListed = dataplanes.some(({ name }) => name === shown);
  const choose = (name: string) => {
    const rest = view.isRestOwn ? [] : route.current.rest;
    location.hash = linkAt(name, view.path, ...rest);
  };
  return (
    <p class="dataplane">
      <label for={DATAPLANE_ID}>Dataplane</label>
      <select id={DATAPLANE_ID} value={shown} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {!isListed && <option value={shown}>{shown}: none of this name</option>}
        {dataplanes.map((each) => (
          <option key={each.name} value={each.name}>
            {textOf(each)}
          </option>
        ))}
      </select>
    </p>
  );
}

/** The name, and what there is to know before it is chosen. */
function textOf({ name, state, hasDashboard }: DataplaneEntry): string {
  if (state !== 'ready') return `${name}: VPP ${wordFor(state)}`;
  return hasDashboard ? name : `${name}: no dashboard`;
}
