/**
 * Reads a file that holds a secret: a token, a private key. Refuses one that every user of the machine can read, or that
 * others can write. Members of the file's group may read it: a service gets a secret as `root:vppmux 0640`, and
 * Kubernetes mounts one as `root:fsGroup 0440`. Links are followed; the mode of the file itself counts.
 */

import type { Stats } from 'node:fs';
import { FileError, NAMED_BYTES, readRegularFile } from '../../regular-file.js';

const OTHERS_READ = 0o004;
const OTHERS_WRITE = 0o002;
const GROUP_WRITES = 0o020;

/**
 * Returns its content. Throws FileError: TOO_OPEN where others can read or change it, or what `readRegularFile` throws.
 * Calls `warn` when it belongs to another user, who can do both.
 */
export function readSecretFile(file: string, warn: (text: string) => void): Buffer {
  return readRegularFile(file, {
    max: NAMED_BYTES,
    check: (found) => {
      refuseOpen(file, found);
      if (belongsToAnother(found)) {
        warn(`${file} belongs to user ${found.uid}, who can read and change it; chown root ${file}`);
      }
    },
  });
}

function refuseOpen(file: string, { mode }: Stats): void {
  if (process.platform === 'win32') return;
  const who = openTo(mode);
  if (who === undefined) return;
  const bits = (mode & 0o777).toString(8).padStart(4, '0');
  throw new FileError('TOO_OPEN', `${who} it (mode ${bits}); chmod 640 ${file}`);
}

function openTo(mode: number): string | undefined {
  if (mode & OTHERS_WRITE) return 'every user of this machine can change';
  if (mode & OTHERS_READ) return 'every user of this machine can read';
  return mode & GROUP_WRITES ? 'members of its group can change' : undefined;
}

/** Owner, as seen in a user namespace, of all files from outside of it, root's included. */
const OVERFLOW_UID = 65_534;

function belongsToAnother({ uid }: Stats): boolean {
  return process.geteuid !== undefined && ![0, OVERFLOW_UID, process.geteuid()].includes(uid);
}
