import { describe, expect, it } from 'vitest';
import * as op from '../../../src/plugins/etcd/declarations.js';
import { smallFleet } from '../../support/small-fleet.js';
import { temporaryFolder } from '../desired-state/support.js';
import { fleetAgent } from './support.js';

async function world() {
  const dir = temporaryFolder();
  const fleet = await smallFleet(dir);
  const { client } = await fleetAgent({ conf: { dir, label: 'z' } });
  return { ...fleet, client };
}

describe('the operations fleet.*', () => {
  it('status: how far the newest roll-out is, by when it has to be confirmed, and who is ill or has drifted', async () => {
    const { client, member, rollOut, drive, states } = await world();
    await member('edge1');
    const edge2 = await member('edge2', { outcome: () => 'applying' });
    await states(['edge3'], { health: 'degraded', drift: 2 });
    await rollOut([['edge1'], ['edge2']], { confirmSeconds: 600 });
    drive('d');
    const status = () => client.call(op.fleetStatus, {});
    await expect.poll(status).toMatchObject({
      ...{ driver: 'd', drifted: 1, progress: { given: 2, applied: 1 } },
      ...{ health: { ok: 3, degraded: 1 }, counts: { applied: 1, applying: 1, none: 2 } },
      rollout: { state: 'running', wave: 2, waves: 2, confirmSeconds: 600 },
    });
    edge2.say(1, 'applied');
    await expect.poll(status).toMatchObject({ rollout: { state: 'confirming' } });
    const { rollout } = await status();
    expect(Date.parse(rollout?.confirmBy ?? '') - Date.parse(rollout?.since ?? '')).toBe(600_000);
  });

  it('agents: filtered, and by page', async () => {
    const { client, states } = await world();
    await states(['edge1', 'edge2', 'edge3']);
    await states(['core1'], { health: 'error' });
    await states(['core2'], { drift: 7 });
    const labels = async (input: object) => {
      const { agents, total, next } = await client.call(op.fleetAgents, input);
      return { labels: agents.map(({ label }) => label), total, ...(next !== undefined && { next }) };
    };
    expect(await labels({ match: 'edge*', limit: 2 })).toEqual({ labels: ['edge1', 'edge2'], total: 3, next: 'edge2' });
    expect(await labels({ match: 'edge*', limit: 2, after: 'edge2' })).toEqual({ labels: ['edge3'], total: 3 });
    expect(await labels({ match: 'core*', health: 'error' })).toEqual({ labels: ['core1'], total: 1 });
    expect(await labels({ drifted: true })).toEqual({ labels: ['core2'], total: 1 });
    expect(await labels({ standing: 'lost' })).toEqual({ labels: [], total: 0 });
  });

  it('asked of another roll-out than the newest: nothing is done', async () => {
    const { client, member, rollOut } = await world();
    await member('edge1', { outcome: () => 'applying' });
    await rollOut([['edge1']]);
    await expect(client.call(op.fleetPause, { generation: 7 })).rejects.toMatchObject({
      ...{ code: 'EBUSY', message: expect.stringContaining('generation 7 is not the newest roll-out') },
    });
    expect(await client.call(op.fleetPause, { generation: 1 })).toEqual({ generation: 1 });
    const { rollouts } = await client.call(op.fleetHistory, {});
    expect(rollouts).toMatchObject([{ generation: 1, wanted: 'pause' }]);
  });
});
