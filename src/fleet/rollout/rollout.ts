/** Takes one generation to its end: watches agents and state, does the next step, and waits for what is different then. */

import { firstAbort } from '../../abort.js';
import { pause } from '../../pause.js';
import type { FleetKeys } from '../keys.js';
import type { Assignment, GenerationPlan, PlannedAgent } from '../records.js';
import type { Comparison, FleetStore, Operation, StoreLock, StoreWatch, WatchItem } from '../store/store.js';
import { AgentsView } from './agents-view.js';
import { Bell } from './bell.js';
import { type DriverClock, type DriverOptions, SYSTEM_CLOCK } from './driver-options.js';
import { groupOperations } from './groups.js';
import { nextStep } from './next-step.js';
import { ObservedState } from './observed-state.js';
import { type KnownState, readPlan, readPlannedAgents, stateOf } from './read-records.js';
import type { FailedAgent, Write } from './step.js';
import { isOver } from './view.js';

export interface RolloutOptions extends DriverOptions {
  readonly generation: number;
  readonly lock: StoreLock;
  /** Called when its records have been read, so that it can be driven. */
  readonly onRead: () => void;
}

const LOST_AFTER_MS = 10_000;
/** Assignments of a transaction: etcd takes 128 operations. */
const BATCH = 100;
/** Milliseconds that a driver waits for what comes with a change, and how many times longer than its last look at all agents took. */
const GATHER_MS = 10;
const GATHER_SHARE = 4;

export class Rollout {
  private readonly store: FleetStore;
  private readonly keys: FleetKeys;
  private readonly agents: AgentsView;
  private readonly bell = new Bell();
  private readonly clock: DriverClock;
  private readonly observed: ObservedState;
  private isSeen = false;
  /** Agents whose failure was told. */
  private readonly told = new Set<string>();

  constructor(private readonly options: RolloutOptions) {
    this.store = options.store;
    this.keys = options.keys;
    this.clock = options.clock ?? SYSTEM_CLOCK;
    this.agents = new AgentsView(options.keys, this.clock.elapsed);
    this.observed = new ObservedState(this.clock.elapsed);
  }

  /** True where it is over; false where it was ended before. @throws what the store throws */
  async drive(signal: AbortSignal): Promise<boolean> {
    const { store, keys } = this;
    const { generation } = this.options;
    await this.readState();
    if (this.observed.known !== undefined && isOver(this.observed.known.state)) return true;
    const plan = await readPlan(store, keys, generation);
    const planned = await readPlannedAgents(store, keys, plan);
    this.options.onRead();
    const ending = new AbortController();
    const { signal: both, forget } = firstAbort([signal, ending.signal]);
    const watches = [
      this.follow(store.watch({ prefix: keys.agents }, { signal: both }), (item) => this.takeAgents(item)),
      this.follow(store.watch(keys.rollout(generation), { signal: both }), (item) => this.takeState(item)),
    ];
    try {
      return await Promise.race([this.steps(plan, planned, both), ...watches]);
    } finally {
      ending.abort();
      forget();
      this.bell.ring();
    }
  }

  /** Never resolves where the watch is only ended. @throws what ends it */
  private async follow(watch: StoreWatch, take: (item: WatchItem) => void | Promise<void>): Promise<never> {
    for await (const item of watch) {
      await take(item);
      this.bell.ring();
    }
    return new Promise(() => {});
  }

  private async steps(plan: GenerationPlan, planned: readonly PlannedAgent[], signal: AbortSignal): Promise<boolean> {
    const { name: driver, lostAfterMs = LOST_AFTER_MS } = this.options;
    const { observed, clock, agents } = this;
    while (!signal.aborted) {
      const { known, since } = observed;
      if (!this.isSeen || known === undefined) {
        await this.bell.wait(undefined, signal);
        continue;
      }
      const begun = performance.now();
      const view = { plan, agents: planned, state: known.state, since, seen: agents.seen };
      const step = nextStep(view, { now: clock.elapsed(), time: new Date(clock.now()), driver, lostAfterMs });
      if (step.kind === 'over') return true;
      if (step.kind === 'write') await this.write(plan, step.write, known);
      else {
        this.tellFailed(plan, step.failed);
        await this.rest(step.until, performance.now() - begun, signal);
      }
    }
    return false;
  }

  /** Until something is different; what comes shortly after it is looked at together, since each look is at all agents. */
  private async rest(until: number | undefined, lookMs: number, signal: AbortSignal): Promise<void> {
    await this.bell.wait(until === undefined ? undefined : until - this.clock.elapsed(), signal);
    await pause(Math.max(GATHER_MS, GATHER_SHARE * lookMs), signal);
    this.bell.hush();
  }

  /** In transactions that may be repeated: where one is not carried out, the next look finds what is left. */
  private async write(
    plan: GenerationPlan,
    { assignments, state, groups, isTimed }: Write,
    known: KnownState,
  ): Promise<void> {
    const { keys, store, observed } = this;
    const key = keys.rollout(plan.generation);
    const first = groups ? await groupOperations(store, keys, plan) : [];
    const all = [...assignments];
    for (let at = 0, mod = known.revision; at === 0 || at < all.length; at += BATCH) {
      const batch = all.slice(at, at + BATCH);
      const success = [...first, ...batch.map(([label, one]) => assigning(keys.assignment(label), one))];
      if (state !== undefined) success.push({ put: key, value: JSON.stringify(state) });
      const compare: Comparison[] = [this.options.lock.fence, { key, mod }];
      const { succeeded, revision } = await store.transact({ compare, success });
      if (!succeeded) {
        await this.readState();
        if (observed.known?.revision === mod) throw new Error('the lock of the driver is lost');
        return;
      }
      for (const [label, one] of batch) this.agents.assign(label, one, revision);
      if (state === undefined) continue;
      mod = revision;
      observed.know({ state, revision });
      if (at === 0) this.options.onEvent?.({ kind: 'state', plan, state });
    }
    if (isTimed) observed.restart();
  }

  private async takeAgents(item: WatchItem): Promise<void> {
    await this.agents.take(item);
    this.isSeen = true;
  }

  private takeState(item: WatchItem): void {
    const kvs = item.kind === 'snapshot' ? item.kvs : item.changes.flatMap((each) => ('kv' in each ? [each.kv] : []));
    const state = stateOf(kvs.at(-1));
    if (state !== undefined) this.observed.know(state);
  }

  private async readState(): Promise<void> {
    const state = stateOf(await this.store.get(this.keys.rollout(this.options.generation)));
    if (state !== undefined) this.observed.know(state);
  }

  private tellFailed(plan: GenerationPlan, failed: readonly FailedAgent[]): void {
    for (const { label, reason } of failed) {
      if (this.told.has(label)) continue;
      this.told.add(label);
      this.options.onEvent?.({ kind: 'failed', plan, label, reason });
    }
  }
}

const assigning = (key: string, one: Assignment | undefined): Operation =>
  one === undefined ? { delete: key } : { put: key, value: JSON.stringify(one) };
