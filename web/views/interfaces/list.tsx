/** All interfaces, with a filter. */

import { useState } from 'preact/hooks';
import { useTopic } from '../../feed/index.js';
import { linkTo } from '../../frame/router.js';
import { clock } from '../../parts/format.js';
import { Table } from '../../parts/table.js';
import { Waiting } from '../../parts/waiting.js';
import { COLUMNS } from './columns.js';
import { fitsFilter } from './fits-filter.js';
import { rowsWithLines } from './lines.js';

export function InterfaceList() {
  const topic = useTopic('interfaces');
  const [filter, setFilter] = useState('');
  if (topic.state === undefined) return <Waiting topic={topic} />;
  const { interfaces, inventory } = topic.state;
  const rows = rowsWithLines(interfaces, topic.at);
  const shown = rows.filter((row) => fitsFilter(row, filter));
  return (
    <>
      <div class="head">
        <h1>Interfaces</h1>
        <p class="quiet" role="status">
          {shown.length === rows.length ? `${rows.length}` : `${shown.length} of ${rows.length}`}
          {inventory.reason !== undefined
            ? `; settings could not be read: ${inventory.reason}`
            : inventory.at === undefined
              ? '; their settings are being read'
              : `; settings as of ${clock(inventory.at)}`}
        </p>
        <div class="end">
          <input
            type="search"
            class="filter"
            aria-label="Filter by name, state, address, tag"
            placeholder="Filter: name, up, address, tag …"
            value={filter}
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
        </div>
      </div>
      <div class="panel">
        <Table
          caption="Interfaces"
          columns={COLUMNS}
          rows={shown}
          keyOf={({ index }) => String(index)}
          sort={{ key: 'name', isDown: false }}
          linkOf={({ index }) => linkTo('interfaces', index)}
          empty={rows.length === 0 ? 'VPP has no interfaces, or they are not known yet.' : 'None fits the filter.'}
        />
      </div>
    </>
  );
}
