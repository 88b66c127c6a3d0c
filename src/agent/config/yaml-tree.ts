/**
 * Finds constructs that YAML allows and no configuration needs: aliases that lead nowhere, that contain themselves, or
 * that expand to millions of values; values nested without end; keys that are lists, or duplicates (the library's own
 * search for these takes minutes for a file of a megabyte). Looks at the parsed tree, before it is converted to values.
 */

import { type CST, type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';

/** Values that a file may expand to, aliases followed. */
export const MOST_VALUES = 100_000;
export const DEEPEST = 64;
/** Anchors and aliases that a file may have: the library searches all of them for each alias. */
export const MOST_ALIASES = 1000;

/** A problem, and the offset in the text where it begins. */
export interface TreeProblem {
  readonly offset: number;
  readonly message: string;
}

/**
 * The offset where the tokens of a text are nested too deep. Tokens are read without recursion; converting them to
 * values is recursive, and V8 ends the process when it runs out of stack within a regular expression.
 */
export function tooDeepAt(tokens: readonly CST.Token[]): number | undefined {
  let level = tokens;
  // Documents and pairs are no values, so that one level of tokens is one level of values.
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return level[0].offset;
    level = level.flatMap(tokensIn);
  }
  return undefined;
}

function tokensIn(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((part) => part !== undefined && part !== null));
}

export function treeProblems({ contents }: Pick<Document, 'contents'>): TreeProblem[] {
  const tree = new Tree();
  if (isNode(contents)) tree.measure(contents, 0);
  if (tree.problems.length === 0 && tree.named > MOST_ALIASES) {
    const message = `it has more than ${MOST_ALIASES} anchors and aliases; write out what is meant`;
    tree.problems.push({ offset: tree.firstAlias, message });
  }
  if (tree.problems.length === 0 && tree.tooMany) {
    const message =
      tree.named > 0
        ? `its aliases stand for more than ${MOST_VALUES} values; write out what is meant`
        : `it holds more than ${MOST_VALUES} values`;
    tree.problems.push({ offset: tree.firstAlias, message });
  }
  return tree.problems;
}

class Tree {
  readonly problems: TreeProblem[] = [];
  firstAlias = 0;
  /** Number of anchors and aliases so far. */
  named = 0;
  tooMany = false;
  /** Anchors up to here; in YAML the last one of a name counts. */
  private readonly anchors = new Map<string, Node>();
  /** Number of values that an anchored node stands for; undefined while it is being counted. */
  private readonly sizes = new Map<Node, number | undefined>();

  /** Counts the values that `node` stands for. */
  measure(node: Node, depth: number): number {
    if (depth > DEEPEST) return this.wrong(node, `is nested deeper than ${DEEPEST}`);
    if (isAlias(node)) return this.alias(node, node.source);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) {
      this.named++;
      this.anchors.set(anchor, node);
      this.sizes.set(node, undefined);
    }
    if (isMap(node)) this.keys(node);
    let size = 1;
    for (const part of partsOf(node)) size += this.measure(part, depth + 1);
    if (size > MOST_VALUES) this.tooMany = true;
    if (anchor !== undefined) this.sizes.set(node, size);
    return size;
  }

  private keys({ items }: YAMLMap): void {
    const seen = new Set<string>();
    for (const { key } of items) {
      if (!isNode(key)) continue;
      if (!isScalar(key)) this.wrong(key, 'a key must be a string');
      else if (seen.has(String(key.value))) this.wrong(key, 'this key is there twice');
      else seen.add(String(key.value));
    }
  }

  private alias(node: Node, name: string): number {
    this.named++;
    if (this.firstAlias === 0) this.firstAlias = offsetOf(node);
    const target = this.anchors.get(name);
    // Most likely a glob pattern without quotes.
    if (target === undefined) {
      return this.wrong(
        node,
        `*${name} is an alias to YAML, and there is no &${name}; a pattern is written in quotes: "*${name}"`,
      );
    }
    return this.sizes.get(target) ?? this.wrong(node, `*${name} stands for something that it is a part of`);
  }

  private wrong(node: Node, message: string): number {
    this.problems.push({ offset: offsetOf(node), message });
    return 1;
  }
}

function partsOf(node: Node): Node[] {
  if (isSeq(node)) return node.items.filter(isNode);
  if (isMap(node)) return node.items.flatMap(({ key, value }) => [key, value]).filter(isNode);
  return [];
}

const offsetOf = (node: Node) => node.range?.[0] ?? 0;
