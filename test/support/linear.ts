/**
 * Decides whether a regular expression can take more than linear time, from the expression alone: no text is tried, and
 * no clock is asked.
 *
 * A matcher that backtracks tries every way to read a text. There are more than a few when some text leads from a loop
 * both back into it and on into another loop that reads the same text again:
 *
 *        v          v                     \d+\.?\d*   v = "1": from the first \d+ to itself and to \d*
 *     p ───▶ p   q ───▶ q     p ───▶ q    \s+$        v = " ": from "begin at the next character" to itself and to \s+
 *                                  v
 *
 * (Weber and Seidl: a finite automaton is polynomially ambiguous exactly then.) States are the characters of the
 * expression (Glushkov); an expression that is not anchored has one more before it, which skips any character. A loop that
 * can always end in a match is harmless: nothing is tried again behind it. Counts above 4 are taken for loops.
 */

/** One character of the expression: a literal, a class, a dot. */
interface Part {
  readonly nullable: boolean;
  /** Empty whatever surrounds it: a lookahead or `$` is nullable and not sure. */
  readonly sure: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** Positions behind which a match can end with any text. */
  readonly sureLast: readonly number[];
  /** Whether it can only begin where the text does. */
  readonly anchored: boolean;
}

const EMPTY: Part = { nullable: true, sure: true, first: [], last: [], sureLast: [], anchored: false };
const ASSERTION: Part = { ...EMPTY, sure: false };
const ANCHOR: Part = { ...ASSERTION, anchored: true };

/** Characters that stand for all: of other ones our expressions do not speak apart. */
const ALPHABET = [
  ...Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)),
  'µ',
  'ſ',
  '\u061c',
  '\u2028',
  '…',
  'Ж',
  '中',
  '\ud800',
  '\udc00',
];
const ALL = (1n << BigInt(ALPHABET.length)) - 1n;
const MOST_COPIES = 4;

/** Describes what makes it slow; undefined where it is linear. Throws for what it does not understand. */
export function ambiguityOf(pattern: string, flags: string): string | undefined {
  const automaton = new Automaton(pattern, flags);
  return automaton.ambiguity() ?? automaton.inner.map((inner) => ambiguityOf(inner, flags)).find(Boolean);
}

class Automaton {
  /** A look-ahead or look-behind: an expression of its own. */
  readonly inner: string[] = [];
  private readonly sources: string[] = [];
  private readonly classes: bigint[] = [];
  /** Number of ways that lead from one position to another. */
  private readonly follow: Map<number, number>[] = [];
  private readonly sure: ReadonlySet<number>;
  private at = 0;

  constructor(
    readonly pattern: string,
    readonly flags: string,
  ) {
    const whole = this.alternatives();
    if (this.at < pattern.length) throw this.odd();
    this.sure = new Set(whole.sureLast);
    if (whole.anchored || flags.includes('y')) return;
    const skip = this.position('any character before it', ALL);
    this.link([skip], [skip, ...whole.first]);
  }

  ambiguity(): string | undefined {
    const reach = this.follow.map((_, from) => this.reachable(from));
    const together = (p: number, q: number) => reach[p].has(q) && reach[q].has(p);
    const loops = this.follow.flatMap((_, p) => (reach[p].has(p) ? [p] : []));
    for (const p of loops) {
      for (const [q, ways] of this.follow[p]) {
        if (ways > 1 && (p === q || together(p, q))) return `two ways from ${this.sources[p]} to ${this.sources[q]}`;
      }
    }
    for (const p of loops) {
      for (const q of loops) {
        if (p === q || !reach[p].has(q) || this.sure.has(q)) continue;
        if (this.sameText(p, q, together)) return `${this.sources[p]} and ${this.sources[q]} read the same text`;
      }
    }
    return undefined;
  }

