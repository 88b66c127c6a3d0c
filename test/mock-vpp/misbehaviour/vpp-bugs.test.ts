/** The mock with VPP's bugs: as the mux, and clients that only know bytes, meet them. */
import { describe, expect, it } from 'vitest';
import type { Death, MockOptions } from '../../../mock-vpp/index.js';
import { type Fields, loadSchema } from '../../../src/mux/internal.js';
import { siblingReplies } from '../../../src/mux/quirks/sibling-replies.js';
import { wrongIdOf } from '../../../src/mux/quirks/wrong-ids.js';
import { mockAndClient, rawClient } from '../../support/mock.js';
import { needs } from '../../support/needs.js';
import { frameOf, type RawClient } from '../../support/raw-client.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

/** A mock with the bugs; a death is expected, and no warning that fails the test. */
async function world(options: Partial<MockOptions> = {}) {
  const deaths: Death[] = [];
  const { mock, client } = await mockAndClient({
    misbehave: { vppBugs: true },
    onDeath: (death) => deaths.push(death),
    log: () => {},
    ...options,
  });
  return { mock, client, deaths };
}

describe('answers', () => {
  it('details under a wrong id: that of another message', async () => {
    const { client } = await world();
    const proxy = { sw_if_index: 0, ip: '2001:db8::5', is_add: true };
    await client.ask('ip6nd_proxy_add_del', proxy);
    client.post('ip6nd_proxy_dump');
    const body = await client.next();
    expect(body.readUInt16BE(0)).toBe(wrongIdOf('ip6nd_proxy_details'));
    expect(body.readUInt16BE(0)).not.toBe(client.ids.get('ip6nd_proxy_details'));
  });

  it("a reply under a sibling's name, whose layout is the same", async () => {
    const { mock, client } = await world();
    mock.handle('acl_stats_intf_counters_enable', () => 0);
    client.post('acl_stats_intf_counters_enable', { enable: true });
    expect(await client.message()).toMatchObject({ name: 'acl_del_reply', fields: { retval: 0 } });
  });

  it('every sibling that the mock knows: has the CRC of the reply that it stands for', async () => {
    const { client } = await world();
    for (const [request, reply] of siblingReplies) {
      const own = client.crcs.get(`${request}_reply`);
      if (own !== undefined) expect([request, client.crcs.get(reply)]).toEqual([request, own]);
    }
  });

  it('a refusal: garbage in the numbers that it leaves open, but not in counts', async () => {
    const { mock, client } = await world();
    mock.handle('acl_add_replace', () => -1);
    mock.handle('show_threads', () => -1);
    expect(await client.ask('acl_add_replace')).toMatchObject({ retval: -1, acl_index: 0xdeadbeef });
    expect(await client.ask('show_threads')).toMatchObject({ retval: -1, count: 0 });
    expect(await client.ask('create_loopback')).toMatchObject({ retval: 0, sw_if_index: 1 });
  });
});

