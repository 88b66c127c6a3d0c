/**
 * Writes an agent's state under its lease, with the report next to it. Changes of the outcome go out soon, by lot, so that agents that are
 * given a wish at the same moment read it before the first ones report; others wait, so that a thousand agents do not write at each change
 * of each object. A state that is the same is not written again.
 */

import type { FleetKeys } from '../keys.js';
import type { AgentReport, AgentState } from '../records.js';
import type { StoreKept } from '../store/store.js';

export interface Pace {
  /** Least milliseconds between two states whose outcome is the same, and how much longer that may be by lot. */
  readonly sampleMs: number;
  readonly sampleJitterMs: number;
  /** Milliseconds, by lot, before another outcome is written. */
  readonly outcomeJitterMs: number;
  /** Milliseconds that a wish may take before it is called `applying`. */
  readonly applyingMs: number;
  readonly random: () => number;
}

type Unsaid = Omit<AgentState, 'at'>;

export class StateWriter {
  private written: { readonly state: Unsaid; readonly text: string; readonly at: number } | undefined;
  private report = '';
  private next: Unsaid | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dueAt = Number.POSITIVE_INFINITY;
  /** States written. */
  count = 0;

  constructor(
    private readonly kept: StoreKept,
    private readonly keys: FleetKeys,
    private readonly label: string,
    private readonly pace: Pace,
  ) {}

  update(state: Unsaid): void {
    if (JSON.stringify(state) === this.written?.text) {
      this.next = undefined;
      this.stop();
      return;
    }
    this.next = state;
    this.schedule(performance.now() + this.delay(state));
  }

  /** Writes the same again: the key is gone, or has been written by another agent. */
  repeat(): void {
    if (this.written === undefined) return;
    const { state } = this.written;
    this.next ??= state;
    this.schedule(performance.now());
  }

  stop(): void {
    clearTimeout(this.timer);
    this.dueAt = Number.POSITIVE_INFINITY;
  }

  private delay({ outcome, generation }: Unsaid): number {
    const { pace, written } = this;
    if (outcome === 'applying') return pace.applyingMs;
    const isSame = outcome === written?.state.outcome && generation === written?.state.generation;
    if (written === undefined) return 0;
    if (!isSame) return pace.random() * pace.outcomeJitterMs;
    const pauseMs = pace.sampleMs + pace.random() * pace.sampleJitterMs;
    return Math.max(0, written.at + pauseMs - performance.now());
  }

  /** The earlier of two times counts: what waits is written with what is urgent. */
  private schedule(at: number): void {
    if (at >= this.dueAt) return;
    this.stop();
    const ms = at - performance.now();
    if (ms <= 0) {
      this.write();
      return;
    }
    this.dueAt = at;
    this.timer = setTimeout(() => this.write(), ms);
  }

  private write(): void {
    this.stop();
    const { next: state, label, keys } = this;
    if (state === undefined) return;
    this.next = undefined;
    this.written = { state, text: JSON.stringify(state), at: performance.now() };
    this.count++;
    const at = new Date().toISOString();
    this.kept.set(keys.state(label), JSON.stringify({ ...state, at } satisfies AgentState));
    const { generation, outcome, reason } = state;
    if (generation === undefined || outcome === undefined || outcome === 'applying') return;
    const text = JSON.stringify({ generation, outcome, reason });
    if (text === this.report) return;
    this.report = text;
    const report: AgentReport = { generation, outcome, ...(reason !== undefined && { reason }), at };
    this.kept.set(keys.report(label), JSON.stringify(report), { stays: true });
  }
}
