/**
 * Where the definitions come from, in order: given ones, a directory (option, `VPP_API_DIR`), the
 * installed `/usr/share/vpp/api` when it agrees with the running VPP, VPP itself (`get_api_json`).
 *
 * VPP builds its answer of some megabytes on its main thread with the workers stopped, so it is asked
 * once for each table of messages. Its answer is cached when it holds what it claims and has been used.
 */

import { debug } from '../../debug.js';
import { type ApiJson, checkApiJsonSize, readApiJson } from '../codec/api-json.js';
import type { Schema } from '../codec/codec.js';
import { loadSchema } from '../codec/load.js';
import { SchemaError } from '../errors.js';
import { completed } from '../session/builtin.js';
import { type MessageTable, tableHash, withWholeNames } from '../session/message-table.js';
import type { ConnectOptions } from '../types.js';
import { cacheFolder, DefinitionsCache } from './definitions-cache.js';
import { type Giver, giverAt } from './giver.js';
import { preferring } from './preferring.js';

const INSTALLED = '/usr/share/vpp/api';

export interface FoundSchema {
  readonly schema: Schema;
  /** For logs: `directory conf/api`, `VPP itself`, … */
  readonly source: string;
  /** Messages whose definition VPP gave with a CRC that is not that of the definition. */
  readonly unproven?: readonly string[];
  /** Definitions of this machine that are not this VPP's: what it lacks or does not hand out may be in them. */
  readonly elsewhere?: Schema;
}

type Log = NonNullable<ConnectOptions['log']>;

/** Asks VPP for its definitions. */
export type Ask = () => Promise<string | Uint8Array>;

/** Definitions and the table that they were found for; `by`: files, or the VPP that said them, as far as it is known. */
interface Known {
  readonly hash: string;
  readonly found: FoundSchema;
  readonly by: 'files' | Giver | undefined;
}

/** How long an answer that cannot be used is not asked for again; twice as long each time. */
const REFUSED_MS = 60_000;
const MAX_REFUSED_MS = 3_600_000;

export class SchemaSource {
  private directory: Promise<FoundSchema | undefined> | undefined;
  /** The table that the directory was last held against. */
  private judgedFor: string | undefined;
  /** VPP's own definitions that were found last. */
  private last: Known | undefined;
  /** What was found last, wherever. */
  private given: Known | undefined;
  /** The definitions that VPP gave last, until one of its messages is used. */
  private unused: { readonly hash: string; readonly giver: Giver; readonly json: Uint8Array } | undefined;
  private refused:
    | { readonly by: string; readonly until: number; readonly ms: number; readonly error: Error }
    | undefined;
  private reading: { readonly hash: string; readonly done: Promise<void>; end(): void } | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: Pick<ConnectOptions, 'schema' | 'apiDir' | 'cacheDir' | 'socket'>,
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
  async find(table: MessageTable, ask: Ask): Promise<FoundSchema> {
    const { schema } = this.options;
    if (schema) return { schema: schema.forTable(table), source: 'given definitions' };
    const hash = tableHash(table);
    const giver = giverAt(this.options.socket);
    await this.kin?.doneReading(hash);
    try {
      this.given = this.ofKin(hash, giver) ?? (await this.search(hash, table, giver, ask));
    } finally {
      this.reading?.end();
    }
    debug.schema?.(`table ${hash.slice(0, 12)} of ${table.size} messages: definitions from ${this.given.found.source}`);
    return this.given.found;
  }

  /** The running VPP's own definitions, whichever are in use: from the cache, or from `ask`. Throws what that throws. */
  async ofVpp(table: MessageTable, ask: Ask): Promise<FoundSchema> {
    return (await this.fresh(tableHash(table), table, giverAt(this.options.socket), ask)).found;
  }

  /** A message of the definitions that were found last was sent and answered: they are kept. */
  used(): void {
    const { unused, cache } = this;
    this.unused = undefined;
    if (unused && cache) this.writing = cache.write(unused.hash, unused.giver, unused.json);
  }

  /** Resolves when nothing is being written. */
  settled(): Promise<void> {
    return this.writing;
  }

