/**
 * Plain data in pieces, for another thread: what arrives is made anew in one go there, which takes a large value too long. A large list or
 * mapping goes empty, and its entries follow.
 */

type Step = string | number;
type Container = Record<Step, unknown>;

export interface Piece {
  /** The way to the list or mapping that the entries belong to. */
  readonly at: readonly Step[];
  readonly entries: readonly (readonly [key: Step, value: unknown])[];
}

/** Values of a piece: some two milliseconds for who gets it. */
const MOST_VALUES = 4096;

/** The entries of `root`, and of all that is large in it. */
export function* pieces(root: object, most = MOST_VALUES): Generator<Piece> {
  yield* within(root, [], { most, sizes: new Map() });
}

/** Puts the entries of a piece in their place. Pieces come in their order. */
export function join(root: object, { at, entries }: Piece): void {
  const container = at.reduce<Container>((outer, step) => outer[step] as Container, root as Container);
  for (const [key, value] of entries) {
    if (key !== '__proto__') container[key] = value;
    else Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
  }
}

interface Rules {
  readonly most: number;
  /** Values in each list and mapping. */
  readonly sizes: Map<object, number>;
}

function* within(container: object, at: readonly Step[], rules: Rules): Generator<Piece> {
  let entries: [Step, unknown][] = [];
  let size = 0;
  for (const [key, value] of entriesOf(container)) {
    const its = sizeOf(value, rules);
    const isLarge = its > rules.most;
    entries.push([key, isLarge ? emptyOf(value as object) : value]);
    size += isLarge ? 1 : its;
    if (size < rules.most && !isLarge) continue;
    yield { at, entries };
    entries = [];
    size = 0;
    if (isLarge) yield* within(value as object, [...at, key], rules);
  }
  if (entries.length > 0) yield { at, entries };
}

function sizeOf(value: unknown, { sizes }: Rules): number {
  if (!isContainer(value)) return 1;
  const before = sizes.get(value);
  if (before !== undefined) return before;
  let size = 1;
  for (const [, inner] of entriesOf(value)) size += sizeOf(inner, { sizes, most: 0 });
  sizes.set(value, size);
  return size;
}

const isContainer = (value: unknown): value is object =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && isPlain(value));
const isPlain = (value: object) => [Object.prototype, null].includes(Object.getPrototypeOf(value));
const emptyOf = (container: object): object => (Array.isArray(container) ? [] : {});
const entriesOf = (container: object): Iterable<[Step, unknown]> =>
  Array.isArray(container) ? container.entries() : Object.entries(container);
