/** The plugin in an agent, over a mock: its operations from end to end. */

import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import {
  wishAdopt,
  wishApply,
  wishConfirm,
  wishDrift,
  wishGraph,
  wishHistory,
  wishPlan,
  wishRollback,
  wishShow,
  wishStatus,
  wishValidate,
} from '../../../src/plugins/index.js';
import { testMock } from '../../support/mock.js';
import { temporaryFolder, wishAgent } from './support.js';

const A = 'loopbacks:\n  loop0: { addresses: [ 192.0.2.1/24 ] }\n';
const B = 'loopbacks:\n  loop0: { addresses: [ 192.0.2.9/24 ] }\n  loop1: {}\n';

async function mockedAgent(options: Parameters<typeof wishAgent>[1] = {}) {
  const mock = await testMock();
  const made = await wishAgent(mock.socket, options);
  await vi.waitFor(async () => expect(await made.client.call(wishStatus, {})).toMatchObject({ state: 'none' }));
  await made.mux.ready();
  return { mock, ...made };
}

describe('without a wish', () => {
  it('nothing is written, and VPP is asked nothing', async () => {
    const { client, stateDir } = await mockedAgent();
    expect(await client.call(wishStatus, {})).toMatchObject({ state: 'none', reason: 'no wish was applied' });
    expect(readdirSync(stateDir)).toEqual([]);
    await expect(client.call(wishDrift, {})).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await client.call(wishHistory, {})).toEqual({ wishes: [] });
  });
});

