/** The view Tables: what VPP has in its tables, asked when somebody wants it, never whole. */

import type { ComponentType } from 'preact';
import { linkTo } from '../../frame/router.js';
import { LookUp } from './lookup.js';
import { ACLS, BRIDGES, NEIGHBORS } from './others.js';
import { Paged } from './paged.js';
import { ROUTES } from './routes.js';

const TABS: readonly (readonly [path: string, title: string, Component: ComponentType])[] = [
  ['lookup', 'Look up', LookUp],
  ['routes', 'Routes', () => <Paged key="routes" table={ROUTES} />],
  ['neighbors', 'Neighbours', () => <Paged key="neighbors" table={NEIGHBORS} />],
  ['bridges', 'Bridge domains', () => <Paged key="bridges" table={BRIDGES} />],
  ['acls', 'ACLs', () => <Paged key="acls" table={ACLS} />],
];

export function Tables({ rest: [wanted] }: { readonly rest: readonly string[] }) {
  const [current, , Component] = TABS.find(([path]) => path === wanted) ?? TABS[0];
  return (
    <>
      <div class="head">
        <h1>Tables</h1>
        <nav aria-label="Tables" class="tabs">
          {TABS.map(([path, title]) => (
            <a key={path} href={linkTo('tables', path)} aria-current={path === current ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
      </div>
      <Component key={current} />
    </>
  );
}
