/**
 * Finds the names that any of some patterns is in. The patterns become one automaton whose states are made when a name first
 * leads to them: each character of a name is one step, whatever the patterns and the names are.
 */
import { StatsError } from '../errors.js';
import type { StatsPatterns } from '../types.js';
import { type CharacterSet, OTHERS, parsePattern, type Syntax } from './syntax.js';

const MOST_PATTERNS = 200;
/** Characters of all patterns together: a new state takes time in proportion to them. */
const MOST_CHARACTERS = 10_000;
/** States kept; beyond them they are made anew, which is slower and no less right. */
const MOST_STATES = 2000;

type Step =
  | { readonly kind: 'set'; readonly set: CharacterSet; readonly next: number }
  | { readonly kind: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'split'; next: readonly number[] }
  | { readonly kind: 'found' };

interface State {
  /** Steps that wait for the next character, or for the end. */
  readonly steps: readonly number[];
  readonly isFound: boolean;
  /** Whether it is found if the name ends here. */
  readonly isFoundAtEnd: boolean;
  readonly next: (State | undefined)[];
}

export class NameMatcher {
  private readonly steps: Step[] = [{ kind: 'found' }];
  private readonly starts: readonly number[];
  private readonly states = new Map<string, State>();
  private readonly first: State;

  /** No pattern at all: every name. Throws StatsError BAD_PATTERN. */
  constructor(patterns: StatsPatterns = []) {
    const all = typeof patterns === 'string' ? [patterns] : [...patterns];
    if (all.length > MOST_PATTERNS)
      throw new StatsError('BAD_PATTERN', `${all.length} patterns: more than ${MOST_PATTERNS}`);
    const bad = all.find((pattern) => typeof pattern !== 'string');
    if (bad !== undefined) throw new StatsError('BAD_PATTERN', `a pattern is a string, not a ${typeof bad}`);
    const characters = all.reduce((sum, { length }) => sum + length, 0);
    if (characters > MOST_CHARACTERS) {
      throw new StatsError('BAD_PATTERN', `patterns have at most ${MOST_CHARACTERS} characters, not ${characters}`);
    }
    this.starts = all.length === 0 ? [0] : all.map((pattern) => this.compile(parsePattern(pattern), 0));
    this.first = this.state(this.starts, true);
  }

  matches(name: string): boolean {
    let state = this.first;
    for (let at = 0; at < name.length && !state.isFound; at++) {
      const character = Math.min(name.charCodeAt(at), OTHERS);
      state = state.next[character] ?? this.step(state, character);
    }
    return state.isFound || state.isFoundAtEnd;
  }

  private add(step: Step): number {
    return this.steps.push(step) - 1;
  }

  /** The step that `syntax` begins with, when `next` follows it. */
  private compile(syntax: Syntax, next: number): number {
    switch (syntax.kind) {
      case 'set':
        return this.add({ kind: 'set', set: syntax.set, next });
      case 'start':
      case 'end':
        return this.add({ kind: syntax.kind, next });
      case 'sequence':
        return syntax.parts.reduceRight((after, part) => this.compile(part, after), next);
      case 'either':
        return this.add({ kind: 'split', next: syntax.parts.map((part) => this.compile(part, next)) });
      case 'repeat':
        return this.repeat(syntax.part, syntax.sign, next);
    }
  }

  private repeat(part: Syntax, sign: '*' | '+' | '?', next: number): number {
    if (sign === '?') return this.add({ kind: 'split', next: [this.compile(part, next), next] });
    const again: Step = { kind: 'split', next: [] };
    const index = this.add(again);
    const once = this.compile(part, index);
    again.next = [once, next];
    return sign === '+' ? once : index;
  }

  private step(state: State, character: number): State {
    const reached = state.steps.flatMap((index) => {
      const step = this.steps[index];
      return step.kind === 'set' && step.set[character] === 1 ? [step.next] : [];
    });
    const next = this.state([...reached, ...this.starts], false);
    state.next[character] = next;
    return next;
  }

  private state(from: readonly number[], isStart: boolean): State {
    const closed = this.closure(from, isStart, false);
    const steps = [...closed].filter((index) => this.steps[index].kind !== 'split').sort((a, b) => a - b);
    const key = `${isStart ? '^' : ''}${steps.join()}`;
    const known = this.states.get(key);
    if (known !== undefined) return known;
    if (this.states.size >= MOST_STATES) this.forget();
    const isFoundAtEnd = this.closure(closed, isStart, true).has(0);
    const state: State = { steps, isFound: closed.has(0), isFoundAtEnd, next: new Array(OTHERS + 1) };
    this.states.set(key, state);
    return state;
  }

  private forget(): void {
    for (const state of this.states.values()) state.next.fill(undefined);
    this.states.clear();
  }

  /** All steps that are reached without a character. */
  private closure(from: Iterable<number>, isStart: boolean, isEnd: boolean): Set<number> {
    const reached = new Set<number>();
    const open = [...from];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (reached.has(index)) continue;
      reached.add(index);
      const step = this.steps[index];
      if (step.kind === 'split') open.push(...step.next);
      else if ((step.kind === 'start' && isStart) || (step.kind === 'end' && isEnd)) open.push(step.next);
    }
    return reached;
  }
}