  /** Definitions that are being read piece by piece are as good as read; VPP is not waited for. */
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

  /** The definitions of the other dataplane, when its table is the same: files, or the word of a VPP of the same user. */
  private ofKin(hash: string, giver: Giver | undefined): Known | undefined {
    const known = this.kin?.given;
    if (known?.hash !== hash) return undefined;
    if (known.by === 'files') return known;
    return giver !== undefined && known.by?.uid === giver.uid ? known : undefined;
  }

  private async search(hash: string, table: MessageTable, giver: Giver | undefined, ask: Ask): Promise<Known> {
    const directory = await this.fromDirectory(hash, table);
    const found = directory && { ...directory, schema: directory.schema.forTable(table) };
    if (found && ((this.named !== undefined && !this.kin) || agrees(found.schema, table))) {
      return { hash, found, by: 'files' };
    }
    if (found) debug.schema?.(`${found.source} does not agree with this VPP: its own definitions are needed`);
    const fresh = await this.fresh(hash, table, giver, ask);
    const own = { ...fresh, found: { ...fresh.found, elsewhere: found?.schema } };
    if (found === undefined || this.named !== undefined) return own;
    // The system's files are trusted more than what VPP says; they may lack a plugin.
    const source = `${own.found.source}, and ${found.source} where that agrees with VPP`;
    return { ...own, found: { ...own.found, schema: preferring(found.schema, own.found.schema, table), source } };
  }

  private async fresh(hash: string, table: MessageTable, giver: Giver | undefined, ask: Ask): Promise<Known> {
    const { last } = this;
    if (last?.hash === hash && last.by !== 'files' && last.by?.key === giver?.key) return last;
    const by = `${hash} ${giver?.instance}`;
    if (this.refused?.by === by && performance.now() < this.refused.until) throw this.refused.error;
    try {
      const cached = giver && (await this.fromCache(hash, table, giver));
      const found = cached ?? (await this.fromVpp(hash, table, giver, ask));
      this.last = { hash, found, by: giver };
      return this.last;
    } catch (error) {
      if (error instanceof SchemaError) this.refuse(by, error);
      throw error;
    }
  }

  /** The same VPP would say the same again: megabytes, for which it stops its workers. */
  private refuse(by: string, error: Error): void {
    const ms = this.refused?.by === by ? Math.min(MAX_REFUSED_MS, this.refused.ms * 2) : REFUSED_MS;
    this.refused = { by, error, ms, until: performance.now() + ms };
    debug.schema?.(`VPP is not asked again for ${ms / 1000} s, since its answer cannot be used: ${error.message}`);
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

  private async fromCache(hash: string, table: MessageTable, giver: Giver): Promise<FoundSchema | undefined> {
    const kept = await this.cache?.read(hash, giver);
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

  private async fromVpp(hash: string, table: MessageTable, giver: Giver | undefined, ask: Ask): Promise<FoundSchema> {
    const answer = await ask();
    checkApiJsonSize(answer.length);
    const json = typeof answer === 'string' ? Buffer.from(answer) : answer;
    const { schema, unproven } = await this.read(json, hash, table);
    if (unproven.length > 0) this.log('warn', doubts(unproven));
    else if (giver) this.unused = { hash, giver, json };
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

/** Every message of VPP is in the definitions with the same CRC; one that cannot be used could not be had from VPP either. */
function agrees(schema: Schema, table: MessageTable): boolean {
  const whole = completed(schema.forTable(table));
  const crcOf = (name: string) => whole.find(name)?.def.crc ?? whole.model.unusable.get(name)?.crc;
  for (const { name, crc } of withWholeNames(table, whole.model).values()) if (crcOf(name) !== crc) return false;
  return true;
}

/** VPP's table holds a few messages that its own JSON lacks; a cache that knows none of it is another's. */
function knowsMost(schema: Schema, table: MessageTable): boolean {
  let known = 0;
  for (const { name, crc } of table.values()) if (schema.find(name)?.def.crc === crc) known++;
  return known * 2 >= table.size;
}
