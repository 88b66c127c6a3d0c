/** Takes one generation to its end: watches agents and state, does the next step, and waits for what is different then. */

import type { FleetKeys } from '../keys.js';
import type { GenerationPlan, PlannedAgent } from '../records.js';
import type { Comparison, FleetStore, Operation, StoreLock, StoreWatch, WatchItem } from '../store/store.js';
import { AgentsView } from './agents-view.js';
import { Bell } from './bell.js';
import type { DriverOptions } from './driver-options.js';
import { groupOperations } from './groups.js';
import { type FailedAgent, nextStep, type Write } from './next-step.js';
import { type KnownState, readPlan, readPlannedAgents, stateOf } from './read-records.js';
import { isOver } from './view.js';

export interface RolloutOptions extends DriverOptions {
  readonly generation: number;
  readonly lock: StoreLock;
  /** Called when its records have been read, so that it can be driven. */
  readonly onRead: () => void;
}

const LOST_AFTER_MS = 10_000;

export class Rollout {
  private readonly store: FleetStore;
  private readonly keys: FleetKeys;
  private readonly agents: AgentsView;
  private readonly bell = new Bell();
  private state: KnownState | undefined;
  private isSeen = false;
  /** Agents whose failure was told. */
  private readonly told = new Set<string>();

  constructor(private readonly options: RolloutOptions) {
    this.store = options.store;
    this.keys = options.keys;
    this.agents = new AgentsView(options.keys, options.now);
  }

  /** True where it is over; false where it was ended before. @throws what the store throws */
  async drive(signal: AbortSignal): Promise<boolean> {
    const { store, keys } = this;
    const { generation } = this.options;
    await this.readState();
    if (this.state !== undefined && isOver(this.state.state)) return true;
    const plan = await readPlan(store, keys, generation);
    const planned = await readPlannedAgents(store, keys, plan);
    this.options.onRead();
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const watches = [
      this.follow(store.watch({ prefix: keys.agents }, { signal: both }), (item) => this.takeAgents(item)),
      this.follow(store.watch(keys.rollout(generation), { signal: both }), (item) => this.takeState(item)),
    ];
    try {
      return await Promise.race([this.steps(plan, planned, both), ...watches]);
    } finally {
      ending.abort();
      this.bell.ring();
    }
  }

  /** Never resolves where the watch is only ended. @throws what ends it */
  private async follow(watch: StoreWatch, take: (item: WatchItem) => void): Promise<never> {
    for await (const item of watch) {
      take(item);
      this.bell.ring();
    }
    return new Promise(() => {});
  }

  private async steps(plan: GenerationPlan, planned: readonly PlannedAgent[], signal: AbortSignal): Promise<boolean> {
    const { name: driver, lostAfterMs = LOST_AFTER_MS, now = Date.now } = this.options;
    while (!signal.aborted) {
      const { state } = this;
      if (!this.isSeen || state === undefined) {
        await this.bell.wait(undefined, signal);
        continue;
      }
      const view = { plan, agents: planned, state: state.state, seen: this.agents.seen };
      const step = nextStep(view, { now: now(), driver, lostAfterMs });
      if (step.kind === 'over') return true;
      if (step.kind === 'write') await this.write(plan, step.write, state);
      else {
        this.tellFailed(plan, step.failed);
        await this.bell.wait(step.until === undefined ? undefined : step.until - now(), signal);
      }
    }
    return false;
  }

  private async write(plan: GenerationPlan, { assignments, state, groups }: Write, known: KnownState): Promise<void> {
    const { keys, store } = this;
    const key = keys.rollout(plan.generation);
    const compare: Comparison[] = [this.options.lock.fence, { key, mod: known.revision }];
    const success: Operation[] = [...assignments].map(([label, one]) =>
      one === undefined
        ? { delete: keys.assignment(label) }
        : { put: keys.assignment(label), value: JSON.stringify(one) },
    );
    if (groups) success.push(...(await groupOperations(store, keys, plan)));
    if (state !== undefined) success.push({ put: key, value: JSON.stringify(state) });
    const { succeeded, revision } = await store.transact({ compare, success });
    if (!succeeded) {
      await this.readState();
      if (this.state?.revision === known.revision) throw new Error('the lock of the driver is lost');
      return;
    }
    for (const [label, one] of assignments) this.agents.assign(label, one, revision);
    if (state === undefined) return;
    this.know({ state, revision });
    this.options.onEvent?.({ kind: 'state', plan, state });
  }

  private takeAgents(item: WatchItem): void {
    this.agents.take(item);
    this.isSeen = true;
  }

  private takeState(item: WatchItem): void {
    const kvs = item.kind === 'snapshot' ? item.kvs : item.changes.flatMap((each) => ('kv' in each ? [each.kv] : []));
    const state = stateOf(kvs.at(-1));
    if (state !== undefined) this.know(state);
  }

  private async readState(): Promise<void> {
    const state = stateOf(await this.store.get(this.keys.rollout(this.options.generation)));
    if (state !== undefined) this.know(state);
  }

  /** The watch may tell of a state after this program has written the next one. */
  private know(state: KnownState): void {
    if (this.state === undefined || state.revision > this.state.revision) this.state = state;
  }

  private tellFailed(plan: GenerationPlan, failed: readonly FailedAgent[]): void {
    for (const { label, reason } of failed) {
      if (this.told.has(label)) continue;
      this.told.add(label);
      this.options.onEvent?.({ kind: 'failed', plan, label, reason });
    }
  }
}
