/**
 * The syntax of patterns: regular expressions without what cannot be matched in linear time. Characters, `.`, classes
 * `[a-z]` and `\d \w \s`, groups, `|`, `*`, `+`, `?`, `^` and `$`. Others (counts, look-around, back-references) are refused.
 */
import { StatsError } from '../errors.js';

export type Syntax =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence' | 'either'; readonly parts: readonly Syntax[] }
  | { readonly kind: 'repeat'; readonly part: Syntax; readonly sign: '*' | '+' | '?' }
  | { readonly kind: 'start' | 'end' };

/** One byte for each character of ASCII, and one for all others: 1 where it is in the set. */
export type CharacterSet = Uint8Array;

export const OTHERS = 128;
const MOST_CHARACTERS = 500;
const CLASSES: Readonly<Record<string, (character: string) => boolean>> = {
  d: (character) => character >= '0' && character <= '9',
  w: (character) => /^[0-9A-Za-z_]$/.test(character),
  s: (character) => /^[\t-\r ]$/.test(character),
};
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Throws StatsError BAD_PATTERN. */
export function parsePattern(pattern: string): Syntax {
  if (pattern.length > MOST_CHARACTERS) {
    throw new StatsError('BAD_PATTERN', `a pattern has at most ${MOST_CHARACTERS} characters, not ${pattern.length}`);
  }
  const parser = new Parser(pattern);
  const syntax = parser.either();
  if (!parser.isAtEnd) parser.refuse('a ) without its (');
  return syntax;
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  either(): Syntax {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 ? parts[0] : { kind: 'either', parts };
  }

  private sequence(): Syntax {
    const parts: Syntax[] = [];
    while (!this.isAtEnd && !'|)'.includes(this.text[this.at])) parts.push(this.repeated());
    return { kind: 'sequence', parts };
  }

  private repeated(): Syntax {
    let part = this.one();
    while (!this.isAtEnd && '*+?'.includes(this.text[this.at])) {
      part = { kind: 'repeat', part, sign: this.text[this.at++] as '*' };
    }
    const count = this.text[this.at] === '{' && CLASSES.d(this.text[this.at + 1] ?? '');
    if (count) this.refuse('a count, {…}, which patterns do not have');
    return part;
  }

  private one(): Syntax {
    const character = this.text[this.at++];
    switch (character) {
      case '(':
        return this.group();
      case '[':
        return { kind: 'set', set: this.bracket() };
      case '.':
        return { kind: 'set', set: setOf(() => true, true) };
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '\\':
        return { kind: 'set', set: this.escape() };
      case '*':
      case '+':
      case '?':
        this.at--;
        return this.refuse(`a ${character} with nothing before it to repeat`);
      default:
        return { kind: 'set', set: setOf((each) => each === character, !isAscii(character)) };
    }
  }

  private group(): Syntax {
    if (this.text[this.at] === '?' && !this.text.startsWith('?:', this.at)) {
      this.refuse('a group that begins with (?, which patterns do not have');
    }
    if (this.text.startsWith('?:', this.at)) this.at += 2;
    const inside = this.either();
    if (!this.take(')')) this.refuse('a ( without its )');
    return inside;
  }

  /** The set of an escape, whose backslash is read already. */
  private escape(): CharacterSet {
    if (this.isAtEnd) this.refuse('a \\ with nothing after it');
    const character = this.text[this.at++];
    const known = CLASSES[character.toLowerCase()];
    if (known !== undefined) {
      const isNegated = character !== character.toLowerCase();
      return setOf((each) => known(each) !== isNegated, isNegated);
    }
    if (CLASSES.w(character) && CONTROLS[character] === undefined) {
      this.at--;
      this.refuse(`\\${character}, which patterns do not have`);
    }
    const meant = CONTROLS[character] ?? character;
    return setOf((each) => each === meant, !isAscii(meant));
  }

  private bracket(): CharacterSet {
    const isNegated = this.take('^');
    const set = new Uint8Array(OTHERS + 1);
    for (let isFirst = true; isFirst || this.text[this.at] !== ']'; isFirst = false) {
      if (this.isAtEnd) this.refuse('a [ without its ]');
      const from = this.member();
      const isRange = this.text[this.at] === '-' && (this.text[this.at + 1] ?? ']') !== ']';
      if (isRange) this.at++;
      const to = isRange ? this.member() : from;
      for (let each = 0; each <= OTHERS; each++) if (from[each] === 1 || to[each] === 1) set[each] = 1;
      if (isRange) fill(set, from.indexOf(1), to.indexOf(1));
    }
    this.at++;
    return isNegated ? set.map((each) => 1 - each) : set;
  }

  private member(): CharacterSet {
    const character = this.text[this.at++];
    return character === '\\' ? this.escape() : setOf((each) => each === character, !isAscii(character));
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  refuse(what: string): never {
    throw new StatsError('BAD_PATTERN', `pattern ${JSON.stringify(this.text)}: ${what}, at character ${this.at + 1}`);
  }
}

const isAscii = (character: string) => character.charCodeAt(0) < OTHERS;

function setOf(has: (character: string) => boolean, others: boolean): CharacterSet {
  const set = new Uint8Array(OTHERS + 1);
  for (let code = 0; code < OTHERS; code++) if (has(String.fromCharCode(code))) set[code] = 1;
  if (others) set[OTHERS] = 1;
  return set;
}

function fill(set: CharacterSet, from: number, to: number): void {
  for (let each = from; each <= to; each++) set[each] = 1;
}
