/** Looks up the names of users and groups. */

import { readFileSync } from 'node:fs';

export const USERS = '/etc/passwd';
export const GROUPS = '/etc/group';

/** The fields of the line about `id`; undefined where this system has none. */
export function account(file: typeof USERS | typeof GROUPS, id: number | undefined): readonly string[] | undefined {
  return accounts(file).find((fields) => fields[2] === String(id));
}

/** The fields of the line about the user or group of that name; undefined where this system has none. */
export function accountNamed(file: typeof USERS | typeof GROUPS, name: string): readonly string[] | undefined {
  return accounts(file).find((fields) => fields[0] === name);
}

function accounts(file: typeof USERS | typeof GROUPS): string[][] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
  } catch {
    return []; // no such file on this system: numbers are shown
  }
}

/** Gives `vpp (112)`, or the number alone where the system has no name for it. */
export function named(file: typeof USERS | typeof GROUPS, id: number | undefined): string {
  const [name] = account(file, id) ?? [];
  return name === undefined ? String(id) : `${name} (${id})`;
}
