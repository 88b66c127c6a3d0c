/**
 * Definitions that VPPs handed out, kept on disk. VPP builds its answer of some megabytes with its workers stopped, so
 * it is asked once for each table of messages.
 *
 * A table can be copied by anybody: an entry is found only by the table together with who gave the definitions
 * (`giver.ts`), so that one VPP's word is never taken for another. Files are read only when they are our own.
 */

import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeFolders } from '../../make-folders.js';
import { MAX_API_JSON } from '../codec/api-json.js';
import type { ConnectOptions } from '../types.js';
import type { Giver } from './giver.js';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
/** Others may neither own nor write what is believed. */
const WRITABLE_BY_OTHERS = 0o022;

export interface Kept {
  readonly file: string;
  readonly json: Buffer;
}

/** The user's folder for it; false for a user without a home, as the numbers that containers run as. */
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

  /** Undefined when there is none, or none that may be believed. */
  async read(table: string, giver: Giver): Promise<Kept | undefined> {
    const file = this.file(table, giver);
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

  /** Never rejects. Written next to it under a name that nobody can foresee, then renamed: a reader sees all or nothing. */
  async write(table: string, giver: Giver, json: Uint8Array): Promise<void> {
    const file = this.file(table, giver);
    const part = `${file}.${randomBytes(8).toString('hex')}.part`;
    try {
      makeFolders(this.dir, 0o700);
      // `wx` fails where something is, a symbolic link included.
      await writeFile(part, json, { mode: 0o600, flag: 'wx' });
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true }).catch(() => {});
      this.log('debug', `the definitions are not cached in ${this.dir}: ${(error as Error).message}`);
    }
  }

  private file(table: string, giver: Giver): string {
    const key = createHash('sha256').update(`${table}\n${giver.key}`).digest('hex');
    return join(this.dir, `${key}.json`);
  }
}
