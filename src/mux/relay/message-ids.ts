/**
 * Message ids as the clients of an API socket know them. A client takes the table once, when it connects, and some keep it over
 * their next connection: so a name with its CRC has one id for as long as the mux lives, and what another run of VPP gives it
 * is translated by two tables. With the first VPP both are the same.
 *
 * Ids of memclnt.api are compiled into C clients, and are never translated.
 */

import type { WireEntry } from '../session/message-table.js';

/** Ids on the wire have 16 bits. */
const IDS = 65_536;

export interface IdTable {
  /** VPP's id by a client's, -1 for none. */
  readonly toVpp: Int32Array;
  /** A client's id by VPP's, -1 for none. */
  readonly toClient: Int32Array;
  /** The table for the handshake, in VPP's order. */
  readonly entries: readonly WireEntry[];
}

export class MessageIds {
  /** Id by the text of the wire: name and CRC, with a number behind it where VPP has several of one text. */
  private readonly ids = new Map<string, number>();
  private readonly taken = new Map<number, string>();
  private last = 0;

  /** Makes the tables for a VPP with these entries. `isFixed`: the id is part of the protocol. */
  tableOf(vpp: readonly WireEntry[], isFixed: (name: string) => boolean): IdTable {
    const toVpp = new Int32Array(IDS).fill(-1);
    const toClient = new Int32Array(IDS).fill(-1);
    const entries: WireEntry[] = [];
    const seen = new Map<string, number>();
    // The ids of the protocol first: whoever had one of those loses it.
    const inOrder = [...vpp].sort((a, b) => Number(isFixed(b.name)) - Number(isFixed(a.name)));
    const given = new Map<WireEntry, number>();
    for (const entry of inOrder) {
      const times = (seen.get(entry.name) ?? 0) + 1;
      seen.set(entry.name, times);
      const text = times === 1 ? entry.name : `${entry.name} ${times}`;
      given.set(entry, isFixed(entry.name) ? this.claim(text, entry.index) : this.idOf(text, entry.index));
    }
    for (const entry of vpp) {
      const id = given.get(entry) ?? -1;
      if (id < 0) continue; // no id is left: the client is not told of it
      toVpp[id] = entry.index;
      toClient[entry.index] = id;
      entries.push({ index: id, name: entry.name });
    }
    return { toVpp, toClient, entries };
  }

  private claim(text: string, id: number): number {
    const holder = this.taken.get(id);
    if (holder !== undefined && holder !== text) this.ids.delete(holder);
    this.note(text, id);
    return id;
  }

  private idOf(text: string, wanted: number): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    const id = this.taken.has(wanted) ? this.last + 1 : wanted;
    if (id >= IDS) return -1;
    this.note(text, id);
    return id;
  }

  private note(text: string, id: number): void {
    this.ids.set(text, id);
    this.taken.set(id, text);
    this.last = Math.max(this.last, id);
  }
}
