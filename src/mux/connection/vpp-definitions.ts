/**
 * The definitions that a VPP gives itself: from the cache, or by `get_api_json`.
 *
 * VPP builds its answer of some megabytes on its main thread with the workers stopped, so it is asked
 * once for each message table. Its answer is cached when its CRCs are right and it has been used.
 */

import { debug } from '../../debug.js';
import { type ApiJson, checkApiJsonSize, readApiJson } from '../codec/api-json.js';
import type { Schema } from '../codec/codec.js';
import { SchemaError } from '../errors.js';
import type { ConnectOptions } from '../types.js';
import { type DefinitionsCache, entryKey } from './definitions-cache.js';
import type { DefinitionsOrigin } from './definitions-origin.js';
import { type FoundSchema, type KnownDefinitions, knowsMost, type RunningVpp } from './found-schema.js';
import { KeptModel } from './kept-models.js';

/** Asks VPP for its definitions. */
export type Ask = () => Promise<string | Uint8Array>;

/** Time until VPP is asked again after an answer that cannot be used, milliseconds; doubled each time. */
const REFUSED_MS = 60_000;
const MAX_REFUSED_MS = 3_600_000;

/** Definitions that VPP gave, before one of its messages was used. */
interface Unused {
  readonly hash: string;
  readonly origin: DefinitionsOrigin;
  readonly json: Uint8Array;
  readonly schema: Schema;
}

export class VppDefinitions {
  /** Definitions that were found last. */
  private last: KnownDefinitions | undefined;
  /** The definitions that VPP gave last, until one of its messages is used. */
  private unused: Unused | undefined;
  private refused:
    | { readonly by: string; readonly until: number; readonly ms: number; readonly error: Error }
    | undefined;
  private reading: { readonly hash: string; readonly done: Promise<void>; end(): void } | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly cache: DefinitionsCache | undefined,
    private readonly log: NonNullable<ConnectOptions['log']>,
  ) {}

  /** Throws SCHEMA_INVALID, or what `ask` throws. */
  async find(vpp: RunningVpp, ask: Ask): Promise<KnownDefinitions> {
    const { last } = this;
    const { hash, origin } = vpp;
    if (last?.hash === hash && last.by !== 'files' && last.by?.key === origin?.key) return last;
    const by = `${hash} ${origin?.instance}`;
    if (this.refused?.by === by && performance.now() < this.refused.until) throw this.refused.error;
    try {
      const found = (await this.fromCache(vpp)) ?? (await this.fromVpp(vpp, ask));
      this.last = { hash, found, by: origin };
      return this.last;
    } catch (error) {
      if (error instanceof SchemaError) this.refuse(by, error);
      throw error;
    }
  }

  /** Notes that a message of the definitions was answered, so that they are kept in the cache. */
  used(): void {
    const { unused, cache } = this;
    this.unused = undefined;
    if (unused && cache) this.writing = keep(cache, unused);
  }

  /** Resolves when nothing is being written. */
  settled(): Promise<void> {
    return this.writing;
  }

  /** Resolves when the definitions for that table have been read, if they are being read; never waits for VPP. */
  doneReading(hash: string): Promise<void> | undefined {
    return this.reading?.hash === hash ? this.reading.done : undefined;
  }

  /** Notes that what was being read is there, or failed. */
  endReading(): void {
    this.reading?.end();
  }

  private async fromCache({ hash, table, origin }: RunningVpp): Promise<FoundSchema | undefined> {
    if (origin === undefined || this.cache === undefined) return undefined;
    const model = keptModelOf(hash, origin);
    const made = await model?.read();
    if (made && knowsMost(made, table)) return { schema: made, source: `cache of table ${hash.slice(0, 12)}` };
    const kept = await this.cache.read(hash, origin);
    if (kept === undefined) return undefined;
    try {
      const { schema } = await this.read(kept.json, { hash, table }, true);
      if (knowsMost(schema, table)) {
        if (model) this.writing = model.write(schema);
        return { schema, source: `cache ${kept.file}` };
      }
    } catch (error) {
      const text = `the cached definitions ${kept.file} cannot be used and are fetched again: ${(error as Error).message}`;
      this.log('warn', text);
    }
    return undefined;
  }

  private async fromVpp({ hash, table, origin }: RunningVpp, ask: Ask): Promise<FoundSchema> {
    const answer = await ask();
    checkApiJsonSize(answer.length);
    const json = typeof answer === 'string' ? Buffer.from(answer) : answer;
    const { schema, unproven } = await this.read(json, { hash, table });
    if (unproven.length > 0) this.log('warn', doubts(unproven));
    else if (origin) this.unused = { hash, origin, json, schema };
    return { schema, source: 'VPP itself (get_api_json)', unproven };
  }

  private read(
    json: Uint8Array,
    { hash, table }: Pick<RunningVpp, 'hash' | 'table'>,
    proven = false,
  ): Promise<ApiJson> {
    let end = () => {};
    const done = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.reading = { hash, done, end };
    return readApiJson(json, table, proven);
  }

  /** Remembers a useless answer: the same VPP would give it again, in megabytes, for which it stops its workers. */
  private refuse(by: string, error: Error): void {
    const ms = this.refused?.by === by ? Math.min(MAX_REFUSED_MS, this.refused.ms * 2) : REFUSED_MS;
    this.refused = { by, error, ms, until: performance.now() + ms };
    debug.schema?.(`VPP is not asked again for ${ms / 1000} s, since its answer cannot be used: ${error.message}`);
  }
}

async function keep(cache: DefinitionsCache, { hash, origin, json, schema }: Unused): Promise<void> {
  await Promise.all([cache.write(hash, origin, json), keptModelOf(hash, origin)?.write(schema)]);
}

const keptModelOf = (hash: string, origin: DefinitionsOrigin) => KeptModel.of(entryKey(hash, origin), origin.key);

function doubts(unproven: readonly string[]): string {
  const some = `${unproven.slice(0, 3).join(', ')}${unproven.length > 3 ? ', …' : ''}`;
  return (
    `VPP's own definitions of ${unproven.length} messages (${some}) do not have the CRC that they claim: ` +
    'they are used for this VPP only and not cached; `vppmux compat` shows what differs from its packages'
  );
}
