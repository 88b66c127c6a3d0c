/** A YAML file with the line and column of every value. */

import {
  Composer,
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  Parser,
  type YAMLMap,
} from 'yaml';
import { isSecretKey } from '../../secret-key.js';
import { reasonOf } from '../errors.js';
import type { ConfigProblem } from './config-error.js';
import { DEEPEST, tooDeepAt, treeProblems } from './yaml-tree.js';

export class Located {
  private readonly lines = new LineCounter();
  private readonly contents: unknown;
  private readonly pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  /** Reasons why the file is no valid YAML mapping: syntax, duplicate keys, a list at the top. */
  readonly problems: readonly ConfigProblem[];
  /** The file's keys and values; empty for an empty file. */
  readonly value: Readonly<Record<string, unknown>>;

  constructor(
    readonly file: string,
    text: string,
  ) {
    const { contents, value, problems } = this.read(text);
    this.contents = contents;
    this.value = value;
    this.problems = problems.slice(0, MOST_PROBLEMS);
  }

  /** Turns an error of the library into a problem of the file, since files are read while the agent runs. */
  private read(text: string) {
    try {
      const tokens = [...new Parser(this.lines.addNewLine).parse(text)];
      const tooDeep = tooDeepAt(tokens);
      if (tooDeep !== undefined) return nothing([this.at(tooDeep, `is nested deeper than ${DEEPEST}`)]);
      // Duplicate keys are looked for below; the library needs time that grows with the square of the file.
      const documents = new Composer({ prettyErrors: false, uniqueKeys: false }).compose(tokens, true, text.length);
      const [document, another] = documents;
      if (another) return nothing([this.at(another.range[0], 'a configuration is one document: no second "---"')]);
      const problems = this.problemsOf(document, text);
      const value = problems.length === 0 ? toRecord(document.toJS({ maxAliasCount: -1 })) : {};
      return { contents: document.contents as unknown, value, problems };
    } catch (error) {
      return {
        contents: undefined,
        value: {},
        problems: [this.at(0, `it cannot be read as YAML: ${reasonOf(error)}`)],
      };
    }
  }

  private problemsOf(document: Document.Parsed, text: string): ConfigProblem[] {
    const { contents, errors } = document;
    if (errors.length > 0) {
      return errors.map(({ pos, code, message }) => this.at(pos[0], safe(inOurWords(code) ?? message, text, pos[0])));
    }
    const found = treeProblems(document).map(({ offset, message }) => this.at(offset, safe(message, text, offset)));
    const empty = contents === null || (isScalar(contents) && contents.value === null);
    if (found.length > 0 || empty || isMap(contents)) return found;
    return [this.at(0, 'the file must hold "key: value" lines')];
  }

  /** A problem at the key or the value that `path` leads to, or at the nearest place that exists. */
  problem(path: readonly PropertyKey[], message: string, at: 'key' | 'value'): ConfigProblem {
    let node = this.contents;
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    for (const [i, step] of path.entries()) {
      if (isMap(node)) {
        const pair = this.pairsOf(node).get(String(step));
        if (!pair) break;
        const wanted = i === path.length - 1 && at === 'key' ? pair.key : (pair.value ?? pair.key);
        if (isNode(wanted)) offset = wanted.range?.[0] ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        if (isNode(node)) offset = node.range?.[0] ?? offset;
      } else break;
    }
    return this.at(offset, message);
  }

  /** Pairs of a mapping by key. Cached, because every part of a configuration is looked up. */
  private pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    let pairs = this.pairs.get(map);
    if (pairs === undefined) {
      pairs = new Map(map.items.map((pair) => [keyText(pair.key), pair]));
      this.pairs.set(map, pairs);
    }
    return pairs;
  }

  private at(offset: number, message: string): ConfigProblem {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col), message };
  }
}

const nothing = (problems: ConfigProblem[]) => ({ contents: undefined, value: {}, problems });

/** Problems shown of one file. */
const MOST_PROBLEMS = 20;

/** The message, unless it may repeat a secret: the key of the line at `offset` sounds like one. */
function safe(message: string, text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const key = line.slice(0, LONGEST_LINE).split(':', 1)[0];
  return isSecretKey(key)
    ? 'what stands here is no valid YAML (it is not repeated: it may be a secret); write it in quotes'
    : message;
}

const LONGEST_LINE = 1000;

function inOurWords(code: string): string | undefined {
  return code === 'BAD_ALIAS'
    ? 'what begins with * is an alias to YAML; a pattern is written in quotes: "*"'
    : undefined;
}

const keyText = (key: unknown) => String(isScalar(key) ? key.value : key);

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
