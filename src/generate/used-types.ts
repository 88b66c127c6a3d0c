/** The types that declarations need: their names, the files they stand in, and whether they are read, written, or both. */

import type { ApiFileFacts, ApiModel, EnumType, StructType, Type, UnionType } from '../mux/schema/model.js';
import type { Naming } from './naming.js';

/** Types that get a declaration of their own. */
export type NamedType = EnumType | StructType | UnionType;

/** `read`: as VPP sends it; `written`: as it may be given. */
export type Direction = 'read' | 'written';

export interface UsedType {
  readonly type: NamedType;
  readonly name: string;
  readonly file: string;
  readonly directions: Set<Direction>;
}

export class UsedTypes {
  private readonly used = new Map<NamedType, UsedType>();
  private readonly homes: ReadonlyMap<string, string>;
  private readonly waiting: (readonly [UsedType, Direction])[] = [];

  constructor(
    private readonly model: ApiModel,
    private readonly naming: Naming,
  ) {
    this.homes = homesOf(model);
  }

  /** The declaration of `type` that is to be used; `file`: the one that uses it. */
  use(type: NamedType, direction: Direction, file: string): UsedType {
    let found = this.used.get(type);
    if (found === undefined) {
      const isFirst = this.model.types.get(type.name) === (type as Type);
      const home = (isFirst ? this.homes.get(type.name) : undefined) ?? file;
      const name = this.naming.take(type.name, ['Input', 'Values']);
      found = { type, name, file: home, directions: new Set() };
      this.used.set(type, found);
    }
    if (!found.directions.has(direction)) {
      found.directions.add(direction);
      this.waiting.push([found, direction]);
    }
    return found;
  }

  /** The next that is not declared yet: declaring one may need others. */
  next(): readonly [UsedType, Direction] | undefined {
    return this.waiting.shift();
  }

  /** All of them, by name. */
  get all(): UsedType[] {
    return [...this.used.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/**
 * Type → the file that it comes from. Every file that imports it holds it as well, with all else of the file it comes
 * from: that one has no messages, where types are shared, or else the fewest types.
 */
function homesOf({ files, messages }: ApiModel): ReadonlyMap<string, string> {
  const withMessages = new Set([...messages.values()].map(({ file }) => file));
  const rank = ({ name, types }: ApiFileFacts) => new Set(types).size + (withMessages.has(name) ? MAX_TYPES : 0);
  const homes = new Map<string, string>();
  for (const file of [...files].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))) {
    for (const type of file.types) if (!homes.has(type)) homes.set(type, file.name);
  }
  return homes;
}

/** More types than a file has. */
const MAX_TYPES = 1e6;
