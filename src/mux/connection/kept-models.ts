/**
 * Models that a program has made of definitions, kept on disk for its next start: reading and checking definitions takes a quarter of a
 * second, reading what was made of them a few milliseconds. Off unless the program switches it on, as the command line does.
 */

import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Schema } from '../codec/codec.js';
import { MessageSchema } from '../codec/message-schema.js';
import { packModel, unpackModel } from '../schema/packed-model.js';
import { newestFirst, readOwnFile, removeOldest, writeOwnFile } from './own-file.js';

/** Names of the files. */
const IS_MODEL = /\.model$/;
/** No VPP's becomes a tenth of it. */
const MOST = 64 << 20;
/** Models that are kept, of a megabyte each. */
const KEPT = 16;
/** Longest name of a file. */
const MOST_NAME = 255;

interface Place {
  readonly folder: string;
  /** Text that is another for each version of this program. */
  readonly version: string;
}

let place: Place | undefined;

/** Keeps models in `folder` from now on, for this process; undefined: keeps none any more. */
export function keepModels(folder: string | undefined, version: string): void {
  place = folder === undefined ? undefined : { folder, version };
}

/** Begins the file: what is behind it is of this version, of these definitions, and undamaged. */
interface Head {
  readonly version: string;
  readonly stamp: string;
  /** SHA-256 of what is behind the head. */
  readonly digest: string;
}

/** The model of one set of definitions. */
export class KeptModel {
  private constructor(
    private readonly file: string,
    private readonly version: string,
    private readonly stamp: string,
  ) {}

  /** `key`: which definitions; `stamp`: a text that is another when they change. Undefined where nothing is kept. */
  static of(key: string, stamp: string): KeptModel | undefined {
    const name = `${Buffer.from(key).toString('base64url')}.model`;
    if (place === undefined || name.length > MOST_NAME) return undefined;
    return new KeptModel(join(place.folder, name), place.version, stamp);
  }

  read(): Promise<Schema | undefined> {
    return schemaIn(this.file, ({ version, stamp }) => version === this.version && stamp === this.stamp);
  }

  /** Never rejects. */
  async write({ model }: Schema): Promise<void> {
    const packed = packModel(model);
    if (packed === undefined) return;
    const head: Head = { version: this.version, stamp: this.stamp, digest: digestOf(packed) };
    try {
      await writeOwnFile(this.file, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), packed]));
      await removeOldest(dirname(this.file), IS_MODEL, KEPT);
    } catch {
      // Made anew next time.
    }
  }
}

/** The model that this version of the program has kept or read last; undefined where there is none. */
export async function newestModel(): Promise<Schema | undefined> {
  if (place === undefined) return undefined;
  const { folder, version } = place;
  for (const name of await newestFirst(folder, IS_MODEL)) {
    const schema = await schemaIn(join(folder, name), (head) => head.version === version);
    if (schema) return schema;
  }
  return undefined;
}

/** Undefined where the file is none, damaged, or not what `fits` asks for. */
async function schemaIn(file: string, fits: (head: Head) => boolean): Promise<Schema | undefined> {
  const bytes = await readOwnFile(file, MOST);
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf('\n');
  try {
    const head = JSON.parse(bytes.toString('utf8', 0, end)) as Head;
    const packed = bytes.subarray(end + 1);
    if (!fits(head) || head.digest !== digestOf(packed)) return undefined;
    const model = unpackModel(packed);
    return model && new MessageSchema(model);
  } catch {
    return undefined;
  }
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url');
