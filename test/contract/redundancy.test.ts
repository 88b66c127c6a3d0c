/** Two dataplanes, of which one goes, hangs, and comes back, as users of a connection see it. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detailsThen, type MockOptions, startMock } from '../../mock-vpp/index.js';
import {
  type BackupOptions,
  type Connection,
  type ConnectionStatus,
  type ConnectOptions,
  connect,
  createConnection,
  type DataplaneRole,
  VppmuxError,
} from '../../src/mux/index.js';
import { fakeClock } from '../support/fake-clock.js';
import { ownApiDir } from '../support/mock.js';
import { mockVpp, scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';

const QUICK = { intervalMs: 50, timeoutMs: 100, threshold: 2 };
const soon = (read: () => unknown) => expect.poll(read, { interval: 2 });
const RECONNECT = { delayMs: 5, maxDelayMs: 20 };

interface PairOptions extends Omit<ConnectOptions, 'backup'> {
  readonly backup?: Partial<BackupOptions>;
}

/** Two mocks, and a connection that is served by the first one and has the second one ready. */
async function pair(options: PairOptions = {}, backupMock: Partial<MockOptions> = {}) {
  const primary = await mockVpp();
  const backup = await mockVpp({ pid: 7000, version: '25.10-mock', ...backupMock });
  afterThis(primary.stop, backup.stop);
  const connection = await connect({
    socket: primary.socket,
    cacheDir: false,
    reconnect: RECONNECT,
    ...options,
    backup: { socket: backup.socket, failBack: 'manual', ...options.backup },
  });
  afterThis(() => connection.destroy());
  await standbyIs(connection, 'ready');
  await soon(() => connection.status.pid).toBeDefined();
  return { primary: primary.mock, backup: backup.mock, connection };
}

const roleOf = (connection: Connection) => connection.status.redundancy?.role;
const standbyIs = (connection: Connection, state: string) =>
  soon(() => connection.status.redundancy?.standby.state).toBe(state);

/** Expects `role` to serve, and a request to prove it. */
async function servedBy(connection: Connection, role: DataplaneRole): Promise<void> {
  await soon(() => `${connection.state} ${roleOf(connection)}`).toBe(`ready ${role}`);
  const { version } = await connection.channel().request('show_version');
  expect(version).toBe(role === 'primary' ? '26.06-mock' : '25.10-mock');
}

/** Collects every status from now on. */
function record(connection: Connection): ConnectionStatus[] {
  const seen: ConnectionStatus[] = [];
  const subscription = connection.states().subscribe((status) => seen.push(status));
  afterThis(() => subscription.unsubscribe());
  return seen;
}

/** The roles that served, in order. */
function roles(seen: readonly ConnectionStatus[]) {
  const serving = seen.filter(({ state }) => state === 'ready').map(({ redundancy }) => redundancy?.role);
  return serving.filter((role, i) => role !== serving[i - 1]);
}

/** Requests, dumps read three ways, from ten channels; more than fits their windows. */
function load(connection: Connection): Promise<PromiseSettledResult<unknown>[]> {
  const channels = Array.from({ length: 10 }, () => connection.channel({ requestBuffer: 20 }));
  const iterated = async (dump: AsyncIterable<unknown>) => {
    for await (const _ of dump);
  };
  const work = channels.flatMap((ch) => [
    ...Array.from({ length: 40 }, () => ch.request('show_version')),
    ch.dump('sw_interface_dump').toArray(),
    iterated(ch.dump('sw_interface_dump')),
    ch
      .dump('sw_interface_dump')
      .observe()
      .forEach(() => {}),
  ]);
  return Promise.allSettled(work);
}

const SILENT = { silent: { messages: ['show_version', 'sw_interface_dump'] } };