describe('requests that VPP dies of', () => {
  it('with the values that harm: all connections end, nobody listens, and it can be started again', async () => {
    const { mock, client, deaths } = await world();
    const other = await rawClient(mock);
    const path = { type: 3, nh: { obj_id: 7 }, weight: 1 };
    client.post('ip_route_add_del', { is_add: true, route: { prefix: '192.0.2.0/24', paths: [path] } });
    await Promise.all([client.untilClosed(), other.untilClosed()]);
    expect(mock.running).toBe(false);
    expect(deaths).toEqual([
      {
        request: 'ip_route_add_del',
        client: 'raw-client',
        reason: 'does not look whether there is such an encapsulation, and dies',
      },
    ]);
    await mock.start();
    expect(await (await rawClient(mock)).answersOnlyPing()).toBe(true);
  });

  it('with other values: served', async () => {
    const { client, mock } = await world();
    const paths = [{ type: 2, weight: 1 }];
    const route = { prefix: '192.0.2.0/24', paths };
    expect(await client.ask('ip_route_add_del', { is_add: true, route })).toMatchObject({ retval: 0 });
    expect(mock.running).toBe(true);
  });

  it('a source of routes: looked up in what the mock has', async () => {
    const { client, mock, deaths } = await world();
    const [{ src }] = await client.dump('fib_source_dump');
    const route = (source: unknown) => ({ prefix: '192.0.2.0/24', paths: [{ type: 2 }], src: source });
    const known = (src as Fields).id;
    expect(await client.ask('ip_route_add_del_v2', { is_add: true, route: route(known) })).toMatchObject({ retval: 0 });
    client.post('ip_route_add_del_v2', { is_add: true, route: route(200) });
    await client.untilClosed();
    expect([mock.running, deaths.length]).toEqual([false, 1]);
  });

  it('a redirect of punts without a path: looked up by the newer dump, the older one ends it', async () => {
    const { client, mock } = await world();
    const punt = { rx_sw_if_index: 0, af: 0, paths: [] };
    expect(await client.ask('add_del_ip_punt_redirect_v2', { is_add: true, punt })).toMatchObject({ retval: 0 });
    expect(await client.dump('ip_punt_redirect_dump', { sw_if_index: 0, is_ipv6: true })).toEqual([]);
    client.post('ip_punt_redirect_dump', { sw_if_index: 0 });
    await client.untilClosed();
    expect(mock.running).toBe(false);
  });

  it('while a fault holds an answer back: nothing comes after the death', async () => {
    const { client, deaths } = await world({ misbehave: { delay: 20, vppBugs: true } });
    client.post('show_version');
    client.post('memif_create', { mode: 7 });
    await client.untilClosed();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(deaths).toMatchObject([{ request: 'memif_create' }]);
  });

  it("another's registration deleted: its owner's next request ends it", async () => {
    const { client, mock, deaths } = await world();
    const other = await rawClient(mock);
    expect(await client.ask('sockclnt_delete', { index: other.index })).toMatchObject({ response: 1 });
    await client.untilClosed();
    expect(mock.running).toBe(true);
    other.post('control_ping');
    await other.untilClosed();
    expect(deaths).toMatchObject([{ request: 'control_ping', reason: expect.stringMatching(/registration/) }]);
  });

  it('without the misbehaviour: it goes on', async () => {
    const { client, mock } = await world({ misbehave: {} });
    const path = { type: 3, nh: { obj_id: 7 }, weight: 1 };
    client.post('ip_route_add_del', { is_add: true, route: { prefix: '192.0.2.0/24', paths: [path] } });
    await client.message();
    expect(mock.running).toBe(true);
  });
});

describe('what VPP hangs of', () => {
  /** A mock, a client of it, and what it warns of. */
  async function watched() {
    const warnings: string[] = [];
    const { mock, client } = await world({ log: (level, text) => void (level === 'warn' && warnings.push(text)) });
    return { mock, client, warnings };
  }

  it('a request: answered, and then nobody is served any more, until it is started again', async () => {
    const { mock, client, warnings } = await watched();
    const limits = { max_reassemblies: 1024, expire_walk_interval_ms: 0 };
    expect(await client.ask('ip_reassembly_set', limits)).toMatchObject({ retval: 0 });
    client.post('control_ping');
    expect(await Promise.race([client.next(), new Promise((resolve) => setTimeout(resolve, 100, 'nothing'))])).toBe(
      'nothing',
    );
    expect(mock.received('control_ping')).toBe(0);
    expect(warnings).toEqual([
      'VPP walks without a pause from then on, and hangs: it was sent ip_reassembly_set by client "raw-client"; the mock answers nobody any more',
    ]);
    await mock.restart();
    expect(await (await rawClient(mock)).answersOnlyPing()).toBe(true);
  });

  it('sixteen clients that disconnect at once: nothing; one more: nobody is served any more', async () => {
    const { mock, client, warnings } = await watched();
    for (const count of [16, 17]) {
      const others: RawClient[] = [];
      // One by one: few connections may wait to be taken in.
      while (others.length < count) others.push(await rawClient(mock));
      for (const other of others) other.close();
      await expect.poll(() => mock.clients.length).toBe(1);
      if (count === 16) expect(await client.answersOnlyPing()).toBe(true);
    }
    client.post('control_ping');
    expect(await Promise.race([client.next(), new Promise((resolve) => setTimeout(resolve, 100, 'nothing'))])).toBe(
      'nothing',
    );
    expect(warnings).toEqual([expect.stringMatching(/^VPP hangs: more than 16 clients disconnected at once; /)]);
  });
});

