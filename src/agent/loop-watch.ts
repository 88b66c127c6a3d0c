/**
 * Notices, after the fact, that the event loop stood still: nothing else ran meanwhile, no reply was read, no health
 * request answered. What a plugin was doing all that time (a step of its life cycle, a hook) is named.
 */

import { showDuration } from './config/duration.js';

const EVERY_MS = 250;
/** What a garbage collection or a busy machine may take is nobody's fault. */
const TELL_FROM_MS = 1000;

interface Stretch {
  readonly plugin: string;
  readonly doing: string;
  readonly from: number;
  to: number;
  /** Nothing else can have run meanwhile. */
  readonly alone: boolean;
}

export class LoopWatch {
  #stretches: Stretch[] = [];
  #timer: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(readonly tell: (text: string) => void) {}

  start(): void {
    this.#last = performance.now();
    this.#timer = setInterval(() => this.#look(), EVERY_MS).unref();
  }

  stop(): void {
    if (this.#timer) this.#look();
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stretches = [];
  }

  /** A plugin begins with something, and may wait in between; gives the function that ends it. */
  enter(plugin: string, doing: string): () => void {
    return this.#open(plugin, doing, false);
  }

  /** Calls a plugin's function: up to where it returns, or first waits, it alone has the loop. */
  call<T>(plugin: string, doing: string, run: () => T): T {
    const leave = this.#open(plugin, doing, true);
    try {
      return run();
    } finally {
      leave();
    }
  }

  /** Calls a plugin's function, and waits for what it gives. */
  async run<T>(plugin: string, doing: string, run: () => T | Promise<T>): Promise<T> {
    const leave = this.enter(plugin, doing);
    try {
      return await this.call(plugin, doing, run);
    } finally {
      leave();
    }
  }

  #open(plugin: string, doing: string, alone: boolean): () => void {
    if (!this.#timer) return () => {};
    const stretch: Stretch = { plugin, doing, from: performance.now(), to: Number.POSITIVE_INFINITY, alone };
    this.#stretches.push(stretch);
    return () => {
      stretch.to = performance.now();
    };
  }

  #look(): void {
    const now = performance.now();
    const stoodMs = now - this.#last - EVERY_MS;
    if (stoodMs >= TELL_FROM_MS)
      this.tell(`the event loop stood still for ${showDuration(stoodMs)}: ${this.#blame(stoodMs, now)}`);
    this.#last = now;
    this.#stretches = this.#stretches.filter(({ to }) => to > now);
  }

  /** The one that held it all that time, else those who were at something meanwhile. */
  #blame(stoodMs: number, now: number): string {
    const possible = this.#stretches.filter(
      ({ from, to }) => Math.min(to, now) - Math.max(from, this.#last) >= stoodMs - 1,
    );
    const certain = possible.filter(({ alone }) => alone);
    const suspects = certain.length > 0 ? certain : possible;
    const named = suspects.map(({ plugin, doing }) => `plugin ${plugin} in its ${doing}`);
    if (named.length === 0)
      return 'in no step or hook of a plugin, so in a timer or a handler (node --cpu-prof shows whose)';
    return `${named.length > 1 ? 'one of ' : ''}${named.join(', ')}; long work belongs in pieces or in a worker thread`;
  }
}
