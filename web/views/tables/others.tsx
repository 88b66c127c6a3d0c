/** Neighbours, bridge domains and ACLs, as tables that are asked by page. */

import { duration } from '../../parts/format.js';
import type { PagedTable } from './paged.js';
import { FAMILY } from './routes.js';

interface Neighbor {
  readonly address: string;
  readonly mac: string;
  readonly interface: string;
  readonly swIfIndex: number;
  readonly isStatic: boolean;
  readonly age: number;
}

export const NEIGHBORS: PagedTable<Neighbor> = {
  operation: 'neighbor.list',
  title: 'Neighbours',
  hint: 'VPP sends all of them for each page; a page is kept.',
  fields: [{ key: 'interface', label: 'Interface', placeholder: 'loop0' }, FAMILY],
  list: 'neighbors',
  columns: [
    { key: 'address', title: 'Address', cell: ({ address }) => <code>{address}</code> },
    { key: 'mac', title: 'MAC', cell: ({ mac }) => <code>{mac}</code> },
    { key: 'interface', title: 'Interface', cell: (row) => row.interface },
    { key: 'kind', title: 'Kind', wide: true, cell: ({ isStatic }) => (isStatic ? 'static' : 'learnt') },
    { key: 'age', title: 'Age', number: true, wide: true, cell: ({ age }) => duration(1000 * age) },
  ],
  keyOf: ({ address, swIfIndex }) => `${address} ${swIfIndex}`,
  empty: 'No neighbour fits.',
};

interface Bridge {
  readonly id: number;
  readonly tag: string;
  readonly bvi?: string;
  readonly members: readonly { readonly name: string; readonly shg: number }[];
  readonly [setting: string]: unknown;
}

const SETTINGS = ['flood', 'uuFlood', 'forward', 'learn', 'arpTerm', 'arpUfwd'];

export const BRIDGES: PagedTable<Bridge> = {
  operation: 'bridge.list',
  title: 'Bridge domains',
  hint: 'VPP sends all of them.',
  fields: [{ key: 'id', label: 'Number', number: true }],
  list: 'bridges',
  columns: [
    { key: 'id', title: 'Number', cell: ({ id }) => id },
    { key: 'tag', title: 'Tag', wide: true, cell: ({ tag }) => tag },
    {
      key: 'members',
      title: 'Interfaces',
      cell: ({ members, bvi }) =>
        members
          .map(({ name, shg }) => [name, name === bvi && '(bvi)', shg > 0 && `shg ${shg}`].filter(Boolean).join(' '))
          .join(', ') || 'none',
    },
    { key: 'does', title: 'Does', wide: true, cell: (row) => SETTINGS.filter((name) => row[name]).join(', ') },
  ],
  keyOf: ({ id }) => String(id),
  empty: 'There is no bridge domain.',
};

interface Range {
  readonly first: number;
  readonly last: number;
}

interface Rule {
  readonly action: string;
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly sourcePorts?: Range;
  readonly destinationPorts?: Range;
  readonly icmpTypes?: Range;
}

interface Acl {
  readonly index: number;
  readonly tag: string;
  readonly rules: readonly Rule[];
  readonly input: readonly string[];
  readonly output: readonly string[];
}

/** Rules that are shown of one list. */
const MOST_RULES = 500;

export const ACLS: PagedTable<Acl> = {
  operation: 'acl.list',
  title: 'Access control lists',
  hint: 'VPP sends all of them, with their rules.',
  fields: [{ key: 'index', label: 'Number', number: true }],
  list: 'acls',
  columns: [
    { key: 'index', title: 'Number', cell: ({ index }) => index },
    { key: 'tag', title: 'Tag', cell: ({ tag }) => tag },
    {
      key: 'where',
      title: 'Interfaces',
      wide: true,
      cell: ({ input, output }) =>
        [...input.map((name) => `${name} in`), ...output.map((name) => `${name} out`)].join(', ') || 'none',
    },
    { key: 'rules', title: 'Rules, the first that fits counts', cell: ({ rules }) => <Rules rules={rules} /> },
  ],
  keyOf: ({ index }) => String(index),
  empty: 'There is no access control list.',
};

function Rules({ rules }: { readonly rules: readonly Rule[] }) {
  if (rules.length === 0) return <span class="quiet">none: everything is denied</span>;
  return (
    <details>
      <summary>
        {rules.length} {rules.length === 1 ? 'rule' : 'rules'}
      </summary>
      <ol>
        {rules.slice(0, MOST_RULES).map((rule, i) => (
          <li key={i}>{ruleText(rule)}</li>
        ))}
      </ol>
      {rules.length > MOST_RULES && <p class="quiet">and {rules.length - MOST_RULES} more</p>}
    </details>
  );
}

function ruleText({ action, source, destination, protocol, ...more }: Rule): string {
  const ports = (range: Range | undefined) =>
    range === undefined || (range.first === 0 && range.last === 65535)
      ? ''
      : ` port ${range.first === range.last ? range.first : `${range.first}-${range.last}`}`;
  const types = more.icmpTypes ? ` types ${more.icmpTypes.first}-${more.icmpTypes.last}` : '';
  return `${action} ${protocol}${types} from ${source}${ports(more.sourcePorts)} to ${destination}${ports(more.destinationPorts)}`;
}
