/** Reads a wish's text, with the line of every value. */

import {
  Composer,
  type CST,
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  type YAMLMap,
} from 'yaml';
import { reasonOf } from '../thrown.js';
import { type Problem, showPath } from './problem.js';

/** Characters of a text; 200,000 routes take ten million. */
export const MOST_CHARACTERS = 32 * 1024 * 1024;
/** Words and signs of a text, each of which takes memory; a text of many lines is one. Ten thousand interfaces take less than a million. */
const MOST_WORDS = 8 * 1024 * 1024;
/** Values inside of each other. */
const DEEPEST = 32;
/** Aliases that may be followed, so that a small text does not become a large one. */
const MOST_ALIASES = 100;

/** The key of what vppcfg's format cannot say: in the file itself, or in place of a second document's. */
export const OWN_KEY = 'x-vppmux';

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface ReadText {
  readonly value: unknown;
  /** The second document, which says what vppcfg's format cannot; undefined where there is none. Paths into it begin with `OWN_KEY`. */
  readonly extra: unknown;
  readonly problems: readonly (Problem & { readonly place?: Place })[];
  /** The line of the value that the path leads to, or of the nearest one around it. */
  placeOf(path: Problem['path']): Place;
}

/** A key that is there twice counts as its last value, as for vppcfg; `problems` does not have it, `repeated` does. */
export function readYaml(text: string): ReadText & { readonly repeated: readonly (Problem & { place: Place })[] } {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const failed = (message: string, offset = 0) => ({
    value: undefined,
    extra: undefined,
    repeated: [],
    problems: [{ path: [], message, place: placeAt(offset) }],
    placeOf: () => placeAt(offset),
  });
  if (text.length > MOST_CHARACTERS) return failed(`it has more than ${MOST_CHARACTERS} characters`);
  try {
    const tokens = tokensOf(text, lines);
    if (tokens === undefined) return failed(`it has more than ${MOST_WORDS} words and signs`);
    const deep = tooDeep(tokens);
    if (deep !== undefined) return failed(`is nested deeper than ${DEEPEST}`, deep);
    const documents = [...new Composer({ prettyErrors: false, uniqueKeys: false }).compose(tokens, true)];
    const [document, own, another] = documents;
    if (another !== undefined) return failed('a wish has two documents at most: no third "---"', another.range[0]);
    const [error] = documents.flatMap(({ errors }) => errors);
    if (error !== undefined) return failed(error.message, error.pos[0]);
    const repeated = documents.flatMap(repeatedKeys).map(({ path, offset }) => ({
      path,
      message: `${showPath(path)} is there twice; the last one counts`,
      place: placeAt(offset),
    }));
    const [value, extra] = documents.map((each): unknown => each.toJS({ maxAliasCount: MOST_ALIASES }));
    const placeOf = (path: Problem['path']) =>
      placeAt(own !== undefined && path[0] === OWN_KEY ? offsetOf(own, path.slice(1)) : offsetOf(document, path));
    return { value, extra, repeated, problems: [], placeOf };
  } catch (error) {
    return failed(`it cannot be read as YAML: ${reasonOf(error)}`);
  }
}

/** Undefined where there are too many. */
function tokensOf(text: string, lines: LineCounter): CST.Token[] | undefined {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  let words = 0;
  for (const word of new Lexer().lex(text)) {
    if (++words > MOST_WORDS) return undefined;
    for (const token of parser.next(word)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** Where the tokens are nested too deep: converting them is recursive, and runs out of stack. */
function tooDeep(tokens: readonly object[]): number | undefined {
  let level = tokens as readonly {
    readonly offset: number;
    readonly value?: object;
    readonly items?: readonly Item[];
  }[];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return level[0].offset;
    level = level.flatMap(({ value, items = [] }) =>
      [value, ...items.flatMap(({ key, value: inner }) => [key, inner])].filter(
        (each): each is (typeof level)[number] => typeof each === 'object' && each !== null,
      ),
    );
  }
  return undefined;
}

interface Item {
  readonly key?: object | null;
  readonly value?: object;
}

type Pairs = ReadonlyMap<string, YAMLMap['items'][number]>;

/** The pairs of each mapping by name; of a name that is there twice the last one. A wish may have a mistake in each of a million pairs. */
const pairsBefore = new WeakMap<YAMLMap, Pairs>();

function pairsOf(map: YAMLMap): Pairs {
  let pairs = pairsBefore.get(map);
  if (pairs === undefined) {
    pairs = new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])));
    pairsBefore.set(map, pairs);
  }
  return pairs;
}

/** Offset of a value in the text. */
function offsetOf({ contents }: Document.Parsed, path: Problem['path']): number {
  let node: unknown = contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = pairsOf(node).get(String(step));
      if (pair === undefined) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

function repeatedKeys({ contents }: Document.Parsed): { path: (string | number)[]; offset: number }[] {
  const found: { path: (string | number)[]; offset: number }[] = [];
  const look = (node: unknown, path: (string | number)[]): void => {
    if (isSeq(node)) for (const [at, item] of node.items.entries()) look(item, [...path, at]);
    if (!isMap(node)) return;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      if (seen.has(name)) found.push({ path: [...path, name], offset: isNode(key) ? (key.range?.[0] ?? 0) : 0 });
      seen.add(name);
      look(value, [...path, name]);
    }
  };
  look(contents, []);
  return found;
}