describe('a wish', () => {
  it('is checked, planned, applied, kept, and shown object by object', async () => {
    const { client } = await mockedAgent();
    expect(await client.call(wishValidate, { text: A })).toEqual({ valid: true, errors: [], warnings: [] });
    await vi.waitFor(() => client.call(wishPlan, { text: A }));
    const plan = await client.call(wishPlan, { text: A, asCli: true });
    expect(plan.counts).toEqual({ create: plan.changes.length, change: 0, delete: 0, pending: 0 });
    expect(plan.cli?.[0]).toEqual({ block: 'create', line: 'create loopback interface instance 0' });
    const applied = await client.call(wishApply, { text: A, comment: 'the first' });
    expect(applied).toMatchObject({ revision: 1, state: 'applied', changed: plan.changes.length, problems: [] });
    expect(await client.call(wishPlan, { text: A })).toMatchObject({ changes: [] });
    const { state, counts, objects } = await client.call(wishStatus, { objects: true, match: 'address/*' });
    expect({ state, counts }).toMatchObject({ state: 'applied', counts: { failed: 0, pending: 0 } });
    expect(objects).toEqual([
      {
        ...{ key: 'address/loop0 192.0.2.1/24', kind: 'address', name: 'loop0 192.0.2.1/24' },
        ...{ state: 'applied', needs: ['interface/loop0'] },
      },
    ]);
    const { objects: nodes, edges } = await client.call(wishGraph, {});
    expect(nodes).toContainEqual({ key: 'loopback/loop0', kind: 'loopback', state: 'as-wanted' });
    expect(edges).toContainEqual({ from: 'address/loop0 192.0.2.1/24', to: 'loopback/loop0' });
    expect((await client.call(wishGraph, { format: 'dot' })).text).toMatch(/^digraph/);
    expect(await client.call(wishShow, {})).toEqual({ revision: 1, text: A });
    const { text } = await client.call(wishAdopt, {});
    expect(await client.call(wishPlan, { text })).toMatchObject({ changes: [] });
  });

  it('with mistakes is refused with the first of them, and nothing is saved', async () => {
    const { client, stateDir } = await mockedAgent();
    const wrong = client.call(wishApply, { text: 'loopbacks:\n  loop0: { mtu: 1 }\n' });
    await expect(wrong).rejects.toMatchObject({ code: 'EINVAL', message: expect.stringContaining('line 2: ') });
    expect((await client.call(wishHistory, {})).wishes).toEqual([]);
    expect(existsSync(`${stateDir}/wishes-of`) && readdirSync(`${stateDir}/wishes-of`).length > 1).toBe(false);
  });

  it('is refused to those who may only read', async () => {
    const { client } = await mockedAgent({ access: 'read' });
    await expect(client.call(wishApply, { text: A })).rejects.toMatchObject({ code: 'READ_ONLY' });
  });

  it('that deletes too much is refused, unless that is allowed', async () => {
    const { client } = await mockedAgent({ conf: { 'max-deletions': 1 } });
    await vi.waitFor(() => client.call(wishPlan, { text: B }));
    await client.call(wishApply, { text: B });
    expect((await client.call(wishPlan, { text: '{}' })).refusal).toMatch(/^would delete \d+ objects/);
    await expect(client.call(wishApply, { text: '{}' })).rejects.toMatchObject({
      ...{ code: 'ERANGE', path: 'allowDeletions' },
      message: expect.stringMatching(/^would delete \d+ objects, and max-deletions allows 1:/),
    });
    const emptied = await client.call(wishApply, { text: '{}', allowDeletions: true });
    expect(emptied).toMatchObject({ revision: 2, state: 'applied' });
  });

  it('is taken back by steps and by number; each is a wish of its own in the history', async () => {
    const { client } = await mockedAgent();
    await vi.waitFor(() => client.call(wishPlan, { text: A }));
    await client.call(wishApply, { text: A });
    await client.call(wishApply, { text: B });
    expect(await client.call(wishRollback, {})).toMatchObject({ revision: 3, from: 1, state: 'applied' });
    expect(await client.call(wishShow, {})).toMatchObject({ text: A });
    expect(await client.call(wishRollback, { revision: 2 })).toMatchObject({ revision: 4, from: 2 });
    const { wishes } = await client.call(wishHistory, {});
    expect(wishes.map(({ revision, state, comment }) => [revision, state, comment])).toEqual([
      [4, 'present', 'back to wish 2'],
      [3, 'past', 'back to wish 1'],
      [2, 'past', undefined],
      [1, 'past', undefined],
    ]);
    await expect(client.call(wishRollback, { steps: 9 })).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('to be confirmed: is kept when it is, and says when it is taken back', async () => {
    const { client } = await mockedAgent();
    await vi.waitFor(() => client.call(wishPlan, { text: A }));
    const { unconfirmed, revision } = await client.call(wishApply, { text: A, confirm: 600 });
    expect(unconfirmed).toMatchObject({ revision: 2, seconds: 600, until: expect.any(String), back: 1 });
    expect(await client.call(wishConfirm, {})).toEqual({ revision, already: false });
    expect(await client.call(wishConfirm, { revision })).toEqual({ revision, already: true });
    await client.call(wishApply, { text: B, confirm: 600 });
    expect(await client.call(wishRollback, {})).toMatchObject({ revision: 2, from: 2, state: 'applied' });
    await expect(client.call(wishConfirm, { revision: 3 })).rejects.toMatchObject({
      ...{ code: 'ENOENT', message: 'wish 3 was taken back: the present one is 2' },
    });
  });
});

describe('a wish in a file', () => {
  it('is applied at the start, and when it has changed; one with mistakes leaves the wish before', async () => {
    const file = `${temporaryFolder()}/vpp.yaml`;
    writeFileSync(file, A);
    const mock = await testMock();
    const { client, text } = await wishAgent(mock.socket, { conf: { wish: file } });
    const present = async () => (await client.call(wishStatus, {})).revision;
    await vi.waitFor(async () => expect(await present()).toBe(1));
    writeFileSync(file, B);
    await vi.waitFor(async () => expect(await present()).toBe(2));
    writeFileSync(file, 'loopbacks: 5\n');
    await vi.waitFor(() => expect(text()).toContain(`${file} is not applied: the wish has mistakes: line 1: `));
    writeFileSync(file, '');
    await vi.waitFor(() =>
      expect(text()).toContain(`${file} is not applied: it is empty: a wish that nothing is to be`),
    );
    expect(await present()).toBe(2);
    await expect(client.call(wishApply, { text: ' # nothing\n---\n' })).rejects.toMatchObject({
      ...{ code: 'EINVAL', message: expect.stringContaining('the wish is empty') },
    });
    expect((await client.call(wishHistory, {})).wishes[0]).toMatchObject({ by: file, comment: 'the file has changed' });
  });
});

describe('what is unmanaged', () => {
  it('is neither changed nor deleted, nor what stands on it', async () => {
    const { client } = await mockedAgent({ conf: { unmanaged: ['interface/loop0'] } });
    await vi.waitFor(() => client.call(wishPlan, { text: A }));
    const { counts, problems } = await client.call(wishApply, { text: A });
    expect(counts.pending).toBe(problems.length);
    expect(problems[0]).toMatchObject({ key: 'loopback/loop0', state: 'pending', reason: 'is listed as unmanaged' });
  });
});

describe('after a restart', () => {
  it('of VPP: everything is there again', async () => {
    const { mock, client, stateDir } = await mockedAgent();
    await vi.waitFor(() => client.call(wishPlan, { text: A }));
    await client.call(wishApply, { text: A });
    await mock.stop();
    const next = await testMock({ socket: mock.socket, pid: 4711 });
    await vi.waitFor(async () => {
      expect(next.dataplane.hasInterface(1)).toBe(true);
      expect(await client.call(wishStatus, {})).toMatchObject({ state: 'applied', counts: { failed: 0, pending: 0 } });
    });
    expect(stateDir).toBeTruthy();
  });

  it('of the agent: the wish is still the present one, and VPP is only looked at', async () => {
    const stateDir = temporaryFolder();
    const first = await mockedAgent({ stateDir });
    await vi.waitFor(() => first.client.call(wishPlan, { text: A }));
    await first.client.call(wishApply, { text: A });
    await first.agent.close();
    const { client } = await wishAgent(first.mock.socket, { stateDir });
    await vi.waitFor(async () => {
      expect(await client.call(wishStatus, {})).toMatchObject({
        state: 'applied',
        revision: 1,
        counts: { failed: 0, pending: 0 },
      });
    });
  });
});
