/** Layout of VPP's CLI output. */
import type { Interface } from './dataplane/interface.js';

/** Orders interfaces by name, as VPP's lists are. */
export function byName(interfaces: Iterable<Interface>): Interface[] {
  return [...interfaces].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Centres like VPP's %=N: the odd space goes left. */
export function center(text: string, width: number): string {
  return text.padStart(text.length + Math.ceil((width - text.length) / 2)).padEnd(width);
}
