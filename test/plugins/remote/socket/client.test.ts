/** connectRemote and an agent, with a network between them that breaks. */

import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type EventItem, RetvalError } from '../../../../src/mux/index.js';
import { connectRemote, type RemoteOptions } from '../../../../src/remote/index.js';
import { remoteWorld, WRITE } from './world.js';

const EVENT = 'sw_interface_event';
const token = WRITE.headers.authorization.slice('Bearer '.length);

/** A port that leads to `url`, and can break what goes through it, or let nothing through. */
async function network(url: string) {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let isDown = false;
  const server = createServer((outside) => {
    if (isDown) {
      outside.destroy();
      return;
    }
    const inside = connect(Number(port), hostname);
    for (const each of [outside, inside]) {
      open.add(each);
      each.on('error', () => {});
      each.on('close', () => {
        open.delete(each);
        outside.destroy();
        inside.destroy();
      });
    }
    outside.pipe(inside).pipe(outside);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port: own } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${own}`,
    breakOff() {
      isDown = true;
      for (const each of open) each.resetAndDestroy();
    },
    mend() {
      isDown = false;
    },
  };
}

async function scene(options: RemoteOptions = {}, remote: Record<string, unknown> = {}) {
  const world = await remoteWorld({ remote });
  const wire = await network(world.url);
  const vpp = await connectRemote({ url: wire.url, token, reconnect: { delayMs: 5, maxDelayMs: 5 }, ...options });
  onTestFinished(() => vpp.destroy());
  return { ...world, wire, vpp };
}

const eventOf = (at: number) => ({ sw_if_index: at, flags: 0, deleted: false });
const shown = (item: EventItem) => ('sw_if_index' in item ? item.sw_if_index : Object.keys(item)[0]);

describe('connectRemote to an agent', () => {
  it('a request, a refusal of VPP, a list, and an operation that is not there', async () => {
    const { vpp, mux } = await scene();
    const ch = vpp.channel();
    expect(await ch.request('show_version')).toEqual(await mux.channel().request('show_version'));
    const refused = await ch.request('sw_interface_set_flags', { sw_if_index: 999 }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RetvalError);
    expect(refused).toMatchObject({ retvalName: 'INVALID_SW_IF_INDEX', reply: { retval: -2 } });
    await expect(ch.request('show_versoin')).rejects.toMatchObject({ code: 'UNKNOWN_MESSAGE' });
    expect(await ch.dump('sw_interface_dump').toArray()).toHaveLength(1);
    await expect(vpp.call('no.such')).rejects.toMatchObject({ code: 'UNKNOWN_OPERATION' });
    expect(ch.has('show_version')).toBe(true);
    expect(vpp.tableHash).toBe(mux.tableHash);
  });

  it('more dumps at once than remote.conf allows: all come, one behind the other', async () => {
    const { vpp } = await scene({}, { 'max-dumps': 2 });
    const ch = vpp.channel();
    const dumps = Array.from({ length: 20 }, () => ch.dump('sw_interface_dump').toArray());
    expect((await Promise.all(dumps)).map(({ length }) => length)).toEqual(Array(20).fill(1));
  });

  it('the network breaks: events go on where they were, those of meanwhile included, and none twice', async () => {
    const { vpp, wire, mock } = await scene();
    const stream = vpp.channel().events(EVENT);
    await stream.ready();
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const item of stream) if (seen.push(shown(item)) === 6) return;
    })();
    for (const at of [1, 2]) mock.emit(EVENT, eventOf(at));
    await vi.waitFor(() => expect(seen).toEqual([1, 2]));
    wire.breakOff();
    await vi.waitFor(() => expect(vpp.state).toBe('backoff'));
    for (const at of [3, 4]) mock.emit(EVENT, eventOf(at));
    wire.mend();
    await vpp.ready();
    for (const at of [5, 6]) mock.emit(EVENT, eventOf(at));
    await reading;
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('channels that are closed while the network is broken: the agent has them no more', async () => {
    const { vpp, wire, url } = await scene();
    const [first, second] = [vpp.channel(), vpp.channel()];
    await Promise.all([first, second].map((ch) => ch.events(EVENT).ready()));
    wire.breakOff();
    await vi.waitFor(() => expect(vpp.state).toBe('backoff'));
    first.close();
    wire.mend();
    await vpp.ready();
    await second.request('show_version');
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/^vppmux_remote_channels 1$/m);
    expect(metrics).toMatch(/^vppmux_remote_resumes_total 1$/m);
    expect(metrics).toMatch(/^vppmux_remote_lost_sessions 0$/m);
  });

  it('the agent keeps nothing: the reader is told that events may be missing, and gets the next ones', async () => {
    const { vpp, wire, mock } = await scene({}, { 'resume-window': '0' });
    const ch = vpp.channel();
    const stream = ch.events(EVENT);
    await stream.ready();
    const reader = stream[Symbol.asyncIterator]();
    mock.emit(EVENT, eventOf(1));
    expect((await reader.next()).value).toMatchObject({ sw_if_index: 1 });
    wire.breakOff();
    await vi.waitFor(() => expect(vpp.state).toBe('backoff'));
    await expect(ch.request('show_version')).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    wire.mend();
    await vpp.ready();
    expect(await ch.request('show_version')).toHaveProperty('version');
    expect((await reader.next()).value).toHaveProperty('resync');
    mock.emit(EVENT, eventOf(9));
    expect((await reader.next()).value).toMatchObject({ sw_if_index: 9 });
  });

  it('VPP ends and comes back: the state follows, and the reader is told', async () => {
    const { vpp, mock } = await scene();
    const stream = vpp.channel().events(EVENT);
    await stream.ready();
    const reader = stream[Symbol.asyncIterator]();
    const states: string[] = [];
    vpp.states().subscribe(({ state }) => states.push(state));
    const next = reader.next();
    await mock.restart();
    expect((await next).value).toMatchObject({ resync: { generation: 2 } });
    expect(states[0]).toBe('ready');
    await vi.waitFor(() => expect(states.at(-1)).toBe('ready'));
    expect(states.length).toBeGreaterThan(1);
  });
});
