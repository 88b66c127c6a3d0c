/**
 * Finds the definitions of the messages: given ones, a directory (option, `VPP_API_DIR`), the
 * installed `/usr/share/vpp/api` when it agrees with the running VPP, or VPP itself (`get_api_json`), in this order.
 *
 * VPP builds its answer of some megabytes on its main thread with the workers stopped, so it is asked
 * once for each message table. Its answer is cached when its CRCs are right and it has been used.
 */

import { debug } from '../../debug.js';
import { type ApiJson, checkApiJsonSize, readApiJson } from '../codec/api-json.js';
import { SchemaError } from '../errors.js';
import { type MessageTable, tableHash } from '../session/message-table.js';
import type { ConnectOptions } from '../types.js';
import { cacheFolder, DefinitionsCache } from './definitions-cache.js';
import { DefinitionsDirectory } from './definitions-directory.js';
import { type DefinitionsOrigin, originAt } from './definitions-origin.js';
import { agrees, type FoundSchema, knowsMost } from './found-schema.js';
import { preferSystem } from './prefer-system.js';

type Log = NonNullable<ConnectOptions['log']>;

/** Asks VPP for its definitions. */
export type Ask = () => Promise<string | Uint8Array>;

/** Definitions and the table that they were found for; `by`: files, or the VPP that gave them, where that is known. */
interface Known {
  readonly hash: string;
  readonly found: FoundSchema;
  readonly by: 'files' | DefinitionsOrigin | undefined;
}

/** Time until VPP is asked again after an answer that cannot be used, milliseconds; doubled each time. */
const REFUSED_MS = 60_000;
const MAX_REFUSED_MS = 3_600_000;

