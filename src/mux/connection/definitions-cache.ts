/**
 * Keeps definitions from VPPs on disk. VPP builds its answer of some megabytes with its workers stopped, so
 * it is asked once for each message table.
 *
 * Anybody can copy a table: an entry is found only by the table together with the origin of the definitions
 * (`definitions-origin.ts`), so that no VPP's definitions are used for another one. Only files of our own are read.
 */

import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeFolders } from '../../make-folders.js';
import { MAX_API_JSON } from '../codec/api-json.js';
import type { ConnectOptions } from '../types.js';
import type { DefinitionsOrigin } from './definitions-origin.js';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
/** Mode bits that a trusted file must not have. */
const WRITABLE_BY_OTHERS = 0o022;

export interface Kept {
  readonly file: string;
  readonly json: Buffer;
}

/** The user's cache folder; false for a user without a home, such as a number that a container runs as. */
export function cacheFolder(env: NodeJS.ProcessEnv, home: () => string = homedir): string | false {
  try {
    return join(env.XDG_CACHE_HOME || join(home(), '.cache'), 'vppmux', 'api');
  } catch {
    return false;
  }
}

export class DefinitionsCache {
  constructor(
    private readonly dir: string,
    private readonly log: NonNullable<ConnectOptions['log']>,
  ) {}

  /** Undefined when there is none, or none that may be trusted. */
  async read(table: string, origin: DefinitionsOrigin): Promise<Kept | undefined> {
    const file = this.file(table, origin);
    try {
      const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      try {
        const stat = await handle.stat();
        const isOwn = stat.uid === (process.getuid?.() ?? stat.uid) && (stat.mode & WRITABLE_BY_OTHERS) === 0;
        if (!stat.isFile() || !isOwn || stat.size > MAX_API_JSON) return undefined;
        return { file, json: await handle.readFile() };
      } finally {
        await handle.close();
      }
    } catch {
      return undefined;
    }
  }

  /** Writes under a name that nobody can guess, then renames, so that a reader sees all or nothing. Never rejects. */
  async write(table: string, origin: DefinitionsOrigin, json: Uint8Array): Promise<void> {
    const file = this.file(table, origin);
    const part = `${file}.${randomBytes(8).toString('hex')}.part`;
    try {
      makeFolders(this.dir, 0o700);
      // `wx` fails where there is anything, a symbolic link included.
      await writeFile(part, json, { mode: 0o600, flag: 'wx' });
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true }).catch(() => {});
      this.log('debug', `the definitions are not cached in ${this.dir}: ${(error as Error).message}`);
    }
  }

  private file(table: string, origin: DefinitionsOrigin): string {
    const key = createHash('sha256').update(`${table}\n${origin.key}`).digest('hex');
    return join(this.dir, `${key}.json`);
  }
}
