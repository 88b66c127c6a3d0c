/**
 * Finds the definitions of the messages: given ones, a directory (option, `VPP_API_DIR`), the
 * installed `/usr/share/vpp/api` when it agrees with the running VPP, or VPP itself (`get_api_json`), in this order.
 */

import { debug } from '../../debug.js';
import { type MessageTable, tableHash } from '../session/message-table.js';
import type { ConnectOptions } from '../types.js';
import { cacheFolder, DefinitionsCache } from './definitions-cache.js';
import { DefinitionsDirectory } from './definitions-directory.js';
import { originAt } from './definitions-origin.js';
import { agrees, type FoundSchema, type KnownDefinitions, type RunningVpp } from './found-schema.js';
import { preferSystem } from './prefer-system.js';
import { type Ask, VppDefinitions } from './vpp-definitions.js';

export class SchemaSource {
  private readonly directory: DefinitionsDirectory;
  private readonly own: VppDefinitions;
  /** Definitions that were found last, of any source. */
  private given: KnownDefinitions | undefined;

  constructor(
    private readonly options: Pick<ConnectOptions, 'schema' | 'apiDir' | 'cacheDir' | 'socket'>,
    log: NonNullable<ConnectOptions['log']>,
    /** Definitions of the primary, when these are the backup's: the two may have the same version, or not. */
    private readonly primary?: SchemaSource,
    env: NodeJS.ProcessEnv = process.env,
    installed?: string,
  ) {
    const { apiDir, cacheDir = cacheFolder(env) } = options;
    this.directory = new DefinitionsDirectory(apiDir ?? (env.VPP_API_DIR || undefined), installed);
    this.own = new VppDefinitions(cacheDir === false ? undefined : new DefinitionsCache(cacheDir, log), log);
  }

  /** Starts reading a directory while the socket is being connected; a backup may need none. A failure is reported when the directory is needed. */
  prepare(): void {
    if (!this.primary && !this.options.schema) this.directory.read().catch(() => {});
  }

  /** Throws SCHEMA_NOT_FOUND, SCHEMA_INVALID, or what `ask` throws. */
  async find(table: MessageTable, ask: Ask): Promise<FoundSchema> {
    const { schema } = this.options;
    if (schema) return { schema: schema.forTable(table), source: 'given definitions' };
    const vpp = this.vppWith(table);
    await this.primary?.own.doneReading(vpp.hash);
    try {
      this.given = this.ofPrimary(vpp) ?? (await this.search(vpp, ask));
    } finally {
      this.own.endReading();
    }
    const { found } = this.given;
    debug.schema?.(`table ${vpp.hash.slice(0, 12)} of ${table.size} messages: definitions from ${found.source}`);
    return found;
  }

  /** The running VPP's own definitions, whichever are in use: from the cache, or from `ask`. Throws what that throws. */
  async ofVpp(table: MessageTable, ask: Ask): Promise<FoundSchema> {
    return (await this.own.find(this.vppWith(table), ask)).found;
  }

  /** Notes that a message of the definitions was answered, so that VPP's own are kept in the cache. */
  used(): void {
    this.own.used();
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await Promise.all([this.own.settled(), this.directory.settled()]);
  }

  private vppWith(table: MessageTable): RunningVpp {
    return { hash: tableHash(table), table, origin: originAt(this.options.socket) };
  }

  /** The definitions of the primary when its table is the same, if they are from files or from a VPP of the same user. */
  private ofPrimary({ hash, origin }: RunningVpp): KnownDefinitions | undefined {
    const known = this.primary?.given;
    if (known?.hash !== hash) return undefined;
    if (known.by === 'files') return known;
    return origin !== undefined && known.by?.uid === origin.uid ? known : undefined;
  }

  private async search(vpp: RunningVpp, ask: Ask): Promise<KnownDefinitions> {
    const { hash, table } = vpp;
    const isNamed = this.directory.named !== undefined;
    const directory = await this.directory.readFor(hash, table);
    const found = directory && { ...directory, schema: directory.schema.forTable(table) };
    if (found && ((isNamed && !this.primary) || agrees(found.schema, table))) return { hash, found, by: 'files' };
    if (found) debug.schema?.(`${found.source} does not agree with this VPP: its own definitions are needed`);
    const fresh = await this.own.find(vpp, ask);
    const own = { ...fresh, found: { ...fresh.found, elsewhere: found?.schema } };
    if (found === undefined || isNamed) return own;
    // The system's files are trusted more than VPP's answer, but may lack a plugin.
    const source = `${own.found.source}, and ${found.source} where that agrees with VPP`;
    return { ...own, found: { ...own.found, schema: preferSystem(found.schema, own.found.schema, table), source } };
  }
}
