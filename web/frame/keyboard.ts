/** Keys of the whole page: `1` to `9` and `0` for the views, `/` for the filter, `d` for the dataplane, `?` for help. */

import { useEffect } from 'preact/hooks';
import { keyOf, VIEWS } from '../views/index.js';
import { DATAPLANE_ID } from './dataplane-select.js';
import { helpIsOpen } from './help.js';
import { linkTo } from './router.js';

export function useShortcuts(): void {
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function onKey(event: KeyboardEvent): void {
  if (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    isTyping(event.target) ||
    document.querySelector('dialog[open]')
  )
    return;
  const view = VIEWS.find((_, place) => keyOf(place) === event.key);
  if (view !== undefined) location.hash = linkTo(view.path);
  else if (event.key === '?') helpIsOpen.set(true);
  else if (event.key === 'd') {
    const select = document.getElementById(DATAPLANE_ID);
    if (select === null) return;
    select.focus();
  } else if (event.key === '/') {
    const filter = document.querySelector<HTMLElement>('input[type=search]');
    if (filter === null) return;
    filter.focus();
  } else return;
  event.preventDefault();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
  );
}
