/** The list of views. */

import { VIEWS, type View } from '../views/index.js';
import { linkTo } from './router.js';

export function Navigation({ current }: { readonly current: View }) {
  return (
    <nav aria-label="Views" class="views">
      <ul>
        {VIEWS.map((view, i) => (
          <li key={view.path}>
            <a href={linkTo(view.path)} aria-current={view === current ? 'page' : undefined}>
              {view.title}
              <span class="key">{i + 1}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
