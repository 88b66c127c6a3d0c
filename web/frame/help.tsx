/** The dialog that lists the keys. */

import { connection } from '../feed/index.js';
import { useValue } from '../feed/use-value.js';
import { Value } from '../feed/value.js';
import { Dialog } from '../parts/dialog.js';
import { keyOf, VIEWS } from '../views/index.js';

export const helpIsOpen = new Value(false);

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'to the filter'],
  ['↑ ↓', 'from row to row of a table'],
  ['Home End', 'to the first and the last row'],
  ['Enter', 'opens the row'],
  ['Esc', 'closes a dialog, empties a filter'],
  ['?', 'shows this'],
];

const CHOOSE = ['d', 'to the choice of the dataplane'] as const;

export function Help() {
  const isOpen = useValue(helpIsOpen);
  const hasSeveral = useValue(connection.dataplanes) !== undefined;
  if (!isOpen) return null;
  const keys = hasSeveral ? [CHOOSE, ...KEYS] : KEYS;
  return (
    <Dialog title="Keys" onClose={() => helpIsOpen.set(false)}>
      <dl class="keys">
        {VIEWS.map(({ path, title }, i) => (
          <div key={path}>
            <dt>
              <kbd>{keyOf(i)}</kbd>
            </dt>
            <dd>{title}</dd>
          </div>
        ))}
        {keys.map(([signs, what]) => (
          <div key={signs}>
            <dt>
              {signs.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