function outcomes(results: readonly PromiseSettledResult<unknown>[]) {
  const counts: Record<string, number> = {};
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(VppmuxError);
    const outcome = result.status === 'rejected' ? String(result.reason.outcome) : 'answered';
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

describe('fail-over', () => {
  it('the primary is killed under load: all settles in that tick, the backup serves, channels and subscriptions go on', async () => {
    const { primary, backup, connection } = await pair({ health: { probe: false } });
    const seen = record(connection);
    const ch = connection.channel();
    const items: unknown[] = [];
    ch.events('sw_interface_event')
      .observe()
      .subscribe({ next: (item) => items.push(item), error: (error) => items.push(error) });
    await soon(() => primary.clients.flatMap(({ wants }) => wants)).toEqual(['want_interface_events']);
    primary.misbehave(SILENT);
    const results = load(connection);
    await soon(() => primary.received('show_version')).toBe(1 + 10 * 20); // the mux itself asked once
    expect(connection.stats()).toMatchObject({ inFlight: 200, waiting: 230 });
    let unsettled = 430;
    const settled = connection.states().subscribe(({ generation }) => {
      if (generation === 2) unsettled = connection.stats().waiting;
    });
    primary.kill();
    await soon(() => roleOf(connection)).toBe('backup');
    settled.unsubscribe();
    expect(unsettled).toBe(0);
    expect(outcomes(await results)).toEqual({ unknown: 200, 'not-sent': 230 });
    await expect(ch.request('show_version')).resolves.toMatchObject({ version: '25.10-mock' });
    await soon(() => items).toEqual([{ resync: { generation: 2, reason: expect.any(String) } }]);
    const { sw_if_index } = await ch.request('create_loopback', {});
    await soon(() => items).toContainEqual(expect.objectContaining({ sw_if_index }));
    expect(roles(seen)).toEqual(['primary', 'backup']);
    expect(connection.status).toMatchObject({
      socket: backup.socket,
      generation: 2,
      redundancy: {
        role: 'backup',
        reason: expect.stringContaining('VPP closed the connection'),
        switches: 1,
        standby: { socket: primary.socket, state: 'backoff' },
      },
    });
    await soon(() => connection.status.version).toBe('25.10-mock');
  });

  it('a request made again when it fails: finds the backup', async () => {
    const { primary, connection } = await pair();
    primary.misbehave(SILENT);
    const ch = connection.channel();
    const again = ch.request('show_version').catch(() => ch.request('show_version'));
    await soon(() => primary.received('show_version')).toBe(2);
    primary.kill();
    await expect(again).resolves.toMatchObject({ version: '25.10-mock' });
  });

  it('no state but connecting in between, and no request of the standby’s own but probes', async () => {
    const { primary, backup, connection } = await pair({ health: QUICK });
    await soon(() => backup.received('control_ping')).toBeGreaterThan(2);
    expect(backup.clients).toHaveLength(1);
    const names = new Set(backup.receivedMessages().map(({ name }) => name));
    expect([...names].sort()).toEqual(['control_ping', 'sockclnt_create']);
    const seen = record(connection);
    primary.kill();
    await servedBy(connection, 'backup');
    const states = seen.map(({ state }) => state);
    expect(states.filter((state, i) => state !== states[i - 1])).toEqual(['ready', 'connecting', 'ready']);
    expect(backup.clients).toHaveLength(1);
  });

  it('the primary hangs: fail-over at the threshold, its session is ended, late answers go nowhere', async () => {
    const clock = fakeClock(afterThis);
    const late: unknown[] = [];
    const { primary, connection } = await pair({ health: QUICK, onLateReply: (reply) => late.push(reply) });
    const seen = record(connection);
    primary.misbehave({ silent: { messages: 'show_version' }, late: { messages: 'control_ping', ms: 500 } });
    const lost = connection
      .channel()
      .request('show_version')
      .catch((failure) => failure);
    await clock.pass(QUICK.intervalMs * QUICK.threshold + QUICK.timeoutMs);
    const error = await lost;
    expect(error).toMatchObject({ code: 'CONNECTION_LOST', outcome: 'unknown', generation: 1 });
    expect(error.message).toContain('the primary is given up for the backup');
    await servedBy(connection, 'backup');
    expect(connection.status.redundancy?.reason).toMatch(/2 of 2 probes/);
    const states = seen.map(({ state }) => state);
    expect(states.filter((state, i) => state !== states[i - 1])).toEqual([
      ...['ready', 'degraded', 'not-responding', 'connecting', 'ready'],
    ]);
    await clock.pass(600); // what it still had to say
    expect(late).toEqual([]);
    expect(connection.stats()).toMatchObject({ lateReplies: 0 });
  });

  it('the primary is busy with a request that its caller gives a long time: no fail-over, and the request is answered', async () => {
    const { primary, connection } = await pair({ health: QUICK });
    const seen = record(connection);
    // A probe on its way would let VPP be silent for longer than this request.
    await soon(() => connection.stats().inFlight).toBe(0);
    primary.misbehave({ late: { messages: 'show_version', ms: 800 }, silent: { messages: 'control_ping' } });
    const slow = connection.channel().request('show_version', {}, { timeoutMs: 20_000 });
    expect(await slow).toMatchObject({ version: '26.06-mock' });
    expect(new Set(seen.map(({ state }) => state))).toEqual(new Set(['ready']));
    expect(roleOf(connection)).toBe('primary');
  });

  it('the primary hangs while the backup is away: it is kept, and given up as soon as the backup is there', async () => {
    const { primary, backup, connection } = await pair({ health: QUICK });
    backup.kill();
    await standbyIs(connection, 'backoff');
    primary.misbehave({ silent: true });
    await soon(() => connection.state).toBe('not-responding');
    expect(roleOf(connection)).toBe('primary');
    await backup.start();
    await servedBy(connection, 'backup');
  });

  it('the backup hangs: is seen while it stands by, and it does not take over', async () => {
    const { primary, backup, connection } = await pair({ health: QUICK });
    backup.misbehave({ silent: true });
    await standbyIs(connection, 'not-responding');
    primary.kill();
    await soon(() => connection.state).toBe('backoff');
    expect(connection.status.reason).toContain('the backup: VPP has said nothing');
    backup.behave();
    await servedBy(connection, 'backup');
  });

  it('the backup has missed a probe when the primary goes: it serves all the same', async () => {
    const { primary, backup, connection } = await pair({ health: { intervalMs: 300, timeoutMs: 100, threshold: 50 } });
    backup.misbehave({ silent: { messages: 'control_ping' } });
    await standbyIs(connection, 'degraded');
    const seen = record(connection);
    primary.kill();
    await servedBy(connection, 'backup');
    expect(seen.map(({ state }) => state)).not.toContain('backoff');
  });

  it('the primary hangs while the backup misses probes too: it is kept, more likely this machine is slow', async () => {
    const { primary, backup, connection } = await pair({ health: { ...QUICK, threshold: 5 } });
    for (const each of [primary, backup]) each.misbehave({ silent: true });
    await soon(() => connection.state).toBe('not-responding');
    await standbyIs(connection, 'not-responding');
    expect(connection.status.generation).toBe(1);
    for (const each of [primary, backup]) each.behave();
    await soon(() => connection.state).toBe('ready');
  });

  it('the backup fails as well: the primary serves again, if it is back', async () => {
    const { primary, backup, connection } = await pair();
    const seen = record(connection);
    await primary.restart();
    await servedBy(connection, 'backup');
    await standbyIs(connection, 'ready');
    backup.kill();
    await servedBy(connection, 'primary');
    expect(roles(seen)).toEqual(['primary', 'backup', 'primary']);
    expect(connection.status.redundancy?.switches).toBe(2);
  });

  it.each(['primary', 'backup'] as const)(
    'both away: both are tried, and the %s serves when it comes first',
    async (first) => {
      const both = await pair();
      const { connection } = both;
      both.backup.kill();
      await standbyIs(connection, 'backoff');
      both.primary.kill();
      await soon(() => connection.state).toBe('backoff');
      expect(connection.status.reason).toMatch(/; and the backup: /);
      const error = await connection
        .channel()
        .request('show_version')
        .catch((failure) => failure);
      expect(error).toMatchObject({ code: 'NOT_CONNECTED', outcome: 'not-sent' });
      await both[first].start();
      await servedBy(connection, first);
    },
  );

  it('a backup with another table and other ids: its own definitions are used', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    mkdirSync(path('api'));
    const { connection, primary, backup } = await pair({ apiDir: ownApiDir }, { apiDir: otherVersion(path('api')) });
    const before = connection.tableHash;
    expect(backup.received('get_api_json')).toBe(1); // it is ready to serve
    primary.kill();
    await servedBy(connection, 'backup');
    expect(connection.tableHash).not.toBe(before);
    const ch = connection.channel();
    expect(await ch.request('show_version')).toMatchObject({ version: '25.10-mock', edition: 0 });
    await expect(ch.request('create_loopback')).rejects.toMatchObject({ outcome: 'not-sent' });
    await primary.start();
    await standbyIs(connection, 'ready');
    await connection.switchTo('primary');
    expect(connection.tableHash).toBe(before);
    expect(await ch.request('show_version')).not.toHaveProperty('edition');
    expect(backup.received('get_api_json')).toBe(1);
  });

  it('a trace: shows the new session from its first message on', async () => {
    const { primary, connection } = await pair({ health: { probe: false } });
    const names: string[] = [];
    connection.trace(({ generation, name }) => void names.push(`${generation} ${name}`));
    primary.kill();
    await servedBy(connection, 'backup');
    expect(names.slice(0, 2)).toEqual(['2 show_version', '2 control_ping']);
  });

  it('one version on both: definitions are fetched once', async () => {
    const { primary, backup } = await pair();
    expect(primary.received('get_api_json') + backup.received('get_api_json')).toBe(1);
  });
});

