/** The list of views. */

import type { Topics } from '../../src/plugins/dashboard/protocol/index.js';
import { keyOf, VIEWS, type View } from '../views/index.js';
import { linkTo } from './router.js';

interface Props {
  readonly current: View;
  readonly state: Topics['state'] | undefined;
}

export function Navigation({ current, state }: Props) {
  return (
    <nav aria-label="Views" class="views">
      <ul>
        {VIEWS.map(
          (view, i) =>
            (view === current || view.isFor === undefined || view.isFor(state)) && (
              <li key={view.path}>
                <a href={linkTo(view.path)} aria-current={view === current ? 'page' : undefined}>
                  {view.title}
                  <span class="key">{keyOf(i)}</span>
                </a>
              </li>
            ),
        )}
      </ul>
    </nav>
  );
}
