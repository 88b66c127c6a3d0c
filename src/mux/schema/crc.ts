/**
 * CRCs of messages, computed anew from their definitions as vppapigen does: the CRC-32 of a message's fields, written
 * as Python prints a list, and on from there that of each type of a field, depth first. Of an alias it counts only
 * that it is one, of an enum only its values; services, comments, limits and defaults do not count at all.
 *
 * A CRC shows that a definition was not mixed up with another one. It shows nothing against somebody who makes up
 * names until the CRC fits: what a definition is trusted with is decided by who gave it (`definitions-cache.ts`).
 */

import { crc32 } from 'node:zlib';
import type { AliasEntry, EnumEntry, StructEntry, TypeEntry } from './api-file.js';
import { MAX_DEPTH } from './limits.js';
import { typeNameOf } from './names.js';

/** The definitions of a file; its types are looked for in it alone, as it holds what it imports. */
export interface Definitions {
  readonly types: readonly TypeEntry[];
  readonly messages: readonly StructEntry[];
}

/** Bytes that are hashed for one file before the rest of it counts as unproven; real files need below a third. */
const MAX_WORK = 1 << 23;
/** The most values at the end of an enum that were added later; VPP's have up to 4. */
const MAX_LATER = 6;
/** The most enums of one message that have such values and are not known yet. */
const MAX_ENUMS = 2;

/** Aliases that are the same in all releases. Their types are not part of any CRC. */
const ALIASES: Readonly<Record<string, { readonly type: string; readonly length?: number }>> = {
  interface_index: { type: 'u32' },
  ip4_address: { type: 'u8', length: 4 },
  ip6_address: { type: 'u8', length: 16 },
  mac_address: { type: 'u8', length: 6 },
  timestamp: { type: 'f64' },
  timedelta: { type: 'f64' },
};

/**
 * Compares definitions with the CRCs that they claim, file after file. Values that a release added to an enum
 * (`backwards_compatible`) are not part of the CRC, and the JSON does not say which those are: they are found by
 * trying, once for each enum.
 */
export class CrcCheck {
  /** Name and number of values of an enum → how many of its last values the CRC leaves out. */
  private readonly later = new Map<string, number>();

  /** The messages of `file` whose definition does not have the CRC that it claims. */
  unproven(file: Definitions): StructEntry[] {
    const sums = new Sums(file, this.later);
    return file.messages.filter((message) => !sums.prove(message));
  }
}

class Sums {
  private readonly types: ReadonlyMap<string, TypeEntry>;
  private readonly bytes = new Map<TypeEntry, Buffer>();
  private work = 0;

  constructor(
    file: Definitions,
    readonly later: Map<string, number>,
  ) {
    this.types = new Map(file.types.map((entry) => [entry.name, entry]));
  }

  prove(message: StructEntry): boolean {
    const wanted = Number.parseInt(message.crc ?? '', 16);
    const enums = new Set<EnumEntry>();
    // The id is put in front of the fields afterwards.
    const fields = message.fields.filter(({ name }) => name !== '_vl_msg_id');
    const own = this.hash(bytesOf(fields), 0);
    const matches = () => this.fold(fields, own, enums) === wanted;
    if (matches()) return true;
    const unknown = [...enums].filter((entry) => !this.later.has(keyOf(entry)));
    for (let count = 1; count <= MAX_ENUMS; count++) if (this.tryWithout(unknown, count, matches)) return true;
    return false;
  }

  /** Leaves the last values of `count` of the enums out, in all ways; those of the first that fits stay left out. */
  private tryWithout(enums: readonly EnumEntry[], count: number, matches: () => boolean): boolean {
    if (count === 0) return matches();
    for (const [i, entry] of enums.entries()) {
      const most = Math.min(MAX_LATER, entry.values.size - 1);
      for (let later = 1; later <= most && this.work < MAX_WORK; later++) {
        this.leaveOut(entry, later);
        if (this.tryWithout(enums.slice(i + 1), count - 1, matches)) return true;
      }
      this.leaveOut(entry, 0);
    }
    return false;
  }

  private leaveOut(entry: EnumEntry, later: number): void {
    if (later === 0) this.later.delete(keyOf(entry));
    else this.later.set(keyOf(entry), later);
    this.bytes.delete(entry);
  }

  /** NaN, which is no CRC, where it would take too long (types in a circle) or an alias is not what it always is. */
  private fold(fields: StructEntry['fields'], start: number, enums: Set<EnumEntry>, depth = 0): number {
    let crc = start;
    for (const { type } of fields) {
      const entry = this.types.get(typeNameOf(type) ?? '');
      if (entry === undefined) continue;
      if (this.work > MAX_WORK || depth > MAX_DEPTH) return Number.NaN;
      if (entry.section === 'aliases' && !isUsual(entry)) return Number.NaN;
      crc = this.hash(this.bytesOf(entry), crc);
      if ('values' in entry) enums.add(entry);
      else if ('fields' in entry) crc = this.fold(entry.fields, crc, enums, depth + 1);
      if (Number.isNaN(crc)) return crc;
    }
    return crc;
  }

  private hash(bytes: Buffer, crc: number): number {
    this.work += bytes.length;
    return crc32(bytes, crc);
  }

  private bytesOf(entry: TypeEntry): Buffer {
    let bytes = this.bytes.get(entry);
    if (bytes === undefined) {
      bytes = 'fields' in entry ? bytesOf(entry.fields) : Buffer.from('values' in entry ? this.enumText(entry) : '[]');
      this.bytes.set(entry, bytes);
    }
    return bytes;
  }

  private enumText(entry: EnumEntry): string {
    const values = [...entry.values].slice(0, entry.values.size - (this.later.get(keyOf(entry)) ?? 0));
    return `[${values.map(([name, value]) => `['${name}', ${value}]`).join(', ')}]`;
  }
}

const keyOf = ({ name, values }: EnumEntry) => `${name} ${values.size}`;

function isUsual({ name, type, length }: AliasEntry): boolean {
  const usual = Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
  return usual === undefined || (usual.type === type && usual.length === length);
}

/** `[['u32', 'context'], ['u8', 'data', 0, 'length']]` */
function bytesOf(fields: StructEntry['fields']): Buffer {
  const texts = fields.map(({ type, name, length, count }) => {
    if (length === undefined) return `['${type}', '${name}']`;
    return `['${type}', '${name}', ${length}, ${count === undefined ? 'None' : `'${count}'`}]`;
  });
  return Buffer.from(`[${texts.join(', ')}]`);
}