describe('the start', () => {
  it('no primary: the backup serves, also for connect(); the primary alone serves without a backup', async () => {
    const { path, remove } = scratch();
    const vpp = await mockVpp({ version: '25.10-mock' });
    afterThis(vpp.stop, remove);
    const first = await connect({ socket: path('none'), cacheDir: false, backup: { socket: vpp.socket } });
    afterThis(() => first.destroy());
    await servedBy(first, 'backup');
    expect(first.status.generation).toBe(1);
    const second = await connect({ socket: vpp.socket, cacheDir: false, backup: { socket: path('none') } });
    afterThis(() => second.destroy());
    expect(second.status).toMatchObject({ socket: vpp.socket, redundancy: { role: 'primary', switches: 0 } });
    await standbyIs(second, 'backoff');
    expect(second.status.redundancy?.standby.reason).toContain('no socket at');
  });

  it('a primary that does not answer the handshake: the backup serves once a probe would have failed', async () => {
    const primary = await mockVpp({ misbehave: { silent: { messages: 'sockclnt_create' } } });
    const backup = await mockVpp({ version: '25.10-mock' });
    afterThis(primary.stop, backup.stop);
    const options = { socket: primary.socket, cacheDir: false as const, health: QUICK };
    const connection = await connect({ ...options, backup: { socket: backup.socket } });
    afterThis(() => connection.destroy());
    await servedBy(connection, 'backup');
  });

  it('neither: connect() fails, and names both', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    const options = { socket: path('a'), cacheDir: false as const, backup: { socket: path('b') } };
    const error = await connect(options).catch((failure) => failure);
    expect(error).toMatchObject({ code: 'SOCKET_MISSING', socket: path('a') });
    expect(error.message).toContain(`and the backup: no socket at ${path('b')}`);
  });

  it('maxAttempts: it gives up when both have had them', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    const reconnect = { ...RECONNECT, maxAttempts: 3 };
    const connection = createConnection({ socket: path('a'), reconnect, backup: { socket: path('b') } });
    await expect(connection.ready()).rejects.toMatchObject({ code: 'GAVE_UP' });
    expect(connection.state).toBe('closed');
  });
});

