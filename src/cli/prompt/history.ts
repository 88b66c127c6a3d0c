/** Lines that were typed at the prompt, kept from one session to the next: a file that only this user can read. */

import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { makeFolders } from '../../make-folders.js';
import { printable } from '../../printable.js';
import { FileError, readRegularFile } from '../../regular-file.js';
import type { Env } from '../files/private-folder.js';

/** Lines that are kept. */
export const MOST_LINES = 1000;
/** Characters of a line that is kept. */
const LONGEST = 2000;
/** The most bytes of a full file, in UTF-8. */
const MOST_BYTES = MOST_LINES * LONGEST * 4;

/**
 * The file `name` in `$XDG_STATE_HOME/vppmux`, by default below `~/.local/state`; undefined for a user without a home, and where
 * `VPPMUX_HISTORY=0` switches history off.
 */
export function historyFile(
  { XDG_STATE_HOME: state, HOME: home, VPPMUX_HISTORY: wanted }: Env,
  name: string,
): string | undefined {
  if (wanted === '0') return undefined;
  if (state && isAbsolute(state)) return join(state, 'vppmux', name);
  return home && isAbsolute(home) ? join(home, '.local', 'state', 'vppmux', name) : undefined;
}

/** The oldest line first. Nothing is kept where there is no file, or one that cannot be read: it stays as it is. */
export class History {
  constructor(
    private readonly file: string | undefined,
    /** Whether a line is never kept. */
    private readonly isSecret: (line: string) => boolean = () => false,
  ) {}

  get lines(): string[] {
    return this.read() ?? [];
  }

  /** Adds a line to what all sessions have kept so far. One that begins with a space is not kept: it may hold a secret. */
  keep(line: string): void {
    if (this.file === undefined || line.startsWith(' ') || line.length > LONGEST || this.isSecret(line)) return;
    const before = this.read();
    if (before === undefined) return;
    const lines = [...before.filter((other) => other !== line), line].slice(-MOST_LINES);
    const written = `${this.file}.${process.pid}`;
    try {
      makeFolders(dirname(this.file), 0o700);
      writeFileSync(written, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
      renameSync(written, this.file);
    } catch {
      // A home that cannot be written to, a full disk: no reason to disturb the user at the prompt.
      rmSync(written, { force: true });
    }
  }

  /** Undefined where there is a file that cannot be read. */
  private read(): string[] | undefined {
    if (this.file === undefined) return undefined;
    try {
      const lines = readRegularFile(this.file, { max: MOST_BYTES }).toString('utf8').split('\n');
      // They are shown as they are.
      return lines.filter((line) => line !== '' && printable(line) === line).slice(-MOST_LINES);
    } catch (error) {
      return error instanceof FileError && error.code === 'ENOENT' ? [] : undefined;
    }
  }
}