describe('handlers that hold it up', () => {
  it('a ping of the command line: what others send meanwhile is lost, and so is what its own client sends', async () => {
    const { client, mock } = await world();
    const other = await rawClient(mock);
    const ping = client.post('cli_inband', { cmd: 'ping 192.0.2.9 repeat 2 interval 0.05' });
    client.post('create_loopback');
    await expect.poll(() => mock.received('cli_inband')).toBe(1);
    other.post('create_loopback');
    expect((await client.message()).fields).toMatchObject({
      context: ping,
      reply: '\nStatistics: 2 sent, 0 received, 100% packet loss\n',
    });
    expect(await client.answersOnlyPing()).toBe(true);
    expect(await other.answersOnlyPing()).toBe(true);
    expect([...mock.dataplane.interfaces.values()]).toHaveLength(1);
  });

  it('want_ping_finished_events: the first message ends it early, and is answered', async () => {
    const { client, mock } = await world();
    const other = await rawClient(mock);
    const fields = { address: '192.0.2.9', repeat: 3, interval: 3600 };
    expect(await client.ask('want_ping_finished_events', fields)).toMatchObject({ retval: 0 });
    expect(await other.answersOnlyPing()).toBe(true);
    expect(await client.message()).toMatchObject({
      name: 'ping_finished_event',
      fields: { request_count: 3, reply_count: 0 },
    });
  });

  it('two that come in one write: both are answered', async () => {
    const { client } = await world();
    const event = client.body('want_ping_finished_events', { address: '192.0.2.9', repeat: 1, interval: 0.02 });
    const ping = client.body('cli_inband', { cmd: 'ping 192.0.2.9 repeat 1 interval 3600' });
    client.send(Buffer.concat([frameOf(event.body), frameOf(ping.body)]));
    const names = [(await client.message()).name, (await client.message()).name, (await client.message()).name];
    expect(names).toEqual(['want_ping_finished_events_reply', 'cli_inband_reply', 'ping_finished_event']);
  });

  it('a ping of centuries: holds it up for long', async () => {
    const { client } = await world();
    client.post('cli_inband', { cmd: 'ping 192.0.2.9 repeat 4000000000' });
    expect(await Promise.race([client.next(), new Promise((resolve) => setTimeout(resolve, 100, 'nothing'))])).toBe(
      'nothing',
    );
  });

  it('want_ping_finished_events without a message: after its time', async () => {
    const { client } = await world();
    await client.ask('want_ping_finished_events', { address: '192.0.2.9', repeat: 2, interval: 0.01 });
    expect((await client.message()).fields).toMatchObject({ request_count: 2, reply_count: 0 });
  });

  it('a handler that sleeps: everybody waits, and is answered behind it', needs(sharedMissing), async () => {
    const apiDir = sharedPath('vpp-api', '26.06');
    const { mock } = await world({ apiDir });
    const schema = await loadSchema(apiDir);
    const [client, other] = [await rawClient(mock, schema), await rawClient(mock, schema)];
    const order: string[] = [];
    mock.handle('arping', () => {
      order.push('arping');
      return { reply_count: 0 };
    });
    mock.handle('show_version', () => {
      order.push('show_version');
      return {};
    });
    client.post('arping', { repeat: 2, interval: 0.01 });
    await expect.poll(() => mock.received('arping')).toBe(1);
    other.post('show_version');
    await Promise.all([client.message(), other.message()]);
    expect(order).toEqual(['arping', 'show_version']);
  });
});
