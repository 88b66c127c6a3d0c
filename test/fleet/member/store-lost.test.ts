/** A member whose store is lost in one way or the other: nothing becomes of its dataplane. */

import { describe, expect, it, onTestFinished } from 'vitest';
import { cutProxy } from '../../support/cut-proxy.js';
import { type EtcdMember, etcdMissing, startEtcd } from '../../support/etcd.js';
import { excused } from '../../support/needs.js';
import { eventually, FleetOnEtcd } from './world.js';

async function started() {
  const cluster = await startEtcd();
  onTestFinished(() => cluster.close());
  const fleet = new FleetOnEtcd(cluster.endpoints);
  const [etcd] = cluster.members;
  return { fleet, etcd };
}

const RETURN: Readonly<Record<string, (etcd: EtcdMember) => Promise<void>>> = {
  async killed(etcd) {
    await etcd.kill();
    await etcd.start();
  },
  async 'killed, its data lost'(etcd) {
    await etcd.kill();
    etcd.forget();
    await etcd.start();
  },
};

describe('a member whose etcd is lost', excused(etcdMissing()), () => {
  it.each(Object.entries(RETURN))(
    '%s: nothing is carried out or taken back, and its state is there again',
    async (_, lose) => {
      const { fleet, etcd } = await started();
      const { carrier, member } = fleet.member({ pace: { ttlSeconds: 2 } });
      await fleet.assign('one', 3);
      await fleet.says({ generation: 3, outcome: 'applied' });
      await lose(etcd);
      const returned = performance.now();
      await fleet.says({ generation: 3, outcome: 'applied' });
      expect(performance.now() - returned).toBeLessThan(2000);
      await eventually(() => member.status.store.state).toBe('there');
      expect(carrier.done).toEqual(['one']);
      // The next assignment counts, whatever its generation.
      await fleet.assign('two', 1);
      await fleet.says({ generation: 1, outcome: 'applied' });
      expect(carrier.done).toEqual(['one', 'two']);
      expect(member.status.ignored).toBeUndefined();
    },
  );

  it('its data lost: the wish in effect stays, it is said why, and the agent restarted knows it too', async () => {
    const { fleet, etcd } = await started();
    const { carrier, member } = fleet.member({ pace: { ttlSeconds: 2 } });
    await fleet.assign('one', 3);
    await fleet.says({ generation: 3, outcome: 'applied' });
    await RETURN['killed, its data lost'](etcd);
    const why = 'the store has lost generation 3, which stays in effect until another one is assigned';
    await eventually(() => member.status.ignored).toBe(why);
    await member.close();
    const again = fleet.member({ carrier });
    await fleet.says({ generation: 3, outcome: 'applied' });
    await eventually(() => again.member.status.ignored).toBe(why);
    expect(carrier.done).toEqual(['one']);
  });

  it('stopped and going on: is away meanwhile, and hears of what was assigned then', async () => {
    const { fleet, etcd } = await started();
    const { carrier, member } = fleet.member({ pace: { ttlSeconds: 2 } });
    await fleet.assign('one', 1);
    await fleet.says({ generation: 1, outcome: 'applied' });
    etcd.suspend();
    await eventually(() => member.status.store.state).toBe('away');
    expect(member.status).toMatchObject({ generation: 1, outcome: 'applied', store: { reason: expect.any(String) } });
    etcd.resume();
    await eventually(() => member.status.store.state).toBe('there');
    await fleet.assign('two', 2);
    await fleet.says({ generation: 2, outcome: 'applied' });
    expect(carrier.done).toEqual(['one', 'two']);
  });

  it('cut off, and compacted meanwhile: the assignment is read anew, once', async () => {
    const { fleet } = await started();
    const proxy = await cutProxy(fleet.endpoints[0]);
    onTestFinished(() => proxy.close());
    const { carrier, member } = fleet.member({ endpoints: [proxy.url], pace: { ttlSeconds: 2 } });
    await fleet.assign('one', 1);
    await fleet.says({ generation: 1, outcome: 'applied' });
    proxy.cut();
    await eventually(() => member.status.store.state).toBe('away');
    await eventually(() => fleet.state()).toBeUndefined();
    await fleet.assign('two', 2);
    await fleet.assign('three', 3);
    await fleet.driver.compact(await fleet.driver.put('x', ''));
    proxy.mend();
    await fleet.says({ generation: 3, outcome: 'applied' });
    expect(carrier.done).toEqual(['one', 'three']);
  });

  it('cut off before it has confirmed: goes back by itself, and says so when it is back', async () => {
    const { fleet } = await started();
    const proxy = await cutProxy(fleet.endpoints[0]);
    onTestFinished(() => proxy.close());
    const { carrier, member } = fleet.member({ endpoints: [proxy.url], pace: { ttlSeconds: 2 } });
    await fleet.assign('one', 1);
    await fleet.says({ generation: 1, outcome: 'applied' });
    await fleet.assign('two', 2, { confirmSeconds: 5 });
    await fleet.says({ generation: 2, outcome: 'applied' });
    proxy.cut();
    await eventually(() => member.status.store.state).toBe('away');
    carrier.expire();
    expect(carrier.present.text).toBe('one');
    proxy.mend();
    await fleet.says({ generation: 2, outcome: 'taken-back' });
    await fleet.assign('one', 1);
    await fleet.says({ generation: 1, outcome: 'applied' });
    expect(carrier.done).toEqual(['one', 'two', 'one']);
  });

  it('not there when the agent starts: its assignment is carried out when it comes', async () => {
    const { fleet, etcd } = await started();
    await fleet.assign('one', 1);
    await etcd.kill();
    const { carrier, member } = fleet.member();
    await eventually(() => member.status.store.state).toBe('away');
    await etcd.start();
    await fleet.says({ generation: 1, outcome: 'applied' });
    expect(carrier.done).toEqual(['one']);
  });
});
