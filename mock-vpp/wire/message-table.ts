/**
 * Message ids, and the table in the reply of a handshake.
 *
 * As in VPP, memclnt's messages have ids 1, 2, 3, … (so sockclnt_create is 15), and each other API file gets
 * the next free range when it is loaded. Which file comes when is luck: `renumbering` n gives another
 * order and leaves gaps, as a restart with other plugins would; the first gap is so long that no message keeps its id.
 */
import type { MessageDef, Schema } from '../../src/mux/internal.js';

export const SOCKCLNT_CREATE = 15;
export const SOCKCLNT_CREATE_REPLY = 16;

/** Bytes of one entry: id, then the name NUL-padded. */
const ENTRY_BYTES = 66;
const NAME_BYTES = 64;
/** id, client_index, context, response, index, count. */
const ENTRIES_AT = 20;

/** Renumberings until the gaps are the first again: all ids have to fit in 16 bits. */
const RENUMBERINGS = 8;

export interface IdRange {
  /** `interface` for interface.api.json. */
  readonly module: string;
  readonly first: number;
}

export class MessageTable {
  readonly idOf: ReadonlyMap<string, number>;
  readonly nameOf: ReadonlyMap<number, string>;
  readonly ranges: readonly IdRange[];
  private readonly defs: readonly MessageDef[];

  constructor(schema: Schema, renumbering = 0) {
    const files = new Map<string, MessageDef[]>();
    for (const def of schema.model.messages.values()) {
      const module = moduleOf(def);
      files.set(module, [...(files.get(module) ?? []), def]);
    }
    const ids = new Map<string, number>();
    const ranges: IdRange[] = [];
    const ordered: MessageDef[] = [];
    let next = 1;
    const firstGap = (renumbering % RENUMBERINGS) * schema.model.messages.size;
    for (const module of loadOrder([...files.keys()], renumbering)) {
      ranges.push({ module, first: next });
      for (const def of files.get(module)!) {
        ids.set(def.name, next++);
        ordered.push(def);
      }
      next += module === 'memclnt' ? firstGap : 5 * (renumbering % RENUMBERINGS);
    }
    this.idOf = ids;
    this.nameOf = new Map([...ids].map(([name, id]) => [id, name]));
    this.ranges = ranges;
    this.defs = inHashOrder(ordered);
  }

  /**
   * Body of a sockclnt_create_reply, written by hand: the very first thing a client reads is not to depend
   * on the codec under test. `crcOf` may lie about a CRC.
   */
  handshakeReply(context: number, registration: number, crcOf = (def: MessageDef): string => def.crc): Buffer {
    const body = Buffer.alloc(ENTRIES_AT + ENTRY_BYTES * this.defs.length);
    body.writeUInt16BE(SOCKCLNT_CREATE_REPLY, 0);
    body.writeUInt32BE(context, 6);
    body.writeUInt32BE(registration, 14);
    body.writeUInt16BE(this.defs.length, 18);
    this.defs.forEach((def, i) => {
      const at = ENTRIES_AT + ENTRY_BYTES * i;
      body.writeUInt16BE(this.idOf.get(def.name)!, at);
      // Longer names are cut, so that a NUL always ends them.
      body.write(`${def.name}_${crcOf(def)}`.slice(0, NAME_BYTES - 1), at + 2, 'latin1');
    });
    return body;
  }
}

export function moduleOf(def: MessageDef): string {
  return def.file.replace(/^.*[\\/]/, '').replace(/\.api\.json$/, '');
}

function loadOrder(modules: string[], renumbering: number): string[] {
  const plugins = modules.filter((module) => module !== 'memclnt').sort();
  const turn = plugins.length === 0 ? 0 : renumbering % plugins.length;
  return ['memclnt', ...plugins.slice(turn), ...plugins.slice(0, turn)].filter((module) => modules.includes(module));
}

/** Orders the entries as VPP's hash would: no client may rely on any order. */
function inHashOrder(defs: readonly MessageDef[]): MessageDef[] {
  const hash = (def: MessageDef) =>
    Math.imul(Number.parseInt(def.crc, 16) ^ (def.name.length * 0x9e3779b1), 0x85ebca6b) >>> 0;
  return [...defs].sort((a, b) => hash(a) - hash(b) || (a.name < b.name ? -1 : 1));
}
