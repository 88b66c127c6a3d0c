/** Ids of users and groups by their names, from /etc/passwd and /etc/group. */

import { readFileSync } from 'node:fs';

export interface AccountFiles {
  readonly passwd: string;
  readonly group: string;
}

const FILES: AccountFiles = { passwd: '/etc/passwd', group: '/etc/group' };

/** The id of a user or a group; a number is its own. Throws an Error that names the file. */
export function idOf(kind: keyof AccountFiles, account: string | number, files: AccountFiles = FILES): number {
  if (typeof account === 'number') return account;
  if (/^\d{1,10}$/.test(account)) return Number(account);
  const line = readFileSync(files[kind], 'utf8')
    .split('\n')
    .map((text) => text.split(':'))
    .find(([name]) => name === account);
  const id = Number(line?.[2]);
  if (line !== undefined && Number.isInteger(id)) return id;
  throw new Error(`there is no ${kind === 'group' ? 'group' : 'user'} ${account} in ${files[kind]}`);
}
