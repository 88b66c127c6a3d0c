/** Source of a function that puts text at `o` of `out`: constant text is gathered, and what is between it are statements. */

import { num } from '../codec/source.js';

/** Constant text up to this long is stored byte by byte. */
const INLINE_BYTES = 3;

export class JsonSource {
  /** The most bytes that the function's text takes. */
  bound = 0;
  private readonly lines: string[] = [];
  private pending = '';

  /** `literals`: constants of the source by their text, shared by all functions. */
  constructor(private readonly literals: Map<string, string>) {}

  text(constant: string): void {
    this.pending += constant;
    this.bound += constant.length;
  }

  /** A statement that puts at most `bound` bytes there. */
  code(statement: string, bound = 0): void {
    this.flush();
    this.lines.push(statement);
    this.bound += bound;
  }

  toString(): string {
    this.flush();
    return this.lines.join('');
  }

  private flush(): void {
    const { pending } = this;
    if (pending === '') return;
    this.pending = '';
    if (pending.length <= INLINE_BYTES) {
      for (const character of pending) this.lines.push(`out[o++]=${num(character.charCodeAt(0))};`);
      return;
    }
    let name = this.literals.get(pending);
    if (name === undefined) {
      name = `K${this.literals.size}`;
      this.literals.set(pending, name);
    }
    this.lines.push(`o=literal(out,o,${name});`);
  }
}
