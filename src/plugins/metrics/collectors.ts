/** Parts that a page is collected from: each has its freshness and its last error on the page. */

import { reasonOf } from '../../sdk/index.js';
import { label } from './label.js';
import type { PageText } from './page-text.js';

const LONGEST_ERROR = 200;

interface State {
  /** Milliseconds since 1970. */
  succeededAt?: number;
  failedAt?: number;
  errors: number;
  /** Reason why the last collection failed; undefined where it succeeded. */
  error?: string;
  ms: number;
}

export class Collectors {
  private readonly states = new Map<string, State>();

  /** Runs the collector `name`; its failure is noted, and undefined is returned. */
  async run<T>(name: string, collect: () => T | Promise<T>): Promise<T | undefined> {
    const state = this.states.get(name) ?? { errors: 0, ms: 0 };
    this.states.set(name, state);
    const began = performance.now();
    try {
      const result = await collect();
      state.succeededAt = Date.now();
      state.error = undefined;
      return result;
    } catch (error) {
      state.failedAt = Date.now();
      state.errors++;
      state.error = reasonOf(error).slice(0, LONGEST_ERROR);
      return undefined;
    } finally {
      state.ms = performance.now() - began;
    }
  }

  errorOf(name: string): string | undefined {
    return this.states.get(name)?.error;
  }

  write(page: PageText): void {
    const each = (name: string, type: string, help: string, value: (state: State) => number | undefined) => {
      page.family(`vppmux_collector_${name}`, type, help);
      for (const [collector, state] of this.states) {
        const found = value(state);
        if (found !== undefined) page.add(`{${label('collector', collector)}}`, found);
      }
    };
    each('up', 'gauge', 'Whether the last collection succeeded', ({ error }) => (error === undefined ? 1 : 0));
    each('last_success_timestamp_seconds', 'gauge', 'Last collection that succeeded, seconds since 1970', (state) =>
      seconds(state.succeededAt),
    );
    each('last_error_timestamp_seconds', 'gauge', 'Last collection that failed, seconds since 1970', (state) =>
      seconds(state.failedAt),
    );
    each('errors_total', 'counter', 'Collections that failed', ({ errors }) => errors);
    each(
      'duration_seconds',
      'gauge',
      'Duration of the last collection, turns of others included',
      ({ ms }) => ms / 1000,
    );
    page.family('vppmux_collector_error_info', 'gauge', 'Why the last collection failed');
    for (const [collector, { error }] of this.states) {
      if (error !== undefined) page.add(`{${label('collector', collector)},${label('error', error)}}`, 1);
    }
  }
}

const seconds = (at: number | undefined) => (at === undefined ? undefined : at / 1000);
