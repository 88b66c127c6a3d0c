/** Everything that VPP has, of all kinds, at one moment. */

import { type ErrorCode, RetvalError, VppmuxError } from '../../mux/index.js';
import { Slices } from '../../slices.js';
import { reasonOf } from '../../thrown.js';
import { type Found, type Kind, keyOf, type Wanted } from '../kinds/kind.js';
import type { VppSnapshot } from '../kinds/snapshot.js';
import type { Whole } from './operation.js';

export interface FoundObject extends Found {
  readonly kind: Kind;
  readonly key: string;
}

/** Lists what wishes ask of a kind. */
export type Asked = (kind: Kind) => readonly Wanted[];

export class Inventory {
  readonly objects = new Map<string, FoundObject>();
  /** Numbers of objects, by their keys; those of all interfaces as `interface/NAME`. */
  readonly indexes = new Map<string, number>();
  /** Tags of interfaces that have one, by `interface/NAME`. */
  readonly tags = new Map<string, string>();
  /** Objects that are an interface, by `interface/NAME`. */
  private readonly families = new Map<string, FoundObject>();
  /** Kinds that cannot be read, with the reason: the running VPP does not have them, or refuses. Their objects stay as they are. */
  readonly unread = new Map<Kind, string>();

  /** Reads the kinds. Rejects where the connection fails, or VPP does not answer. */
  static async read(snapshot: VppSnapshot, kinds: readonly Kind[], asked?: Asked): Promise<Inventory> {
    const inventory = new Inventory();
    for (const [index, { interface_name: name, tag }] of snapshot.interfaces) {
      inventory.indexes.set(`interface/${name}`, index);
      if (tag !== '') inventory.tags.set(`interface/${name}`, tag);
    }
    await inventory.add(snapshot, kinds, asked);
    return inventory;
  }

  /** Reads further kinds. */
  async add(snapshot: VppSnapshot, kinds: readonly Kind[], asked: Asked = () => []): Promise<void> {
    await Promise.all(kinds.map((kind) => this.addKind(snapshot, kind, asked)));
  }

  /** The object of a key; of `interface/NAME` the one that is the interface, undefined for a card. */
  get(key: string): FoundObject | undefined {
    return this.objects.get(key) ?? this.families.get(key);
  }

  /** Whether something of this key is there: an object, or an interface of whatever kind. */
  has(key: string): boolean {
    return this.objects.has(key) || this.indexes.has(key);
  }

  private async addKind(snapshot: VppSnapshot, kind: Kind, asked: Asked): Promise<void> {
    const lacking = kind.messages.find((name) => !snapshot.has(name));
    if (lacking !== undefined) {
      this.unread.set(kind, `the running VPP has no ${lacking}: its plugin is not loaded, or its release is older`);
      return;
    }
    const slices = new Slices();
    for (const { name, value, index, tag, comesWith, isUsual } of await this.read(snapshot, kind, asked)) {
      const key = keyOf(kind, name);
      const object: Whole<FoundObject> = { name, value, index, tag, comesWith, isUsual, kind, key };
      this.objects.set(key, object);
      if (kind.family !== undefined) this.families.set(`${kind.family}/${name}`, object);
      if (index !== undefined) this.indexes.set(key, index);
      if (slices.isOver) await slices.next();
    }
  }

  private async read(snapshot: VppSnapshot, kind: Kind, asked: Asked): Promise<readonly Found[]> {
    try {
      return await kind.read(snapshot, kind.read.length > 1 ? asked(kind) : []);
    } catch (error) {
      if (isOfConnection(error)) throw error;
      const isRefusal = error instanceof RetvalError;
      this.unread.set(kind, `${isRefusal ? 'VPP refuses to list it' : 'it cannot be read'}: ${reasonOf(error)}`);
      return [];
    }
  }
}

/** Failures that say nothing about the kind: VPP was not there, did not answer, or could not be asked just now. */
const OF_CONNECTION: ReadonlySet<ErrorCode> = new Set([
  ...(['NOT_CONNECTED', 'CONNECTION_LOST', 'CLOSED', 'GAVE_UP', 'REPLY_TIMEOUT', 'ABORTED', 'CHANNEL_CLOSED'] as const),
  ...(['BACKLOG_FULL', 'RATE_LIMITED', 'DUMP_INCOMPLETE', 'REPLY_OVERFLOW', 'FRAME_TOO_LARGE', 'PROTOCOL'] as const),
]);

function isOfConnection(error: unknown): boolean {
  return error instanceof VppmuxError && OF_CONNECTION.has(error.code);
}

/** Keys by which others may need an object. */
export function keysOf({ kind, key, name }: Pick<FoundObject, 'kind' | 'key' | 'name'>): readonly string[] {
  return kind.family === undefined ? [key] : [key, `${kind.family}/${name}`];
}
