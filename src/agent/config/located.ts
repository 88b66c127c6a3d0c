/** A YAML file whose values know their line and column. */

import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { ConfigProblem } from './read.js';

export class Located {
  readonly #lines = new LineCounter();
  readonly #contents: unknown;
  /** What makes the text no YAML mapping: syntax, doubled keys, a list at the top. */
  readonly problems: readonly ConfigProblem[];
  /** The file's keys and values; empty for an empty file. */
  readonly value: Readonly<Record<string, unknown>>;

  constructor(
    readonly file: string,
    text: string,
  ) {
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    this.#contents = document.contents;
    const problems = document.errors.map((error) =>
      this.#at(error.pos[0], error.code === 'DUPLICATE_KEY' ? 'this key is there twice' : error.message),
    );
    const empty = document.contents === null || (isScalar(document.contents) && document.contents.value === null);
    if (problems.length === 0 && !empty && !isMap(document.contents)) {
      problems.push(this.#at(0, 'the file must hold "key: value" lines'));
    }
    this.problems = problems;
    this.value = problems.length === 0 ? toRecord(document.toJS()) : {};
  }

  /** A problem at the key or the value that `path` leads to; at the nearest that exists when the file has no such place. */
  problem(path: readonly PropertyKey[], message: string, at: 'key' | 'value'): ConfigProblem {
    let node = this.#contents;
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    for (const [i, step] of path.entries()) {
      if (isMap(node)) {
        const pair = node.items.find((item) => keyText(item.key) === String(step));
        if (!pair) break;
        const wanted = i === path.length - 1 && at === 'key' ? pair.key : (pair.value ?? pair.key);
        if (isNode(wanted)) offset = wanted.range?.[0] ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        if (isNode(node)) offset = node.range?.[0] ?? offset;
      } else break;
    }
    return this.#at(offset, message);
  }

  #at(offset: number, message: string): ConfigProblem {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col), message };
  }
}

const keyText = (key: unknown) => String(isScalar(key) ? key.value : key);

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
