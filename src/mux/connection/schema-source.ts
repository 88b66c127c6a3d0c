/**
 * Where the definitions come from, in order: given ones, a directory (option, `VPP_API_DIR`), the
 * installed `/usr/share/vpp/api` when it agrees with the running VPP, VPP itself (`get_api_json`).
 *
 * VPP builds its answer of some megabytes on its main thread with the workers stopped, so it is asked
 * once for each table of messages; the answer is kept on disk under the table's hash.
 */

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Schema } from '../codec/codec.js';
import { loadSchema, schemaFromApiJson } from '../codec/load.js';
import { completed } from '../session/builtin.js';
import { type MessageTable, tableHash } from '../session/message-table.js';
import type { ConnectOptions } from '../types.js';

const INSTALLED = '/usr/share/vpp/api';

export interface FoundSchema {
  readonly schema: Schema;
  /** For logs: `directory conf/api`, `VPP itself`, … */
  readonly source: string;
}

type Log = NonNullable<ConnectOptions['log']>;

export class SchemaSource {
  private directory: Promise<FoundSchema | undefined> | undefined;
  /** The table that the directory was last held against. */
  private judgedFor: string | undefined;
  private last: { hash: string; found: FoundSchema } | undefined;
  /** What was found last, wherever. */
  private given: { hash: string; found: FoundSchema } | undefined;

  constructor(
    private readonly options: Pick<ConnectOptions, 'schema' | 'apiDir' | 'cacheDir'>,
    private readonly log: Log,
    /** Of the primary, when this is the backup's: the two may be of one version, or of two. */
    private readonly kin?: SchemaSource,
    private readonly env: NodeJS.ProcessEnv = process.env,
    private readonly installed: string = INSTALLED,
  ) {}

  /** Starts reading a directory while the socket is being connected; a backup may need none. Failures show when it is needed. */
  prepare(): void {
    if (!this.kin) this.directoryOnce().catch(() => {});
  }

  /** Throws SCHEMA_NOT_FOUND, SCHEMA_INVALID, or what `ask` throws. */
  async find(table: MessageTable, ask: () => Promise<string>): Promise<FoundSchema> {
    const { schema } = this.options;
    if (schema) return { schema: schema.forTable(table), source: 'given definitions' };
    const hash = tableHash(table);
    const known = this.kin?.given;
    const found = known?.hash === hash ? known.found : await this.search(hash, table, ask);
    this.given = { hash, found };
    return found;
  }

  private async search(hash: string, table: MessageTable, ask: () => Promise<string>): Promise<FoundSchema> {
    const directory = await this.fromDirectory(hash, table);
    const found = directory && { ...directory, schema: directory.schema.forTable(table) };
    if (found && ((this.named !== undefined && !this.kin) || agrees(found.schema, table))) return found;
    return this.ofVpp(table, ask, hash);
  }

  /** The running VPP's own definitions, whichever are in use: from the cache, or from `ask`. Throws what that throws. */
  async ofVpp(table: MessageTable, ask: () => Promise<string>, hash = tableHash(table)): Promise<FoundSchema> {
    if (this.last?.hash === hash) return this.last.found;
    const fresh = (await this.fromCache(hash, table)) ?? (await this.fromVpp(hash, table, ask));
    this.last = { hash, found: fresh };
    return fresh;
  }

  /** A directory that somebody named: used even where it disagrees with the (primary) VPP, each message then says so. */
  private get named(): string | undefined {
    return this.options.apiDir ?? (this.env.VPP_API_DIR || undefined);
  }

  /** A directory that does not fit this VPP is read again, once: both may have been upgraded together. */
  private async fromDirectory(hash: string, table: MessageTable): Promise<FoundSchema | undefined> {
    const found = await this.directoryOnce();
    const before = this.judgedFor;
    this.judgedFor = hash;
    if (before === undefined || before === hash || (found && agrees(found.schema, table))) return found;
    this.directory = undefined;
    return this.directoryOnce();
  }

  private directoryOnce(): Promise<FoundSchema | undefined> {
    if (this.options.schema) return Promise.resolve(undefined);
    this.directory ??= this.readDirectory().catch((error) => {
      this.directory = undefined; // read again at the next attempt: somebody may have mended it
      throw error;
    });
    return this.directory;
  }

  private async readDirectory(): Promise<FoundSchema | undefined> {
    const { named } = this;
    if (named !== undefined) return { schema: await loadSchema(named), source: `directory ${named}` };
    try {
      return { schema: await loadSchema(this.installed), source: `directory ${this.installed}` };
    } catch {
      return undefined; // no VPP installed here, or not readable: VPP itself knows best
    }
  }

  private get cacheDir(): string | undefined {
    const { cacheDir } = this.options;
    if (cacheDir === false) return undefined;
    return cacheDir ?? join(this.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'vppmux', 'api');
  }

  private async fromCache(hash: string, table: MessageTable): Promise<FoundSchema | undefined> {
    const { cacheDir } = this;
    if (cacheDir === undefined) return undefined;
    const file = join(cacheDir, `${hash}.json`);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      return undefined;
    }
    try {
      const schema = schemaFromApiJson(text).forTable(table);
      if (knowsMost(schema, table)) return { schema, source: `cache ${file}` };
    } catch (error) {
      this.log(
        'warn',
        `the cached definitions ${file} cannot be used and are fetched again: ${(error as Error).message}`,
      );
    }
    return undefined;
  }

  private async fromVpp(hash: string, table: MessageTable, ask: () => Promise<string>): Promise<FoundSchema> {
    const text = await ask();
    const schema = schemaFromApiJson(text).forTable(table);
    await this.keep(hash, text);
    return { schema, source: 'VPP itself (get_api_json)' };
  }

  /** Written beside, then renamed: a reader never sees half of it. */
  private async keep(hash: string, text: string): Promise<void> {
    const { cacheDir } = this;
    if (cacheDir === undefined) return;
    const part = join(cacheDir, `${hash}.${process.pid}.part`);
    try {
      await mkdir(cacheDir, { recursive: true, mode: 0o700 });
      await writeFile(part, text, { mode: 0o600 });
      await rename(part, join(cacheDir, `${hash}.json`));
    } catch (error) {
      await rm(part, { force: true }).catch(() => {});
      this.log('debug', `the definitions are not cached in ${cacheDir}: ${(error as Error).message}`);
    }
  }
}

/** Every message of VPP is in the definitions with the same CRC; one that cannot be used could not be had from VPP either. */
function agrees(schema: Schema, table: MessageTable): boolean {
  const whole = completed(schema.forTable(table));
  const crcOf = (name: string) => whole.find(name)?.def.crc ?? whole.model.unusable.get(name)?.crc;
  for (const { name, crc } of table.values()) if (crcOf(name) !== crc) return false;
  return true;
}

/** VPP's table holds a few messages that its own JSON lacks; a cache that knows none of it is another's. */
function knowsMost(schema: Schema, table: MessageTable): boolean {
  let known = 0;
  for (const { name, crc } of table.values()) if (schema.find(name)?.def.crc === crc) known++;
  return known * 2 >= table.size;
}
