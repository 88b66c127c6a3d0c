/** Names of users and groups. */

import { readFileSync } from 'node:fs';

export const USERS = '/etc/passwd';
export const GROUPS = '/etc/group';

/** The fields of the line about `id`; undefined where this system has none. */
export function account(file: typeof USERS | typeof GROUPS, id: number | undefined): readonly string[] | undefined {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.map((line) => line.split(':')).find((fields) => fields[2] === String(id));
  } catch {
    return undefined; // no such file on this system: the number says enough
  }
}

/** `vpp (112)`, or the number alone where the system does not know it. */
export function named(file: typeof USERS | typeof GROUPS, id: number | undefined): string {
  const [name] = account(file, id) ?? [];
  return name === undefined ? String(id) : `${name} (${id})`;
}
