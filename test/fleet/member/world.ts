/** A fleet's store on a real etcd, and members of it. */

import { expect, onTestFinished } from 'vitest';
import { EtcdClient } from '../../../src/etcd/index.js';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { Member, type MemberParts } from '../../../src/fleet/member/index.js';
import type { AgentReport, AgentState, Assignment } from '../../../src/fleet/records.js';
import type { FleetStore } from '../../../src/fleet/store/store.js';
import { writeWish } from '../../../src/fleet/wishes.js';
import { FakeCarrier } from './fake-carrier.js';

const QUICK = { connectTimeoutMs: 500, backoff: { delayMs: 20, maxDelayMs: 500 }, idleMs: 1000 };
const PACE = { jitterMs: 0, sampleMs: 50, sampleJitterMs: 0, outcomeJitterMs: 0, rivalBeatMs: 100, refusedMs: 200 };

let prefixes = 0;

/** Says what the store has as a driver would write it. */
export class FleetOnEtcd {
  readonly keys = new FleetKeys(`/test/${++prefixes}`);
  readonly driver: EtcdClient;

  constructor(readonly endpoints: readonly string[]) {
    this.driver = this.client(endpoints);
  }

  client(endpoints = this.endpoints): EtcdClient {
    const client = new EtcdClient({ endpoints: [...endpoints], ...QUICK });
    onTestFinished(() => client.close());
    return client;
  }

  /** Assigns a wish, and writes the newest generation. */
  async assign(text: string, generation: number, more: Partial<Assignment> = {}, label = 'a'): Promise<void> {
    const sha256 = await writeWish(this.driver as FleetStore, this.keys, text);
    const assignment: Assignment = { generation, wishes: { main: sha256 }, ...more };
    await this.driver.transact({
      success: [
        { put: this.keys.assignment(label), value: JSON.stringify(assignment) },
        { put: this.keys.latest, value: String(generation) },
      ],
    });
  }

  async unassign(label = 'a'): Promise<void> {
    await this.driver.delete(this.keys.assignment(label));
  }

  async state(label = 'a'): Promise<AgentState | undefined> {
    const kv = await this.driver.get(this.keys.state(label));
    return kv && JSON.parse(kv.value.toString());
  }

  async report(label = 'a'): Promise<AgentReport | undefined> {
    const kv = await this.driver.get(this.keys.report(label));
    return kv && JSON.parse(kv.value.toString());
  }

  says(state: Partial<AgentState>, label = 'a'): Promise<void> {
    return expect.poll(() => this.state(label).catch(() => undefined), { interval: 20 }).toMatchObject(state);
  }

  member(
    options: Partial<MemberParts> & { readonly endpoints?: readonly string[]; readonly carrier?: FakeCarrier } = {},
  ) {
    const { endpoints = this.endpoints, carrier = new FakeCarrier(), ...parts } = options;
    const store = this.client(endpoints);
    const lines: string[] = [];
    const log = { info: (text: string) => void lines.push(text), warn: (text: string) => void lines.push(text) };
    const member = new Member({
      ...{ store, keys: this.keys, label: 'a', labels: {}, carrier, log, ...parts },
      facts: () => ({ agent: '1.2.3', vpp: '26.06', health: 'ok' }),
      pace: { ...PACE, ...parts.pace },
    });
    onTestFinished(() => member.close());
    member.start();
    return { member, carrier, lines, store };
  }
}

/** The value is looked at until it is as expected. */
export function eventually<T>(read: () => T) {
  const poll = expect.poll(read, { interval: 10 });
  return {
    toBe: (value: unknown): Promise<void> => poll.toBe(value),
    toEqual: (value: unknown): Promise<void> => poll.toEqual(value),
    toBeUndefined: (): Promise<void> => poll.toBeUndefined(),
  };
}