describe('giving up', () => {
  it('maxAttempts: a backup that hangs has not been given up, however late it was at the start', async () => {
    const clock = fakeClock(afterThis);
    const { path, remove } = scratch();
    const primary = await mockVpp();
    afterThis(primary.stop, remove);
    const connection = createConnection({
      ...{ socket: primary.socket, cacheDir: false, health: QUICK },
      reconnect: { ...RECONNECT, maxAttempts: 2 },
      backup: { socket: path('late'), failBack: 'manual' },
    });
    afterThis(() => connection.destroy());
    await connection.ready();
    await standbyIs(connection, 'backoff');
    await clock.pass(100); // some attempts
    const backup = await startMock({ socket: path('late'), version: '25.10-mock' });
    afterThis(() => backup.stop());
    await standbyIs(connection, 'ready');
    backup.misbehave({ silent: true });
    await standbyIs(connection, 'not-responding');
    primary.mock.kill();
    await soon(() => connection.state).toBe('backoff');
    await clock.pass(200); // more than two attempts
    backup.behave();
    await servedBy(connection, 'backup');
  });
});

describe('fail-back', () => {
  it('auto: the primary serves again after it has been healthy for the time, and registrations move with it', async () => {
    const { primary, backup, connection } = await pair({ backup: { failBack: 'auto', failBackAfterMs: 1000 } });
    const seen = record(connection);
    const events = connection.channel().events('sw_interface_event');
    await events.ready();
    await primary.restart({ downMs: 20 });
    await servedBy(connection, 'backup');
    await soon(() => backup.clients.flatMap(({ wants }) => wants)).toEqual(['want_interface_events']);
    backup.forget();
    await servedBy(connection, 'primary');
    expect(seen.some(({ redundancy }) => redundancy?.failBackAt instanceof Date)).toBe(true);
    expect(connection.status.redundancy).toMatchObject({ switches: 2, reason: expect.stringContaining('fail-back') });
    await soon(() => primary.clients.flatMap(({ wants }) => wants)).toEqual(['want_interface_events']);
    const left = backup.receivedMessages().map(({ name }) => name);
    expect(left.indexOf('sockclnt_delete')).toBeGreaterThan(left.indexOf('want_interface_events'));
    expect(left).toContain('want_interface_events');
    await standbyIs(connection, 'ready');
  });

  it('manual: nothing by itself; switchTo() finishes what is in flight, also what waits', async () => {
    const asked: unknown[] = [];
    const { primary, connection } = await pair({
      backup: { beforeSwitch: (to, reason) => asked.push([to, reason]) },
    });
    await primary.restart();
    await servedBy(connection, 'backup');
    await standbyIs(connection, 'ready');
    expect(connection.status.redundancy?.failBackAt).toBeUndefined();
    expect(asked).toEqual([]);
    const work = load(connection);
    await connection.switchTo('primary');
    expect(outcomes(await work)).toEqual({ answered: 430 });
    await servedBy(connection, 'primary');
    expect(asked).toEqual([['primary', 'asked for (switchTo)']]);
    await connection.switchTo('primary'); // does already
    expect(connection.status.redundancy?.switches).toBe(2);
  });

  it('switchTo(): what its caller gives a long time is finished first, while others are still answered', async () => {
    const { primary, connection } = await pair({ health: { probe: false } });
    primary.misbehave({ late: { messages: 'show_version', ms: 1500 } });
    const ch = connection.channel();
    const slow = ch.request('show_version', {}, { timeoutMs: 20_000 });
    const switched = connection.switchTo('backup');
    await ch.dump('sw_interface_dump').toArray();
    expect(connection.state).toBe('ready');
    expect(await slow).toMatchObject({ version: '26.06-mock' });
    await switched;
    expect(roleOf(connection)).toBe('backup');
  });

  it('switchTo(): what is asked meanwhile waits for the other one; what hangs fails as unknown', async () => {
    const { primary, backup, connection } = await pair({ health: { probe: false } });
    primary.misbehave({ silent: { messages: 'show_version' } });
    const ch = connection.channel();
    const hangs = ch.request('show_version').catch((error) => error);
    const switched = connection.switchTo('backup');
    await soon(() => connection.state).toBe('connecting');
    backup.forget();
    const iterated = async () => {
      const all = [];
      for await (const each of ch.dump('sw_interface_dump')) all.push(each);
      return all;
    };
    const meanwhile = Promise.all([
      ch.request('show_version'),
      ch.dump('sw_interface_dump').toArray(),
      iterated(),
      ch.events('sw_interface_event').ready(),
    ]);
    const hurried = ch.request('show_version', {}, { timeoutMs: 50 });
    await expect(hurried).rejects.toMatchObject({
      ...{ code: 'REPLY_TIMEOUT', outcome: 'not-sent', afterMs: 50 },
      message: expect.stringContaining('switching to the backup'),
    });
    const leave = new AbortController();
    const given = ch.request('show_version', {}, { signal: leave.signal });
    leave.abort();
    await expect(given).rejects.toMatchObject({ code: 'ABORTED', outcome: 'not-sent' });
    const closing = connection.channel();
    const closed = [closing.request('show_version'), closing.dump('sw_interface_dump').toArray()];
    const settled = Promise.allSettled(closed);
    closing.close();
    const reason = expect.objectContaining({ code: 'CHANNEL_CLOSED', outcome: 'not-sent' });
    expect(await settled).toEqual([1, 2].map(() => ({ status: 'rejected', reason })));
    expect(connection.state).toBe('connecting'); // at once, and not only when the other one serves
    await switched;
    expect(await hangs).toMatchObject({ code: 'CONNECTION_LOST', outcome: 'unknown' });
    const [{ version }, details] = await meanwhile;
    expect([version, details.length]).toEqual(['25.10-mock', 1]);
    expect(backup.received('sw_interface_dump')).toBe(2);
  });

  it('switchTo(): what waits for it ends with the connection', async () => {
    for (const [end, code] of [
      [(connection: Connection) => connection.destroy(), 'CLOSED'],
      [(connection: Connection) => connection.close({ timeoutMs: 100 }), 'CLOSED'],
    ] as const) {
      const { primary, connection } = await pair({ health: { probe: false } });
      primary.misbehave({ silent: { messages: 'show_version' } });
      const ch = connection.channel();
      const hangs = ch.request('show_version').catch((error) => error.code);
      const switched = connection.switchTo('backup').catch((error) => error.code);
      await soon(() => connection.state).toBe('connecting');
      const waits = ch.request('show_threads').catch((error) => error);
      await end(connection);
      expect(await waits).toMatchObject({ code, outcome: 'not-sent' });
      expect([await hangs, await switched]).toEqual([code, code]);
    }
  });

  it('switchTo(backup) with auto: the program’s wish goes before the fail-back', async () => {
    const { connection } = await pair({ backup: { failBack: 'auto', failBackAfterMs: 20 } });
    await connection.switchTo('backup');
    await standbyIs(connection, 'ready');
    expect(connection.status.redundancy).toMatchObject({ role: 'backup', failBackAt: undefined });
    await connection.switchTo('primary');
    await servedBy(connection, 'primary');
  });

  it('switchTo() what is no role: BAD_OPTION', async () => {
    const { connection } = await pair();
    await expect(connection.switchTo('spare' as 'backup')).rejects.toMatchObject({ code: 'BAD_OPTION', path: 'role' });
  });

  it('switchTo() while a reader is between two pages of a dump: the dump is finished first', async () => {
    const { primary, connection } = await pair({ health: { probe: false } });
    const page = [1, 2, 3].map(() => ({}));
    primary.handle('ip_path_mtu_get', ({ cursor }) =>
      detailsThen(page, Number(cursor) < 4 ? { retval: -165, cursor: Number(cursor) + 1 } : { cursor: 0xffffffff }),
    );
    const reader = connection.channel({ replyBuffer: 3 }).dump('ip_path_mtu_get')[Symbol.asyncIterator]();
    await reader.next();
    const switched = connection.switchTo('backup');
    await soon(() => connection.state).toBe('connecting');
    let read = 1;
    while (!(await reader.next()).done) read++;
    await switched;
    expect(read).toBe(15);
    await servedBy(connection, 'backup');
  });

  it('switchTo() one that is away, or without a backup: is refused, and nothing changes', async () => {
    const { backup, connection } = await pair();
    backup.kill();
    await standbyIs(connection, 'backoff');
    await expect(connection.switchTo('backup')).rejects.toMatchObject({ code: 'NOT_CONNECTED', outcome: 'not-sent' });
    await servedBy(connection, 'primary');
    expect(connection.status.generation).toBe(1);
    const { socket, stop } = await mockVpp();
    afterThis(stop);
    const single = await connect({ socket, cacheDir: false });
    afterThis(() => single.destroy());
    await expect(single.switchTo('backup')).rejects.toMatchObject({ code: 'BAD_OPTION' });
    expect('redundancy' in single.status).toBe(false);
  });

  it('the one that is to take over goes while the other is left: the switch fails, and the other goes on', async () => {
    const { primary, backup, connection } = await pair({ health: { probe: false } });
    primary.misbehave({ silent: { messages: 'show_threads' } });
    const ch = connection.channel();
    const hangs = ch.request('show_threads', {}, { timeoutMs: 300 }).catch((error) => error.code);
    const switched = connection.switchTo('backup').catch((error) => error.code);
    await soon(() => connection.state).toBe('connecting');
    backup.kill();
    expect(await switched).toBe('NOT_CONNECTED');
    expect(await hangs).toBe('REPLY_TIMEOUT');
    await servedBy(connection, 'primary');
    expect(connection.status.generation).toBe(1);
  });

  it('the one that is left goes by itself: the other one takes over at once', async () => {
    const { primary, connection } = await pair({ health: { probe: false } });
    primary.misbehave({ silent: { messages: 'show_threads' } });
    const hangs = connection
      .channel()
      .request('show_threads')
      .catch((error) => error.code);
    const switched = connection.switchTo('backup');
    await soon(() => connection.state).toBe('connecting');
    primary.kill();
    await switched;
    expect(await hangs).toBe('CONNECTION_LOST');
    await servedBy(connection, 'backup');
    expect(connection.status.redundancy?.switches).toBe(1);
  });

  it('two switches at once: one after the other; a hook that throws, and one that never ends, stop none', async () => {
    const lines: string[] = [];
    const { connection } = await pair({
      log: (_level, message) => lines.push(message),
      backup: {
        beforeSwitch: (to) => {
          if (to === 'primary') throw new Error('a bug in the hook');
          return new Promise(() => {});
        },
      },
    });
    const seen = record(connection);
    const there = connection.switchTo('backup');
    await there;
    await standbyIs(connection, 'ready');
    await Promise.all([connection.switchTo('primary'), connection.switchTo('primary')]);
    expect(roles(seen)).toEqual(['primary', 'backup', 'primary']);
    expect(lines.some((line) => line.includes('a bug in the hook'))).toBe(true);
  });

  it('a primary that comes and goes: each time it is waited for, and the backup serves meanwhile', async () => {
    const { primary, connection } = await pair({ backup: { failBack: 'auto', failBackAfterMs: 40 } });
    const seen = record(connection);
    for (let life = 1; life <= 3; life++) {
      await soon(() => connection.status.redundancy?.standby.state).toBe('ready'); // else nobody could take over
      await primary.restart();
      await soon(() => connection.status.redundancy?.switches).toBe(2 * life);
      await servedBy(connection, 'primary');
    }
    const waits = new Set<number>();
    for (const { redundancy } of seen) {
      const { failBackAt, standby } = redundancy ?? {};
      if (failBackAt && standby) waits.add(failBackAt.getTime() - standby.since.getTime());
    }
    expect(waits.size).toBeGreaterThan(0);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(40);
    expect(roles(seen)).toEqual(['primary', 'backup', 'primary', 'backup', 'primary', 'backup', 'primary']);
  });
});

