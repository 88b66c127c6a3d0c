/** Routes of VPP's FIB, as a table and as the answer to a look-up. */

import type { FieldSpec } from '../../parts/field-spec.js';
import type { Column } from '../../parts/table.js';
import type { PagedTable } from './paged.js';

export interface RoutePath {
  readonly type: string;
  readonly nextHop?: string;
  readonly interface?: string;
  readonly table?: number;
  readonly weight: number;
  readonly preference: number;
  readonly labels?: readonly number[];
}

export interface Route {
  readonly prefix: string;
  readonly table: number;
  readonly source?: string;
  readonly paths: readonly RoutePath[];
}

export const FAMILY: FieldSpec = {
  key: 'family',
  label: 'Family',
  options: [
    ['', 'both'],
    ['ip4', 'IPv4'],
    ['ip6', 'IPv6'],
  ],
};

export const TABLE: FieldSpec = { key: 'table', label: 'Table', placeholder: '0', number: true };

const COLUMNS: readonly Column<Route>[] = [
  { key: 'prefix', title: 'Prefix', cell: ({ prefix }) => <code>{prefix}</code> },
  { key: 'paths', title: 'Paths', cell: ({ paths }) => <Paths paths={paths} /> },
  { key: 'source', title: 'Source', wide: true, cell: ({ source = '' }) => source },
];

export const ROUTES: PagedTable<Route> = {
  operation: 'route.list',
  title: 'Routes',
  hint: 'VPP sends the whole table for each page, a page is kept. For one address, the look-up is cheap.',
  fields: [
    { key: 'within', label: 'Within', placeholder: '10.0.0.0/8' },
    TABLE,
    FAMILY,
    { key: 'source', label: 'Source', placeholder: 'API, interface …' },
  ],
  list: 'routes',
  columns: COLUMNS,
  keyOf: ({ prefix }) => prefix,
  empty: 'No route fits.',
};

export function Paths({ paths }: { readonly paths: readonly RoutePath[] }) {
  return (
    <ul class="plain">
      {paths.map((path, i) => (
        <li key={i}>{pathText(path)}</li>
      ))}
    </ul>
  );
}

/** As `route.add` takes it. */
export function pathText({ type, nextHop, interface: itf, table, weight, preference, labels = [] }: RoutePath): string {
  const words = [
    type,
    nextHop,
    itf,
    table === undefined ? undefined : `next-hop-table ${table}`,
    weight > 1 ? `weight ${weight}` : undefined,
    preference > 0 ? `preference ${preference}` : undefined,
    labels.length > 0 ? `labels ${labels.join(' ')}` : undefined,
  ];
  return words.filter((word) => word !== undefined).join(' ');
}
