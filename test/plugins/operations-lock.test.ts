/** operations.lock.json: released operations keep their names and shapes. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { changesBetween } from '../../src/agent/operations/compatibility.js';
import { exportedOperations, lockOf, type OperationsLock } from '../../src/agent/operations/lock.js';
import * as door from '../../src/plugins/index.js';
import { socketPath } from '../support/mock.js';
import { servingAgent } from './api-socket/serving-agent.js';
import { captureAgent } from './capture/support.js';
import { wishAgent } from './desired-state/support.js';
import { fleetAgent } from './etcd/support.js';
import { clientOf } from './operations/support.js';
import { statsAgent } from './stats/support.js';

const locked: OperationsLock = JSON.parse(readFileSync(new URL('../../operations.lock.json', import.meta.url), 'utf8'));
const shipped = exportedOperations(door);

it('released operations: callers notice no change', () => {
  const noticed = changesBetween(locked, lockOf(shipped)).filter(({ compatible }) => !compatible);
  expect(noticed, 'give what has changed another name, or npm run operations:lock -- --breaking').toEqual([]);
});

it('the lock: is written anew with each change', () => {
  expect(lockOf(shipped), 'npm run operations:lock').toEqual(locked);
});

it('the lock: notices an operation that is gone, and one that asks for more', () => {
  const [first, ...rest] = shipped;
  expect(changesBetween(locked, lockOf(rest))).toEqual([{ operation: first.name, compatible: false, text: 'is gone' }]);
  const { 'route.list': list } = locked.operations;
  const asksMore = { ...list, input: { ...list.input, required: ['table'] } };
  const after = { ...locked, operations: { ...locked.operations, 'route.list': asksMore } };
  expect(changesBetween(locked, after)).toMatchObject([{ operation: 'route.list', compatible: false }]);
});

it('all that the plugin has: can be imported, and called with types', async () => {
  const { agent } = await clientOf(socketPath(), { away: true });
  const { agent: serving } = await servingAgent({ sockets: [] });
  const { agent: capturing } = await captureAgent(socketPath(), { away: true });
  const { agent: counting } = await statsAgent(socketPath());
  const { agent: wishing } = await wishAgent(socketPath());
  const { agent: inFleet } = await fleetAgent();
  const names = [agent, serving, capturing, counting, wishing, inFleet]
    .flatMap(({ operations }) => operations.catalogue)
    .map(({ operation }) => operation.name);
  expect([...new Set(names)].sort()).toEqual(shipped.map(({ name }) => name).sort());
});
