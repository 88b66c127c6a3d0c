/** The other versions of a message, one of which may replace one that is gone. */

const VERSION = /_v(\d+)(?=_|$)/;

const stemOf = (name: string) => name.replace(VERSION, '');
const versionOf = (name: string) => Number(VERSION.exec(name)?.[1] ?? 1);

/** At most three of `names`, the newest first. */
export function otherVersions(name: string, names: readonly string[]): string[] {
  const stem = stemOf(name);
  const versions = names.filter((other) => other !== name && stemOf(other) === stem);
  return versions.sort((a, b) => versionOf(b) - versionOf(a)).slice(0, 3);
}