  /** Whether one text leads from p to p, from p to q, and from q to q. */
  private sameText(p: number, q: number, together: (a: number, b: number) => boolean): boolean {
    const key = (a: number, b: number, c: number) => (a * 1000 + b) * 1000 + c;
    const seen = new Set([key(p, p, q)]);
    const waiting: (readonly [number, number, number])[] = [[p, p, q]];
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      for (const a of this.follow[state[0]].keys()) {
        if (!together(a, p)) continue;
        for (const c of this.follow[state[2]].keys()) {
          const shared = this.classes[a] & this.classes[c];
          if (shared === 0n || !together(c, q)) continue;
          for (const b of this.follow[state[1]].keys()) {
            if ((shared & this.classes[b]) === 0n || seen.has(key(a, b, c))) continue;
            if (a === p && b === q && c === q) return true;
            seen.add(key(a, b, c));
            waiting.push([a, b, c]);
          }
        }
      }
    }
    return false;
  }

  private reachable(from: number): Set<number> {
    const seen = new Set<number>();
    const waiting = [...this.follow[from].keys()];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      waiting.push(...this.follow[at].keys());
    }
    return seen;
  }

  private position(source: string, characters: bigint): number {
    this.sources.push(source);
    this.classes.push(characters);
    return this.follow.push(new Map()) - 1;
  }

  private link(from: readonly number[], to: readonly number[]): void {
    for (const p of from) for (const q of to) this.follow[p].set(q, (this.follow[p].get(q) ?? 0) + 1);
  }

  private alternatives(): Part {
    const parts = [this.sequence()];
    while (this.pattern[this.at] === '|') {
      this.at++;
      parts.push(this.sequence());
    }
    return {
      nullable: parts.some(({ nullable }) => nullable),
      sure: parts.some(({ sure }) => sure),
      first: parts.flatMap(({ first }) => first),
      last: parts.flatMap(({ last }) => last),
      sureLast: parts.flatMap(({ sureLast }) => sureLast),
      anchored: parts.every(({ anchored }) => anchored),
    };
  }

  private sequence(): Part {
    let whole = EMPTY;
    while (this.at < this.pattern.length && this.pattern[this.at] !== '|' && this.pattern[this.at] !== ')') {
      whole = this.joined(whole, this.quantified());
    }
    return whole;
  }

  private joined(a: Part, b: Part): Part {
    this.link(a.last, b.first);
    return {
      nullable: a.nullable && b.nullable,
      sure: a.sure && b.sure,
      first: a.nullable ? [...a.first, ...b.first] : a.first,
      last: b.nullable ? [...a.last, ...b.last] : b.last,
      sureLast: b.sure ? [...a.sureLast, ...b.sureLast] : b.sureLast,
      anchored: a.anchored || (a === EMPTY && b.anchored),
    };
  }

  private quantified(): Part {
    const began = this.at;
    const once = this.atom();
    const [text, simple, low, comma, high] =
      /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.pattern.slice(this.at)) ?? [];
    if (text === undefined) return once;
    const behind = this.at + text.length;
    const least = simple === '+' ? 1 : low === undefined ? 0 : Number(low);
    const most =
      simple === '?'
        ? 1
        : low === undefined
          ? Number.POSITIVE_INFINITY
          : comma === ''
            ? least
            : Number(high || Number.POSITIVE_INFINITY);
    if (most > MOST_COPIES) {
      this.link(once.last, once.first);
      this.at = behind;
      return least === 0 ? { ...once, nullable: true, sure: true, anchored: false } : once;
    }
    let whole = EMPTY;
    for (let i = 0; i < most; i++) {
      // Read again: a copy has positions of its own.
      this.at = began;
      const copy = i === 0 ? once : this.atom();
      whole = this.joined(whole, i < least ? copy : { ...copy, nullable: true, sure: true, anchored: false });
    }
    this.at = behind;
    return whole;
  }

  private atom(): Part {
    const rest = this.pattern.slice(this.at);
    if (rest[0] === '^') return this.take(1, this.flags.includes('m') ? ASSERTION : ANCHOR);
    if (rest[0] === '$') return this.take(1, ASSERTION);
    if (/^\\[bB]/.test(rest)) return this.take(2, ASSERTION);
    if (rest[0] === '(') return this.group(rest);
    const source = SINGLE.exec(rest)?.[0];
    if (source === undefined || /^\\[1-9k]/.test(source)) throw this.odd();
    const one = new RegExp(`^(?:${source})$`, this.flags.replace(/[gy]/g, ''));
    const characters = ALPHABET.reduce(
      (set, character, i) => (one.test(character) ? set | (1n << BigInt(i)) : set),
      0n,
    );
    const at = [this.position(source, characters)];
    return this.take(source.length, {
      nullable: false,
      sure: false,
      first: at,
      last: at,
      sureLast: at,
      anchored: false,
    });
  }

  private group(rest: string): Part {
    const [opening, look] = /^\((?:(\?<?[=!])|\?:|\?<\w+>)?/.exec(rest) ?? [''];
    this.at += opening.length;
    if (look === undefined) {
      const part = this.alternatives();
      if (this.pattern[this.at++] !== ')') throw this.odd();
      return part;
    }
    const began = this.at;
    for (let depth = 1; depth > 0; this.at += SINGLE.exec(this.pattern.slice(this.at))?.[0].length ?? 1) {
      if (this.at >= this.pattern.length) throw this.odd();
      if (this.pattern[this.at] === '(') depth++;
      if (this.pattern[this.at] === ')') depth--;
    }
    this.inner.push(`^(?:${this.pattern.slice(began, this.at - 1)})`);
    return ASSERTION;
  }

  private take(length: number, part: Part): Part {
    this.at += length;
    return part;
  }

  private odd = () => new Error(`/${this.pattern}/ has at ${this.at} what is not understood here`);
}

/** A part that reads one character. */
const SINGLE =
  /^(?:\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[pP]\{[^}]*\}|\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[^()|*+?{}[\]\\^$])/;