describe('the end', () => {
  it('close(): both are left in good order, and nothing goes on', async () => {
    const { primary, backup, connection } = await pair();
    primary.forget();
    backup.forget();
    await connection.close();
    expect(primary.received('sockclnt_delete')).toBe(1);
    expect(backup.received('sockclnt_delete')).toBe(1);
    expect(primary.clients.length + backup.clients.length).toBe(0);
    await expect(connection.switchTo('backup')).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it.each(['connecting', 'ready'] as const)('destroy() from the state %s of a fail-over: ends cleanly', async (at) => {
    const { primary, backup, connection } = await pair();
    let first = true;
    connection.states().subscribe(({ state }) => {
      if (state === at && !first) connection.destroy();
      first = false;
    });
    primary.kill();
    await soon(() => connection.state).toBe('closed');
    await soon(() => backup.clients.length).toBe(0);
  });

  it('close() while a switch is on its way: the switch fails, the connection ends', async () => {
    const { primary, backup, connection } = await pair({ health: { probe: false } });
    primary.misbehave({ silent: { messages: 'show_threads' } });
    const hangs = connection
      .channel()
      .request('show_threads')
      .catch((error) => error.code);
    const switched = connection.switchTo('backup').catch((error) => error.code);
    await soon(() => connection.state).toBe('connecting');
    await connection.close({ timeoutMs: 400 });
    expect(await hangs).toBe('CLOSED');
    expect(await switched).toBe('CLOSED');
    await soon(() => primary.clients.length + backup.clients.length).toBe(0);
  });

  it('close() while the serving one dies: is not connected anew', async () => {
    const { primary, backup, connection } = await pair({ health: { probe: false } });
    backup.misbehave({ silent: { messages: 'sockclnt_delete' } });
    primary.misbehave({ silent: { messages: 'show_threads' } });
    const seen = record(connection);
    const hangs = connection.channel().request('show_threads');
    const closed = connection.close();
    await primary.restart();
    await expect(hangs).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await closed;
    expect(primary.received('sockclnt_create')).toBe(1);
    expect(seen.map(({ state }) => state)).not.toContain('backoff');
  });

  it('close() while the one that serves is away: is not connected anew either', async () => {
    const { primary, backup, connection } = await pair({ health: QUICK });
    backup.misbehave({ silent: true });
    await standbyIs(connection, 'not-responding');
    primary.kill();
    await soon(() => connection.state).toBe('backoff');
    const closed = connection.close();
    await primary.start();
    await closed;
    expect(primary.received('sockclnt_create')).toBe(1);
  });

  it('close() while both are away: ends at once', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    const connection = createConnection({ socket: path('a'), backup: { socket: path('b') } });
    await soon(() => connection.state).toBe('backoff');
    await connection.close();
    expect(connection.state).toBe('closed');
  });
});

describe('options', () => {
  it.each([
    [{ socket: '' }, 'backup.socket'],
    [{ socket: 'x'.repeat(200) }, 'backup.socket'],
    [{ socket: '/run/vpp/api.sock' }, 'backup.socket'],
    [{ socket: '/run/vpp/../vpp/api.sock' }, 'backup.socket'],
    [{ socket: '/run/b', failBackAfterMs: 0 }, 'backup.failBackAfterMs'],
    [{ socket: '/run/b', failBack: 'never' as 'auto' }, 'backup.failBack'],
  ])('%j: is refused', (backup, path) => {
    expect(() => createConnection({ socket: '/run/vpp/api.sock', backup })).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', path }),
    );
  });

  it('a link to the primary’s socket as the backup: is refused', async () => {
    const { path, remove } = scratch();
    const { socket, stop } = await mockVpp();
    afterThis(stop, remove);
    symlinkSync(socket, path('same'));
    await expect(connect({ socket, backup: { socket: path('same') } })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('a backup that is no VPP: the primary serves, and the status says what is wrong there', async () => {
    const { path, remove } = scratch();
    const { socket, stop } = await mockVpp();
    const deaf = await startMock({ socket: path('deaf'), misbehave: { close: true } });
    afterThis(remove, stop, () => deaf.stop());
    writeFileSync(path('file'), '');
    for (const [name, reason] of [
      ['file', /nobody listens|cannot use|not a socket/],
      ['deaf', /VPP closed the connection/],
    ] as const) {
      const connection = await connect({ socket, cacheDir: false, backup: { socket: path(name) } });
      afterThis(() => connection.destroy());
      await standbyIs(connection, 'backoff');
      expect(connection.status.redundancy?.standby.reason).toMatch(reason);
      await servedBy(connection, 'primary');
    }
  });
});

/** Definitions of a VPP without interfaces, whose version has one field more. */
function otherVersion(directory: string): string {
  for (const name of ['memclnt', 'vlib', 'vpe'].map((each) => `${each}.api.json`)) {
    const text = readFileSync(join(ownApiDir, name), 'utf8');
    const other = text.replace(
      '["string", "build_directory", 256], {"crc": "0xc919bde1"',
      '["string", "build_directory", 256], ["u32", "edition"], {"crc": "0x12345678"',
    );
    writeFileSync(join(directory, name), other);
  }
  return directory;
}
