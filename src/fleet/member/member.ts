/**
 * An agent as a member of a fleet: it follows its assignment with one watch of what is its own in the store, has it carried out, and keeps
 * its state there under a lease. While the store is away nothing is changed; what was missed is heard of when it is back, and the state
 * is there again.
 */

import { randomUUID } from 'node:crypto';
import { pause } from '../../pause.js';
import { reasonOf } from '../../thrown.js';
import type { FleetKeys } from '../keys.js';
import type { AgentState } from '../records.js';
import type { FleetStore, StoreKept, WatchItem } from '../store/store.js';
import { AssignedWish } from './assigned-wish.js';
import type { WishCarrier } from './carrier.js';
import type { Progress } from './progress.js';
import { Rival, type RivalSeen } from './rival.js';
import { StateWriter } from './state-writer.js';
import { StoreWay, type StoreWayState } from './store-way.js';
import { WishTexts } from './wish-texts.js';

export interface MemberParts {
  readonly store: FleetStore;
  readonly keys: FleetKeys;
  readonly label: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly carrier: WishCarrier;
  /** Versions and health of the agent, which go into its state. */
  readonly facts: () => Pick<AgentState, 'agent' | 'vpp' | 'health'>;
  readonly log: { info(text: string): void; warn(text: string): void };
  /** Called when the status is another one. */
  readonly changed?: () => void;
  readonly pace?: Partial<MemberPace>;
}

export interface MemberPace {
  /** Seconds after which an agent that is lost is seen to be. */
  readonly ttlSeconds: number;
  /** Milliseconds over which a fleet that starts at the same moment spreads its first requests, and its readings of groups. */
  readonly jitterMs: number;
  readonly sampleMs: number;
  readonly sampleJitterMs: number;
  readonly outcomeJitterMs: number;
  readonly applyingMs: number;
  readonly rivalBeatMs: number;
  /** Milliseconds before a store that refuses this agent is asked again. */
  readonly refusedMs: number;
  readonly random: () => number;
}

export interface MemberStatus extends Progress {
  readonly label: string;
  readonly instance: string;
  readonly store: StoreWayState;
  /** Another agent with this label. */
  readonly rival?: RivalSeen;
  /** Why what the store says is not obeyed, for people. */
  readonly ignored?: string;
  readonly counts: AssignedWish['counts'] & { readonly states: number };
}

const PACE: MemberPace = {
  ...{ ttlSeconds: 15, jitterMs: 1000, sampleMs: 2000, sampleJitterMs: 1000, outcomeJitterMs: 300, applyingMs: 400 },
  ...{ rivalBeatMs: 30_000, refusedMs: 15_000, random: Math.random },
};

export class Member {
  readonly instance = randomUUID();
  private readonly parts: MemberParts;
  private readonly pace: MemberPace;
  private readonly ending = new AbortController();
  private readonly way: StoreWay;
  private readonly assigned: AssignedWish;
  private readonly rival: Rival;
  private writer: StateWriter | undefined;
  private kept: StoreKept | undefined;
  private isRead = false;
  private stopListening = () => {};
  private running: Promise<unknown> = Promise.resolve();

  constructor(parts: MemberParts) {
    const { store, keys, carrier, labels, log, label, pace } = parts;
    this.parts = parts;
    this.pace = { ...PACE, ...pace };
    this.way = new StoreWay(() => this.refresh());
    const texts = new WishTexts(store, keys);
    const jitter = () => this.jitter();
    this.assigned = new AssignedWish({
      ...{ store, keys, texts, labels, carrier, jitter, log },
      changed: () => this.refresh(),
    });
    this.rival = new Rival({
      instance: this.instance,
      repeat: () => this.writer?.repeat(),
      changed: (rival) => {
        if (rival)
          log.warn(`another agent (${rival.instance}) is there with the label ${label}: give each one its own`);
        else log.info(`no other agent has the label ${label} any more`);
        this.refresh();
      },
      beatMs: this.pace.rivalBeatMs,
    });
  }

  /** Begins; nothing is waited for. */
  start(): void {
    this.stopListening = this.parts.carrier.onChange(() => this.refresh());
    this.running = Promise.all([this.assigned.run(this.ending.signal), this.follow()]);
  }

  /** Ends it, and removes its state where the store can be reached. What is being carried out goes on in the carrier. */
  async close(): Promise<void> {
    this.ending.abort();
    this.stopListening();
    this.rival.stop();
    this.writer?.stop();
    await this.kept?.close();
  }

  /** Resolves when nothing of it runs any more. */
  async over(): Promise<void> {
    await this.running;
  }

  get status(): MemberStatus {
    const { assigned, rival, way, writer } = this;
    const { ignored } = assigned;
    return {
      ...assigned.progress,
      ...{ label: this.parts.label, instance: this.instance, store: way.state },
      ...(rival.seen && { rival: rival.seen }),
      ...(ignored !== undefined && { ignored }),
      counts: { ...assigned.counts, states: writer?.count ?? 0 },
    };
  }

  /** Takes note of other facts, and of another state of the carrier. */
  refresh(): void {
    if (this.ending.signal.aborted) return;
    const { facts, labels, changed } = this.parts;
    if (this.isRead) {
      this.writer?.update({ instance: this.instance, ...facts(), labels: { ...labels }, ...this.assigned.progress });
    }
    changed?.();
  }

  private async follow(): Promise<void> {
    await this.jitter();
    const { signal } = this.ending;
    if (signal.aborted) return;
    const { store, keys, label, log } = this.parts;
    this.kept = store.keep({ ttlSeconds: this.pace.ttlSeconds, onState: (state) => this.way.lease(state) });
    this.writer = new StateWriter(this.kept, keys, label, this.pace);
    while (!signal.aborted) {
      try {
        for await (const item of store.watch(
          { prefix: keys.agent(label) },
          { signal, onState: (s) => this.watchIs(s) },
        )) {
          this.take(item);
        }
      } catch (error) {
        log.warn(`the store lets this agent not follow ${keys.agent(label)}: ${reasonOf(error)}`);
        this.way.refused(error);
        await pause(this.pace.refusedMs, signal);
      }
    }
  }

  private watchIs(state: Parameters<StoreWay['watch']>[0]): void {
    this.way.watch(state);
    // Something may have failed for want of the store.
    if (state.state === 'live') this.assigned.storeIsBack();
  }

  private take(item: WatchItem): void {
    const { keys, label } = this.parts;
    const assignment = keys.assignment(label);
    const state = keys.state(label);
    if (item.kind === 'snapshot') {
      this.assigned.hear(
        item.kvs.find(({ key }) => key === assignment),
        this.isRead ? 'resync' : 'start',
      );
      // The first one may have the state of this agent's last process.
      if (this.isRead) this.sawState(item.kvs.find(({ key }) => key === state)?.value);
      this.isRead = true;
      return;
    }
    for (const change of item.changes) {
      const value = change.type === 'put' ? change.kv : undefined;
      if (change.key === assignment) this.assigned.hear(value, 'change');
      if (change.key === state) this.sawState(value?.value);
    }
  }

  private sawState(value: Buffer | undefined): void {
    if (value === undefined) this.rival.removed();
    else this.rival.wrote(value);
  }

  private jitter(): Promise<void> {
    return pause(this.pace.random() * this.pace.jitterMs, this.ending.signal);
  }
}
