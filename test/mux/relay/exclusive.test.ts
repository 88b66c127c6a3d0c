/** Requests that suspend VPP's API: they go alone, whoever sends them, and everybody else is answered after them. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../src/mux/index.js';
import { fakeClock, turns } from '../../support/fake-clock.js';
import { hold } from '../../support/held-vpp.js';
import { until } from '../../support/mock.js';
import { relayWorld } from '../../support/relay-world.js';
import { afterThis } from '../../support/world.js';

/** Names of what VPP has been sent since the last `forget()`, in order. */
const names = (mock: { receivedMessages(): { name: string }[] }) => mock.receivedMessages().map(({ name }) => name);

describe('a command of the command line', () => {
  it('waits for what is in flight, goes alone, and then the others have their turn', async () => {
    const { mock, client, connection } = await relayWorld();
    const [a, b] = [await client('a'), await client('b')];
    const channel = connection.channel();
    const held = hold(mock, 'sw_interface_tag_add_del');
    const commands = hold(mock, 'cli_inband');
    mock.forget();
    a.post('sw_interface_tag_add_del');
    await until(() => held.waiting === 1);
    b.post('cli_inband', { cmd: 'show version' });
    await turns(10);
    a.post('show_version');
    const own = channel.request('show_version');
    await turns(10);
    expect(names(mock)).toEqual(['sw_interface_tag_add_del']);
    held.answer();
    await until(() => commands.waiting === 1);
    await turns(20);
    expect(names(mock).at(-1)).toBe('cli_inband');
    commands.answer({ reply: 'done' });
    expect((await b.message()).fields.reply).toBe('done');
    expect((await a.message()).name).toBe('sw_interface_tag_add_del_reply');
    expect((await a.message()).name).toBe('show_version_reply');
    expect((await own).retval).toBe(0);
  });

  it('while VPP is at it: nothing else is sent, not even the probe of the link, nor the ping that lets dumps go', async () => {
    const { mock, client, connection } = await relayWorld({
      connect: { health: { intervalMs: 100, timeoutMs: 100 } },
    });
    const clock = fakeClock(afterThis);
    const [a, b] = [await client('a'), await client('b')];
    const commands = hold(mock, 'cli_inband');
    b.post('cli_inband', { cmd: 'ping 192.0.2.1' });
    await until(() => commands.waiting === 1);
    a.post('show_version');
    mock.forget();
    await clock.pass(1200);
    expect(names(mock)).toEqual([]);
    expect(connection.status.state).toBe('ready');
    commands.answer({ reply: 'pong' });
    expect((await a.message()).name).toBe('show_version_reply');
    expect((await b.message()).fields.reply).toBe('pong');
  });

  it('its client leaves meanwhile: it is still alone until VPP has answered it, and the others go on then', async () => {
    const { mock, client, api } = await relayWorld();
    const [a, b] = [await client('a'), await client('b')];
    const commands = hold(mock, 'cli_inband');
    b.post('cli_inband', { cmd: 'ping 192.0.2.1' });
    await until(() => commands.waiting === 1);
    b.close();
    await until(() => api.clients().length === 1);
    mock.forget();
    a.post('show_version');
    await turns(20);
    expect(names(mock)).toEqual([]);
    commands.answer();
    expect((await a.message()).name).toBe('show_version_reply');
    expect(await a.answersOnlyPing()).toBe(true);
  });
});

describe('a ping with an event at its end', () => {
  it('is alone until the event, which its client gets, and nobody else', async () => {
    const { mock, client } = await relayWorld();
    const [a, b] = [await client('a'), await client('b')];
    mock.handle('want_ping_finished_events', () => 0);
    a.post('want_ping_finished_events', { address: '192.0.2.1', repeat: 3 });
    expect((await a.message()).name).toBe('want_ping_finished_events_reply');
    mock.forget();
    b.post('show_version');
    await turns(20);
    expect(names(mock)).toEqual([]);
    mock.inject('ping_finished_event', { request_count: 3, reply_count: 3 });
    expect(await a.message()).toMatchObject({ name: 'ping_finished_event', fields: { request_count: 3 } });
    expect((await b.message()).name).toBe('show_version_reply');
    expect(await b.answersOnlyPing()).toBe(true);
  });

  it("with VPP's bugs, where any other message ends it: all echo replies are waited for", async () => {
    const { mock, client } = await relayWorld();
    const [a, b] = [await client('a'), await client('b')];
    mock.misbehave({ vppBugs: true });
    a.post('want_ping_finished_events', { address: '192.0.2.1', repeat: 1, interval: 0.01 });
    expect((await a.message()).name).toBe('want_ping_finished_events_reply');
    b.post('show_version');
    expect((await a.message()).name).toBe('ping_finished_event');
    expect((await b.message()).name).toBe('show_version_reply');
  });

  it('one after the other: each client gets the event of its own', async () => {
    const { client } = await relayWorld();
    const [a, b] = [await client('a'), await client('b')];
    for (const [one, repeat] of [
      [a, 1],
      [b, 2],
      [a, 3],
    ] as const) {
      one.post('want_ping_finished_events', { address: '192.0.2.1', repeat });
      expect((await one.message()).name).toBe('want_ping_finished_events_reply');
      expect((await one.message()).fields.request_count).toBe(repeat);
    }
    for (const one of [a, b]) expect(await one.answersOnlyPing()).toBe(true);
  });
});

it('names that the user adds (exclusive): go alone as well', async () => {
  const { mock, client } = await relayWorld({ connect: { exclusive: ['show_version'] } });
  const [a, b] = [await client('a'), await client('b')];
  const held = hold(mock, 'show_version');
  a.post('show_version');
  await until(() => held.waiting === 1);
  mock.forget();
  b.post('sw_interface_dump');
  await turns(20);
  expect(names(mock)).toEqual([]);
  held.answer();
  expect((await b.message()).name).toBe('sw_interface_details');
});

describe('an event of a request that does something', () => {
  const config = (pid: number): Fields => ({
    is_add: true,
    client: { sw_if_index: 1, hostname: 'h', want_dhcp_event: true, pid },
  });

  it('a DHCP client: the event goes to who configured it, with its pid and index', async () => {
    const { mock, client } = await relayWorld({ mock: { setup: (dataplane) => void dataplane.addLoopback() } });
    const [a, b] = [await client('a'), await client('b')];
    expect((await a.ask('dhcp_client_config', config(4711))).retval).toBe(0);
    mock.emit('dhcp_compl_event', { lease: { sw_if_index: 1 } });
    const { name, fields } = await a.message();
    expect([name, fields.pid, fields.client_index]).toEqual(['dhcp_compl_event', 4711, a.index]);
    expect(await b.answersOnlyPing()).toBe(true);
  });

  it('two clients with a pid each: each gets its own', async () => {
    const setup = (dataplane: { addLoopback(): unknown }) => {
      dataplane.addLoopback();
      dataplane.addLoopback();
    };
    const { mock, client } = await relayWorld({ mock: { setup } });
    const all = [await client('a'), await client('b')];
    for (const [i, one] of all.entries()) {
      const asked = config(10 + i);
      const given = { ...asked, client: { ...(asked.client as Fields), sw_if_index: i + 1 } };
      expect((await one.ask('dhcp_client_config', given)).retval).toBe(0);
    }
    for (const [i, one] of all.entries()) {
      mock.emit('dhcp_compl_event', { lease: { sw_if_index: i + 1 } });
      expect((await one.message()).fields).toMatchObject({ pid: 10 + i, lease: { sw_if_index: i + 1 } });
    }
    for (const one of all) expect(await one.answersOnlyPing()).toBe(true);
  });
});
