/** The filter of the table of agents. */

import { exact } from '../../parts/format.js';
import type { AgentsFilter } from './agents-filter.js';
import { type FleetStatus, HEALTHS, STANDINGS } from './types.js';
import { STANDING_WORDS } from './words.js';

interface Props {
  readonly filter: AgentsFilter;
  readonly status: FleetStatus;
  /** Agents that fit. */
  readonly total: number | undefined;
}

export function AgentsForm({ filter, status: { counts = {}, health = {}, drifted = 0 }, total }: Props) {
  return (
    <div class="head">
      <h2>Agents</h2>
      <p class="quiet" role="status">
        {total !== undefined && `${exact(total)} ${filter.isOn ? 'fit' : 'in all'}`}
      </p>
      <div class="end">
        <select
          aria-label="Filter by state"
          value={filter.choice}
          onChange={({ currentTarget }) => filter.choose(currentTarget.value)}
        >
          <option value="">all states</option>
          {STANDINGS.map((each) => (
            <option key={each} value={`standing:${each}`}>
              {STANDING_WORDS[each]} ({exact(counts[each] ?? 0)})
            </option>
          ))}
          {HEALTHS.map((each) => (
            <option key={each} value={`health:${each}`}>
              health {each} ({exact(health[each] ?? 0)})
            </option>
          ))}
          <option value="drifted:true">drifted ({exact(drifted)})</option>
        </select>
        <input
          type="search"
          class="filter"
          aria-label="Filter by name"
          placeholder="Filter: edge1, edge-*"
          value={filter.text}
          onInput={({ currentTarget }) => filter.type(currentTarget.value)}
        />
      </div>
    </div>
  );
}
