/** A mock's life: socket file, death, restart, stop, memory. */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startMock } from '../../mock-vpp/index.js';
import { mockAndClient, ownSchema, rawClient, socketPath, testMock, until } from '../support/mock.js';
import { RawClient } from '../support/raw-client.js';

describe('socket file', () => {
  it('directories: made; mode: group may use it, as VPP’s', async () => {
    const socket = join(dirname(socketPath()), 'deep', 'er', 'api.sock');
    await testMock({ socket });
    expect((statSync(socket).mode & 0o777).toString(8)).toBe('775');
  });

  it('in use: refused in a person’s words, and left alone', async () => {
    const mock = await testMock();
    await expect(startMock({ socket: mock.socket })).rejects.toThrow(
      /is in use: a VPP or another mock-vpp listens there/,
    );
    expect(await (await rawClient(mock)).answersOnlyPing()).toBe(true);
  });

  it('left behind by a dead process: replaced', async () => {
    const first = await testMock();
    first.kill({ leaveSocket: true });
    expect(existsSync(first.socket)).toBe(true);
    await expect(RawClient.open(first.socket, await ownSchema())).rejects.toThrow('ECONNREFUSED');
    const second = await testMock({ socket: first.socket });
    expect(await (await rawClient(second)).answersOnlyPing()).toBe(true);
  });

  it('something else of that name: refused, and left alone', async () => {
    const socket = socketPath();
    writeFileSync(socket, 'precious');
    await expect(startMock({ socket })).rejects.toThrow(/exists and is not a socket/);
    mkdirSync(`${socket}.d`);
    await expect(startMock({ socket: `${socket}.d` })).rejects.toThrow(/exists and is not a socket/);
    expect(statSync(socket).size).toBe(8);
  });

  it('a path too long: an error, no hang', async () => {
    await expect(startMock({ socket: `${socketPath()}${'x'.repeat(120)}` })).rejects.toThrow();
  });

  it('stopped: gone; one left behind: gone too, unless another listens there by then', async () => {
    const mock = await testMock();
    await mock.stop();
    expect(existsSync(mock.socket)).toBe(false);
    await mock.start();
    mock.kill({ leaveSocket: true });
    await mock.stop();
    expect(existsSync(mock.socket)).toBe(false);
    await mock.start();
    mock.kill();
    const other = createServer().listen(mock.socket);
    await until(() => existsSync(mock.socket));
    await mock.stop();
    expect(existsSync(mock.socket)).toBe(true);
    other.close();
  });
});

describe('death and return', () => {
  it('kill: connections end at once, the socket is gone', async () => {
    const { mock, client } = await mockAndClient();
    mock.kill();
    await client.untilClosed();
    expect([mock.running, mock.clients, existsSync(mock.socket)]).toEqual([false, [], false]);
    expect(() => mock.dataplane).toThrow(/mock-vpp is down/);
    mock.kill();
  });

  it('restart: another pid, other ids, a new dataplane set up again', async () => {
    const { mock, client } = await mockAndClient({ pid: 100, setup: (dataplane) => void dataplane.addLoopback() });
    await client.ask('create_loopback');
    await mock.restart();
    await client.untilClosed();
    const next = await rawClient(mock);
    expect(await next.ask('control_ping')).toMatchObject({ vpe_pid: 101 });
    expect(next.ids.get('show_version')).not.toBe(client.ids.get('show_version'));
    expect(next.ids.get('control_ping')).toBe(client.ids.get('control_ping'));
    expect(await next.dump('sw_interface_dump')).toHaveLength(2);
  });

  it('restart without renumbering: the same ids', async () => {
    const { mock, client } = await mockAndClient();
    await mock.restart({ renumber: false });
    expect((await rawClient(mock)).ids).toEqual(client.ids);
  });

  it('restart with a pause: nobody listens meanwhile', async () => {
    const mock = await testMock();
    const back = mock.restart({ downMs: 30 });
    await expect(RawClient.open(mock.socket, await ownSchema())).rejects.toThrow('ENOENT');
    await back;
    expect(await (await rawClient(mock)).answersOnlyPing()).toBe(true);
  });

  it('stopped during the pause of a restart: stays down', async () => {
    const mock = await testMock();
    const back = mock.restart({ downMs: 10 });
    await mock.stop();
    await back;
    expect([mock.running, existsSync(mock.socket)]).toEqual([false, false]);
  });

  it('stopped while it starts: stays down', async () => {
    const mock = await testMock();
    mock.kill();
    const back = mock.start();
    await mock.stop();
    await back;
    expect([mock.running, existsSync(mock.socket)]).toEqual([false, false]);
  });

  it('many restarts: ids always fit', async () => {
    const mock = await testMock();
    for (let i = 0; i < 12; i++) await mock.restart();
    expect(Math.max(...mock.table.idOf.values())).toBeLessThan(2 ** 16);
    expect(new Set(mock.table.idOf.values()).size).toBe(mock.table.idOf.size);
  });

  it('faults: stay over a restart', async () => {
    const mock = await testMock({ misbehave: { silent: { messages: 'show_version' } } });
    await mock.restart();
    const client = await rawClient(mock);
    client.post('show_version');
    expect(await client.answersOnlyPing()).toBe(true);
  });

  it('starting twice: an error', async () => {
    const mock = await testMock();
    await expect(mock.start()).rejects.toThrow(/listening on .* already/);
  });

  it('a start that failed: can be tried again', async () => {
    const mock = await testMock();
    mock.kill();
    const other = await testMock({ socket: mock.socket });
    await expect(mock.start()).rejects.toThrow(/in use/);
    await other.stop();
    await mock.start();
    expect(await (await rawClient(mock)).answersOnlyPing()).toBe(true);
  });
});

describe('memory', () => {
  it('received: counts by name, restarts included', async () => {
    const { mock, client } = await mockAndClient();
    await client.ask('show_version');
    await client.ask('control_ping');
    await client.ask('control_ping');
    await mock.restart();
    await (await rawClient(mock)).ask('control_ping');
    expect([mock.received('control_ping'), mock.received('show_version'), mock.received('no_such')]).toEqual([3, 1, 0]);
    expect(mock.received()).toBe(4 + 2);
    mock.forget();
    expect([mock.received(), mock.receivedMessages()]).toEqual([0, []]);
  });

  it('receivedMessages: the last ones, decoded', async () => {
    const { mock, client } = await mockAndClient({ keep: 3 });
    for (const cmd of ['a', 'b'.repeat(500), 'c', 'd']) await client.ask('cli_inband', { cmd });
    const kept = mock.receivedMessages('cli_inband');
    expect(kept.map(({ fields }) => String(fields.cmd)[0])).toEqual(['b', 'c', 'd']);
    expect(kept[0]).toMatchObject({ name: 'cli_inband', client: client.index, fields: { cmd: 'b'.repeat(500) } });
    expect(mock.received('cli_inband')).toBe(4);
  });

  it('keep 0: counts only', async () => {
    const { mock, client } = await mockAndClient({ keep: 0 });
    await client.ask('control_ping');
    expect([mock.received('control_ping'), mock.receivedMessages()]).toEqual([1, []]);
  });
});
