import { expect, it } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { AgentsView } from '../../../src/fleet/rollout/agents-view.js';
import type { Change, KeyValue } from '../../../src/fleet/store/store.js';

const keys = new FleetKeys();
const at = '2026-01-01T00:00:00Z';
const state = { instance: 'i', agent: '0.1.0', labels: {}, drift: 0, health: 'ok', at };
const wish = (generation: number) => ({ generation, wishes: { main: 'a'.repeat(64) } });

const kv = (key: string, value: unknown, modRevision: number): KeyValue => ({
  ...{ key, keyBytes: Buffer.from(key), createRevision: modRevision, modRevision, version: 1, lease: 0n },
  value: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
});
const put = (key: string, value: unknown, revision: number): Change => ({
  type: 'put',
  key,
  kv: kv(key, value, revision),
});

function view() {
  let now = 1000;
  const agents = new AgentsView(keys, () => now);
  return {
    seen: (label: string) => agents.seen.get(label),
    agents,
    snapshot: (...kvs: KeyValue[]) => agents.take({ kind: 'snapshot', because: 'start', kvs, revision: 9 }),
    change: (revision: number, ...changes: Change[]) => agents.take({ kind: 'changes', changes, revision }),
    wait: (ms: number) => {
      now += ms;
    },
  };
}

it('an agent that goes: is missing since then, whatever snapshots come, and no more when it is back', async () => {
  const { snapshot, change, seen, wait } = view();
  await snapshot(kv(keys.state('a'), state, 1));
  expect(seen('a')?.missingSince).toBeUndefined();
  await change(10, { type: 'delete', key: keys.state('a') });
  wait(500);
  await snapshot(kv(keys.assignment('a'), wish(1), 2));
  expect(seen('a')).toMatchObject({ missingSince: 1000, assignment: wish(1) });
  await change(11, put(keys.state('a'), state, 11));
  expect(seen('a')?.missingSince).toBeUndefined();
});

it('an assignment that was written here: is not replaced by an older one that comes late', async () => {
  const { change, seen, agents } = view();
  agents.assign('a', wish(3), 12);
  await change(11, put(keys.assignment('a'), wish(2), 11));
  expect(seen('a')?.assignment).toEqual(wish(3));
  await change(13, { type: 'delete', key: keys.assignment('a') });
  expect(seen('a')?.assignment).toBeUndefined();
});

it('records of another form, and keys of nobody: count as none', async () => {
  const { snapshot, agents } = view();
  await snapshot(
    kv(keys.state('a'), '{', 1),
    kv(keys.report('a'), { generation: -1 }, 2),
    kv(`${keys.agents}b`, '', 3),
    kv(keys.state('no label'), state, 4),
  );
  expect([...agents.seen]).toEqual([['a', { missingSince: 1000, state: undefined, report: undefined }]]);
});

it('a snapshot of many agents: others have their turn in between, and it counts when all of it is read', async () => {
  const { agents, snapshot, seen } = view();
  await snapshot(kv(keys.state('old'), state, 1));
  const many = Array.from({ length: 20_000 }, (_, at) => kv(keys.state(`a${at}`), state, 2));
  const sizes: number[] = [];
  const taken = snapshot(...many);
  const timer = setInterval(() => sizes.push(agents.seen.size), 1);
  // Written while it is read, of a later revision.
  agents.assign('a7', wish(3), 12);
  agents.assign('a8', wish(3), 8);
  await taken;
  clearInterval(timer);
  expect(new Set(sizes)).toEqual(new Set([3]));
  expect(agents.seen.size).toBe(20_000);
  expect(seen('a7')?.assignment).toEqual(wish(3));
  expect(seen('a8')?.assignment).toBeUndefined();
});
