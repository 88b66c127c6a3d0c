/** The directory of definitions: one that the user named, or the installed one. It is read once, and again when VPP was upgraded. */

import { resolve } from 'node:path';
import type { Schema } from '../codec/codec.js';
import { loadSchema } from '../codec/load.js';
import type { MessageTable } from '../session/message-table.js';
import { stampOf } from './directory-stamp.js';
import { agrees, type FoundSchema } from './found-schema.js';
import { KeptModel } from './kept-models.js';

const INSTALLED = '/usr/share/vpp/api';

export class DefinitionsDirectory {
  private found: Promise<FoundSchema | undefined> | undefined;
  /** Hash of the table that the directory was last compared with. */
  private comparedWith: string | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    /** Directory that the user named: used even where it disagrees with the (primary) VPP; each message that differs then says so. */
    readonly named: string | undefined,
    private readonly installed: string = INSTALLED,
  ) {}

  /** Reads again a directory that does not fit this VPP, once: both may have been upgraded together. */
  async readFor(hash: string, table: MessageTable): Promise<FoundSchema | undefined> {
    const found = await this.read();
    const before = this.comparedWith;
    this.comparedWith = hash;
    if (before === undefined || before === hash || (found && agrees(found.schema, table))) return found;
    this.found = undefined;
    return this.read();
  }

  /** Rejects with SCHEMA_NOT_FOUND or SCHEMA_INVALID for a named directory; undefined without an installed one. */
  read(): Promise<FoundSchema | undefined> {
    this.found ??= this.load().catch((error) => {
      this.found = undefined; // read again at the next attempt: somebody may have mended it
      throw error;
    });
    return this.found;
  }

  /** Resolves when nothing is being written. */
  settled(): Promise<void> {
    return this.writing;
  }

  private async load(): Promise<FoundSchema | undefined> {
    const { named } = this;
    if (named !== undefined) return { schema: await this.loadFrom(named), source: `directory ${named}` };
    try {
      return { schema: await this.loadFrom(this.installed), source: `directory ${this.installed}` };
    } catch {
      return undefined; // no VPP installed here, or not readable: VPP itself knows best
    }
  }

  /** The model that was made of the directory before, if no file of it has changed; else its definitions. */
  private async loadFrom(dir: string): Promise<Schema> {
    const kept = keptModelOf(dir);
    const known = await kept?.read();
    if (known) return known;
    const schema = await loadSchema(dir);
    if (kept) this.writing = kept.write(schema);
    return schema;
  }
}

function keptModelOf(dir: string): KeptModel | undefined {
  try {
    return KeptModel.of(resolve(dir), stampOf(dir));
  } catch {
    return undefined; // loading it says why
  }
}
