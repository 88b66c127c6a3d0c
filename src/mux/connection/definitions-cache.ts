/**
 * Keeps definitions from VPPs on disk. VPP builds its answer of some megabytes with its workers stopped, so
 * it is asked once for each message table.
 *
 * Anybody can copy a table: an entry is found only by the table together with the origin of the definitions
 * (`definitions-origin.ts`), so that no VPP's definitions are used for another one. Only files of our own are read.
 */

import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MAX_API_JSON } from '../codec/api-json.js';
import type { ConnectOptions } from '../types.js';
import type { DefinitionsOrigin } from './definitions-origin.js';
import { readOwnFile, removeOldest, writeOwnFile } from './own-file.js';

/** Names of the files; the folder may be the user's own, with others in it. */
const IS_ENTRY = /^[0-9a-f]{64}\.json$/;
/** Entries that are kept, of some megabytes each. */
const KEPT = 32;

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
    const json = await readOwnFile(file, MAX_API_JSON);
    return json && { file, json };
  }

  /** Never rejects. */
  async write(table: string, origin: DefinitionsOrigin, json: Uint8Array): Promise<void> {
    try {
      await writeOwnFile(this.file(table, origin), json);
      await removeOldest(this.dir, IS_ENTRY, KEPT);
    } catch (error) {
      this.log('debug', `the definitions are not cached in ${this.dir}: ${(error as Error).message}`);
    }
  }

  private file(table: string, origin: DefinitionsOrigin): string {
    return join(this.dir, `${entryKey(table, origin)}.json`);
  }
}

/** Names the definitions of the VPP at `origin` that has this message table. */
export function entryKey(table: string, origin: DefinitionsOrigin): string {
  return createHash('sha256').update(`${table}\n${origin.key}`).digest('hex');
}
