/** What comes after a message that is gone: its other versions, or what is spelt alike. */

import { nearest } from '../../nearest.js';

const VERSION = /_v(\d+)(?=_|$)/;

const stemOf = (name: string) => name.replace(VERSION, '');
const versionOf = (name: string) => Number(VERSION.exec(name)?.[1] ?? 1);

/** At most three of `names`: other versions of `name`, the newest first; without any, those most like it. */
export function successors(name: string, names: readonly string[]): string[] {
  const stem = stemOf(name);
  const versions = names.filter((other) => other !== name && stemOf(other) === stem);
  if (versions.length > 0) return versions.sort((a, b) => versionOf(b) - versionOf(a)).slice(0, 3);
  return nearest(name, names);
}
