/** Agents without VPP, on any store: each says what the test lets it make of a wish. */

import type { FleetKeys } from '../../src/fleet/keys.js';
import type { AgentOutcome, AgentState } from '../../src/fleet/records.js';
import { agentReport, assignment } from '../../src/fleet/records.js';
import type { FleetStore, StoreKept } from '../../src/fleet/store/store.js';

/** Hashes of wishes that are nowhere. */
export const GOOD = 'a'.repeat(64);
export const BAD = 'f'.repeat(64);
export const OLD = 'b'.repeat(64);

export interface MemberOptions {
  readonly store: FleetStore;
  readonly keys: FleetKeys;
  readonly label: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Outcome of a wish. Default: BAD is refused, and all others are applied. */
  readonly outcome?: (sha: string) => AgentOutcome;
  readonly ttlSeconds?: number;
}

export class TestMember {
  /** Generations in the order in which it took them up. */
  readonly taken: (number | undefined)[] = [];
  private readonly ending = new AbortController();
  private readonly kept: StoreKept;
  private onFirst = () => {};

  constructor(private readonly options: MemberOptions) {
    const { store, ttlSeconds = 5 } = options;
    this.kept = store.keep({ ttlSeconds });
    void this.run();
  }

  /** Resolves when the store has its state. */
  async isThere(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.onFirst = resolve;
      if (this.taken.length > 0) resolve();
    });
    await this.kept.settled();
  }

  /** Removes its state, as an agent does that is ended. */
  async end(): Promise<void> {
    this.ending.abort();
    await this.kept.close();
  }

  private async run(): Promise<void> {
    const { store, keys, label, outcome = usual } = this.options;
    const key = keys.assignment(label);
    for await (const item of store.watch(key, { signal: this.ending.signal })) {
      const last =
        item.kind === 'snapshot' ? item.kvs[0] : item.changes.flatMap((c) => ('kv' in c ? [c.kv] : [])).at(-1);
      const given = last === undefined ? undefined : assignment.parse(JSON.parse(last.value.toString()));
      if (given?.generation === this.taken.at(-1) && this.taken.length > 0) continue;
      this.taken.push(given?.generation);
      this.say(given?.generation, given === undefined ? undefined : outcome(given.wishes.main));
      this.onFirst();
    }
  }

  /** Says it anew. */
  say(generation: number | undefined, outcome: AgentOutcome | undefined, more: Partial<AgentState> = {}): void {
    const { keys, label, labels = {} } = this.options;
    const at = new Date().toISOString();
    const own = { ...(generation && { generation }), ...(outcome && { outcome }) };
    const state: AgentState = { instance: label, agent: '0.1.0', labels, drift: 0, health: 'ok', at, ...own, ...more };
    if (generation !== undefined) {
      this.kept.set(keys.report(label), JSON.stringify(agentReport.parse({ ...own, at })), { stays: true });
    }
    this.kept.set(keys.state(label), JSON.stringify(state));
  }
}

const usual = (sha: string): AgentOutcome => (sha === BAD ? 'refused' : 'applied');
