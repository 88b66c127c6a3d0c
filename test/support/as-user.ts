/** A program that runs as another user. Only root can start one. */

import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';

export interface Ids {
  readonly uid: number;
  readonly gid: number;
  /** Further groups. */
  readonly groups?: readonly number[];
}

/** Starts `command` with nothing of this process's environment but `env`; killed after the test. */
export function startAs({ uid, gid, groups = [] }: Ids, command: readonly string[], env: Record<string, string>) {
  const more = groups.length > 0 ? ['--groups', groups.join(',')] : ['--clear-groups'];
  const ids = ['--reuid', String(uid), '--regid', String(gid), ...more, '--no-new-privs'];
  const child = spawn('setpriv', [...ids, '--', ...command], { cwd: '/', env });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  /** Resolves with the first match in what it prints. */
  const said = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = (chunk: Buffer | string) => {
        text += chunk;
        const found = pattern.exec(text);
        if (found) resolve(found);
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.on('error', reject);
      void ended.then((code) => reject(new Error(`ended with ${code}:\n${text}`)));
    });
  return { child, ended, said };
}
