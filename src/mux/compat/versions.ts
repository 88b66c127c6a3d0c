/** What a message that is gone may have become: its other versions. */

const VERSION = /_v(\d+)(?=_|$)/;

const stemOf = (name: string) => name.replace(VERSION, '');
const versionOf = (name: string) => Number(VERSION.exec(name)?.[1] ?? 1);

/** At most three of `names`, the newest first. */
export function otherVersions(name: string, names: readonly string[]): string[] {
  const stem = stemOf(name);
  const versions = names.filter((other) => other !== name && stemOf(other) === stem);
  return versions.sort((a, b) => versionOf(b) - versionOf(a)).slice(0, 3);
}