export class SchemaSource {
  private readonly directory: DefinitionsDirectory;
  /** VPP's own definitions that were found last. */
  private last: Known | undefined;
  /** Definitions that were found last, of any source. */
  private given: Known | undefined;
  /** The definitions that VPP gave last, until one of its messages is used. */
  private unused: { readonly hash: string; readonly origin: DefinitionsOrigin; readonly json: Uint8Array } | undefined;
  private refused:
    | { readonly by: string; readonly until: number; readonly ms: number; readonly error: Error }
    | undefined;
  private reading: { readonly hash: string; readonly done: Promise<void>; end(): void } | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: Pick<ConnectOptions, 'schema' | 'apiDir' | 'cacheDir' | 'socket'>,
    private readonly log: Log,
    /** Definitions of the primary, when these are the backup's: the two may have the same version, or not. */
    private readonly primary?: SchemaSource,
    private readonly env: NodeJS.ProcessEnv = process.env,
    installed?: string,
  ) {
    this.directory = new DefinitionsDirectory(options.apiDir ?? (env.VPP_API_DIR || undefined), installed);
  }

  /** Starts reading a directory while the socket is being connected; a backup may need none. A failure is reported when the directory is needed. */
  prepare(): void {
    if (!this.primary && !this.options.schema) this.directory.read().catch(() => {});
  }

  /** Throws SCHEMA_NOT_FOUND, SCHEMA_INVALID, or what `ask` throws. */
  async find(table: MessageTable, ask: Ask): Promise<FoundSchema> {
    const { schema } = this.options;
    if (schema) return { schema: schema.forTable(table), source: 'given definitions' };
    const hash = tableHash(table);
    const origin = originAt(this.options.socket);
    await this.primary?.doneReading(hash);
    try {
      this.given = this.ofPrimary(hash, origin) ?? (await this.search(hash, table, origin, ask));
    } finally {
      this.reading?.end();
    }
    debug.schema?.(`table ${hash.slice(0, 12)} of ${table.size} messages: definitions from ${this.given.found.source}`);
    return this.given.found;
  }

  /** The running VPP's own definitions, whichever are in use: from the cache, or from `ask`. Throws what that throws. */
  async ofVpp(table: MessageTable, ask: Ask): Promise<FoundSchema> {
    return (await this.fresh(tableHash(table), table, originAt(this.options.socket), ask)).found;
  }

  /** Notes that a message of the definitions was answered, so that VPP's own are kept in the cache. */
  used(): void {
    const { unused, cache } = this;
    this.unused = undefined;
    if (unused && cache) this.writing = cache.write(unused.hash, unused.origin, unused.json);
  }

  /** Resolves when nothing is being written. */
  settled(): Promise<void> {
    return this.writing;
  }

  /** Resolves when the definitions for that table have been read, if they are being read; never waits for VPP. */
  private doneReading(hash: string): Promise<void> | undefined {
    return this.reading?.hash === hash ? this.reading.done : undefined;
  }

  private read(json: Uint8Array, hash: string, table: MessageTable, proven = false): Promise<ApiJson> {
    let end = () => {};
    const done = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.reading = { hash, done, end };
    return readApiJson(json, table, proven);
  }

  /** The definitions of the primary when its table is the same, if they are from files or from a VPP of the same user. */
  private ofPrimary(hash: string, origin: DefinitionsOrigin | undefined): Known | undefined {
    const known = this.primary?.given;
    if (known?.hash !== hash) return undefined;
    if (known.by === 'files') return known;
    return origin !== undefined && known.by?.uid === origin.uid ? known : undefined;
  }

  private async search(
    hash: string,
    table: MessageTable,
    origin: DefinitionsOrigin | undefined,
    ask: Ask,
  ): Promise<Known> {
    const directory = await this.directory.readFor(hash, table);
    const found = directory && { ...directory, schema: directory.schema.forTable(table) };
    if (found && ((this.directory.named !== undefined && !this.primary) || agrees(found.schema, table))) {
      return { hash, found, by: 'files' };
    }
    if (found) debug.schema?.(`${found.source} does not agree with this VPP: its own definitions are needed`);
    const fresh = await this.fresh(hash, table, origin, ask);
    const own = { ...fresh, found: { ...fresh.found, elsewhere: found?.schema } };
    if (found === undefined || this.directory.named !== undefined) return own;
    // The system's files are trusted more than VPP's answer, but may lack a plugin.
    const source = `${own.found.source}, and ${found.source} where that agrees with VPP`;
    return { ...own, found: { ...own.found, schema: preferSystem(found.schema, own.found.schema, table), source } };
  }

  private async fresh(
    hash: string,
    table: MessageTable,
    origin: DefinitionsOrigin | undefined,
    ask: Ask,
  ): Promise<Known> {
    const { last } = this;
    if (last?.hash === hash && last.by !== 'files' && last.by?.key === origin?.key) return last;
    const by = `${hash} ${origin?.instance}`;
    if (this.refused?.by === by && performance.now() < this.refused.until) throw this.refused.error;
    try {
      const cached = origin && (await this.fromCache(hash, table, origin));
      const found = cached ?? (await this.fromVpp(hash, table, origin, ask));
      this.last = { hash, found, by: origin };
      return this.last;
    } catch (error) {
      if (error instanceof SchemaError) this.refuse(by, error);
      throw error;
    }
  }

  /** Remembers a useless answer: the same VPP would give it again, in megabytes, for which it stops its workers. */
  private refuse(by: string, error: Error): void {
    const ms = this.refused?.by === by ? Math.min(MAX_REFUSED_MS, this.refused.ms * 2) : REFUSED_MS;
    this.refused = { by, error, ms, until: performance.now() + ms };
    debug.schema?.(`VPP is not asked again for ${ms / 1000} s, since its answer cannot be used: ${error.message}`);
  }

  private async fromCache(
    hash: string,
    table: MessageTable,
    origin: DefinitionsOrigin,
  ): Promise<FoundSchema | undefined> {
    const kept = await this.cache?.read(hash, origin);
    if (kept === undefined) return undefined;
    try {
      const { schema } = await this.read(kept.json, hash, table, true);
      if (knowsMost(schema, table)) return { schema, source: `cache ${kept.file}` };
    } catch (error) {
      const text = `the cached definitions ${kept.file} cannot be used and are fetched again: ${(error as Error).message}`;
      this.log('warn', text);
    }
    return undefined;
  }

  private async fromVpp(
    hash: string,
    table: MessageTable,
    origin: DefinitionsOrigin | undefined,
    ask: Ask,
  ): Promise<FoundSchema> {
    const answer = await ask();
    checkApiJsonSize(answer.length);
    const json = typeof answer === 'string' ? Buffer.from(answer) : answer;
    const { schema, unproven } = await this.read(json, hash, table);
    if (unproven.length > 0) this.log('warn', doubts(unproven));
    else if (origin) this.unused = { hash, origin, json };
    return { schema, source: 'VPP itself (get_api_json)', unproven };
  }

  private get cache(): DefinitionsCache | undefined {
    const { cacheDir = cacheFolder(this.env) } = this.options;
    return cacheDir === false ? undefined : new DefinitionsCache(cacheDir, this.log);
  }
}

function doubts(unproven: readonly string[]): string {
  const some = `${unproven.slice(0, 3).join(', ')}${unproven.length > 3 ? ', …' : ''}`;
  return (
    `VPP's own definitions of ${unproven.length} messages (${some}) do not have the CRC that they claim: ` +
    'they are used for this VPP only and not cached; `vppmux compat` shows what differs from its packages'
  );
}
