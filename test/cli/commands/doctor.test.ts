import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ownApiDir, socketPath, testMock } from '../../support/mock.js';
import { environmentWith } from '../agents/support.js';
import { type CliOptions, cli, startCli } from '../run-cli.js';

const CHECKS = ['config', 'socket', 'handshake', 'messages', 'hazards', 'round-trip', 'schema', 'version', 'stats'];

interface Line {
  readonly check: string;
  readonly ok: 'yes' | 'warn' | 'no';
  readonly detail: string;
  readonly fix?: string;
}

/** The findings by check, and how it ended. */
async function doctor(args: readonly string[], options?: CliOptions) {
  const { code, lines, stderr } = await cli(['doctor', '--json', ...args], options);
  const found = lines.map((line) => JSON.parse(line) as Line);
  const ok = Object.fromEntries(found.map((line) => [line.check, line.ok]));
  return { code, stderr, found, ok, of: (check: string) => found.filter((line) => line.check === check) };
}

function configuration(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('doctor', () => {
  it('a VPP that is well, --json: a JSON line for each check, exit code 0', async () => {
    const { socket, table } = await testMock();
    const { code, stderr, found, of } = await doctor(['--socket', socket]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(found.map(({ check }) => check)).toEqual(CHECKS);
    expect(found.filter(({ ok }) => ok === 'no')).toEqual([]);
    expect(of('socket')[0].detail).toMatch(
      /api\.sock \(--socket\): owner \S+ \(\d+\), group \S+ \(\d+\), mode 0775; we are/,
    );
    expect(of('messages')[0].detail).toBe(`${table.idOf.size} in VPP's table`);
    expect(of('round-trip')[0].detail).toMatch(/^\d+\.\d\d ms: median of \d control_pings, .* ms to .* ms$/);
    expect(of('version')[0].detail).toMatch(/^VPP 26\.06-mock \(pid \d+\), up \d+ s$/);
    expect(of('stats')[0]).toMatchObject({
      ok: 'warn',
      detail: expect.stringMatching(/no stats socket at .*stats\.sock/),
    });
  });

  it('piped: text as on a terminal, without colours, since people page it and paste it into tickets', async () => {
    const { socket } = await testMock();
    const { code, lines, stdout } = await cli(['doctor', '-s', socket]);
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^✓ config {6}no --config-dir: the defaults; plugins govpp, /);
    expect(lines.at(-1)).toMatch(/^ {14}→ elsewhere \(`statseg \{ socket-name PATH \}`\)\?/);
    expect(stdout).not.toContain('\x1b');
  });

  it('on a terminal: marks, coloured unless NO_COLOR or for a dumb terminal, and what to do below', async () => {
    const { socket } = await testMock();
    const plain = await cli(['doctor', '-s', socket], { terminal: 200, env: { NO_COLOR: '1' } });
    expect(plain.lines[0]).toMatch(/^✓ config {6}no --config-dir: the defaults; plugins govpp, /);
    expect(plain.lines.at(-2)).toMatch(/^! stats {7}no stats socket at/);
    expect(plain.lines.at(-1)).toMatch(/^ {14}→ elsewhere \(`statseg \{ socket-name PATH \}`\)\?/);
    const coloured = await cli(['doctor', '-s', socket], { terminal: 200 });
    expect(coloured.stdout).toContain('\x1b[32m✓\x1b[0m config');
    const dumb = await cli(['doctor', '-s', socket], { terminal: 200, env: { TERM: 'dumb' } });
    expect(dumb.stdout).not.toContain('\x1b');
    const table = await cli(['doctor', '-s', socket, '--table']);
    expect(table.stdout).not.toContain('\x1b');
    const json = await doctor(['-s', socket, '--json'], { terminal: 200 });
    expect(json.ok).toHaveProperty('version', 'yes');
  });

  it('definitions: from VPP itself, from the cache, from a directory', async () => {
    const { socket } = await testMock({ misbehave: { wrongCrc: 'log_dump' } });
    const source = async (...args: string[]) => (await doctor(['-s', socket, ...args])).of('schema')[0];
    const fresh = await source();
    await cli(['call', 'show_version', '-s', socket]); // what was only looked at is not kept
    const cached = await source();
    expect(fresh).toMatchObject({
      ok: 'warn',
      fix: expect.stringMatching(/core and its plugins are of different builds/),
    });
    expect(fresh.detail).toMatch(
      /^from VPP itself \(get_api_json\): \d+ of the \d+ messages in VPP's table that may be sent have a definition of the same CRC, 1 of another \(log_dump\)$/,
    );
    expect(cached.detail).toMatch(/^from cache of table [0-9a-f]+: \d+ of/);
    const directory = await source('--api-dir', ownApiDir);
    expect(directory.detail).toMatch(/^from directory .*api: \d+ of/);
    expect(directory.fix).toMatch(/^omit --api-dir/);
  });

  it('definitions of another release: wrong, and VPP is not asked with them', async () => {
    const { socket } = await testMock({ misbehave: { wrongCrc: true } });
    const { code, ok, of } = await doctor(['-s', socket, '--api-dir', ownApiDir]);
    expect(code).toBe(8);
    expect(ok).toMatchObject({ messages: 'yes', schema: 'no', version: 'warn' });
    expect(of('version')[0].detail).toMatch(/^not checked: show_version is not what the running VPP has/);
  });

  it('a directory without definitions: the rest goes on', async () => {
    const { socket } = await testMock();
    const { code, ok, of } = await doctor(['-s', socket, '--api-dir', configuration({})]);
    expect(code).toBe(8);
    expect(ok).toMatchObject({ socket: 'yes', messages: 'yes', schema: 'no', version: 'warn' });
    expect(of('schema')[0].fix).toMatch(/^name the directory of VPP's packages/);
  });

  it('definitions that VPP does not hand out: named as that', async () => {
    const { socket } = await testMock({ misbehave: { silent: { messages: 'get_api_json' } }, version: '26.06-silent' });
    const cache = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = configuration({});
    onTestFinished(() => {
      process.env.XDG_CACHE_HOME = cache;
    });
    const { code, of } = await doctor(['-s', socket]);
    expect(code).toBe(8);
    expect(of('schema')[0]).toMatchObject({
      ok: 'no',
      fix: expect.stringMatching(/--api-dir \/usr\/share\/vpp\/api$/),
    });
  });

  it.each<[string, object, Readonly<Record<string, Line['ok']>>, number]>([
    [
      'no answer to the handshake',
      { stall: true },
      { handshake: 'no', messages: 'warn', hazards: 'warn', schema: 'warn' },
      8,
    ],
    ['connections closed at once', { close: true }, { handshake: 'no', 'round-trip': 'warn', version: 'warn' }, 8],
    ['no answer to control_ping', { silent: { messages: 'control_ping' } }, { 'round-trip': 'no', version: 'yes' }, 8],
    ['no answer to show_version', { silent: { messages: 'show_version' } }, { version: 'no' }, 8],
    ['an end at the first ping', { close: { messages: 'control_ping' } }, { 'round-trip': 'no', schema: 'warn' }, 8],
    ['garbage', { garbage: true }, { messages: 'yes', 'round-trip': 'no', version: 'warn' }, 8],
    ['a busy main thread', { delay: 60 }, { 'round-trip': 'warn', version: 'yes' }, 0],
  ])('a VPP that gives %s: told at that check', async (_, misbehave, ok, code) => {
    const { socket } = await testMock({ misbehave });
    const examined = await doctor(['-s', socket]);
    expect(examined.ok).toMatchObject({ config: 'yes', socket: 'yes', stats: 'warn', ...ok });
    expect(examined.code).toBe(code);
    for (const { check, ok, fix } of examined.found) if (ok === 'no') expect(fix, check).toBeDefined();
  });

  it('an answer after 900 ms, always: ends in time, with what there was no time for', async () => {
    const { socket } = await testMock({ misbehave: { delay: 900 } });
    const { of, found } = await doctor(['-s', socket]);
    expect(found.map(({ check }) => check)).toEqual(CHECKS);
    expect(of('handshake')[0]).toMatchObject({ ok: 'warn', fix: expect.stringMatching(/^VPP's main thread is busy/) });
    expect(of('round-trip')[0]).toMatchObject({ ok: 'no', detail: expect.stringMatching(/within 700 ms/) });
  });

  it('no socket: whatever does not need one is checked all the same', async () => {
    const { code, ok, of } = await doctor(['-s', '/nonexistent/api.sock', '--api-dir', ownApiDir]);
    expect(code).toBe(8);
    expect(ok).toEqual({
      ...{ config: 'yes', socket: 'no', handshake: 'warn', messages: 'warn', hazards: 'warn', 'round-trip': 'warn' },
      ...{ schema: 'warn', version: 'warn', stats: 'warn' },
    });
    expect(of('socket')[0].detail).toMatch(/^no socket at \/nonexistent\/api\.sock \(--socket\)/);
    expect(of('schema')[0].detail).toMatch(
      /^directory .* defines \d+ messages; whether they are VPP's was not checked/,
    );
    const wrong = await doctor(['-s', '/nonexistent/api.sock', '--api-dir', '/nonexistent']);
    expect(wrong.ok).toHaveProperty('schema', 'no');
  });

  it('a plain file in its place: named as that', async () => {
    const { code, of } = await doctor(['-s', join(configuration({ 'api.sock': '' }), 'api.sock')]);
    expect(code).toBe(8);
    expect(of('socket')[0].detail).toMatch(/is a plain file, not a socket/);
  });

  it('another program behind it: not VPP', async () => {
    const path = socketPath();
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => void server.close());
    const { code, ok, of } = await doctor(['-s', path]);
    expect(code).toBe(8);
    expect(ok).toMatchObject({ socket: 'yes', handshake: 'no' });
    expect(of('handshake')[0].fix).toMatch(/another program listens there/);
  });

  it('the socket: --socket before govpp.conf, govpp.conf before the environment', async () => {
    const [{ socket: ours }, { socket: other }] = [await testMock(), await testMock()];
    const dir = configuration({ 'govpp.conf': `binapi-socket-path: ${ours}\n` });
    const env = { VPP_API_SOCKET: other };
    const used = async (args: string[]) => (await doctor(args, { env })).of('socket')[0].detail;
    expect(await used(['-c', dir])).toContain(`${ours} (binapi-socket-path of ${join(dir, 'govpp.conf')})`);
    expect(await used(['-c', dir, '-s', other])).toContain(`${other} (--socket)`);
    expect(await used([])).toContain(`${other} (VPP_API_SOCKET)`);
    expect(await used(['-c', configuration({})])).toContain(`${other} (VPP_API_SOCKET)`);
    const { of } = await doctor(['-c', configuration({})]);
    expect(of('socket')[0].detail).toContain('/api.sock (the default)');
  });

  it("the agent's second VPP: looked at as well", async () => {
    const [{ socket: primary }, { socket: backup }] = [await testMock(), await testMock()];
    const two = (second: string) =>
      configuration({ 'govpp.conf': `dataplanes: { primary: ${primary}, backup: ${second} }\n` });
    const there = await doctor(['-c', two(backup)]);
    expect(there.of('socket')[0].detail).toContain(`${primary} (dataplanes.primary of `);
    expect(there.of('backup')[0].detail).toMatch(new RegExp(`^${backup}: handshake .* ms$`));
    expect(there.code).toBe(0);
    const away = await doctor(['-c', two('/nonexistent')]);
    expect(away.of('backup')[0]).toMatchObject({
      ok: 'no',
      detail: expect.stringMatching(/^no socket at \/nonexistent/),
    });
    expect(away.code).toBe(8);
  });

  it('--dataplane: the VPP of one of several, of the configuration or of the agent that runs', async () => {
    const [main, edge, backup] = [await testMock(), await testMock({ version: '25.10-mock' }), await testMock()];
    const dir = configuration({
      'govpp.conf': `binapi-socket-path: ${main.socket}
dataplanes:
  edge: { binapi-socket-path: ${edge.socket}, stats-socket-path: /nowhere/edge-stats.sock }
  core: { primary: ${main.socket}-core, backup: ${backup.socket} }
`,
    });
    const one = await doctor(['-c', dir, '--dataplane', 'edge'], { env: { VPP_API_SOCKET: main.socket } });
    expect(one.of('socket')[0].detail).toContain(`(dataplanes.edge.binapi-socket-path of ${join(dir, 'govpp.conf')})`);
    expect(one.of('version')[0].detail).toContain('25.10-mock');
    expect(one.of('stats')[0].detail).toContain('/nowhere/edge-stats.sock');
    expect(one.of('dataplane')).toEqual([
      { check: 'dataplane', ok: 'yes', detail: 'edge; --dataplane NAME looks at main, core' },
    ]);
    const pair = await doctor(['-c', dir, '--dataplane', 'core']);
    expect(pair.of('socket')[0].detail).toContain(`(dataplanes.core.primary of ${join(dir, 'govpp.conf')})`);
    expect(pair.of('backup')[0]).toMatchObject({ ok: 'yes' });
    expect((await doctor(['-c', dir])).of('dataplane')[0].detail).toBe('main; --dataplane NAME looks at edge, core');
    const none = await doctor(['-c', dir, '--dataplane', 'egde']);
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringContaining(`${join(dir, 'govpp.conf')} has main, edge, core`),
    ]);
    const env = environmentWith({ socket: main.socket, dataplanes: { edge: edge.socket } });
    const running = await doctor(['--dataplane', 'edge'], { env });
    expect(running.of('socket')[0].detail).toContain(`${edge.socket} (the agent with pid ${process.pid})`);
    expect(running.of('dataplane')[0].detail).toBe('edge; --dataplane NAME looks at main');
    const unknown = await doctor(['--dataplane', 'core'], { env });
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('there are main, edge')]);
    expect((await doctor(['--dataplane', 'edge', '-s', main.socket])).code).toBe(2);
  });

  it('a wrong configuration: every problem with its place, and VPP examined all the same', async () => {
    const { socket } = await testMock();
    const dir = configuration({
      'govpp.conf': 'binapi-socket-path: /x\nreply-timout: 5s\n',
      'http.conf': 'endpoint: 127.0.0.1:http\n',
    });
    const { code, ok, of } = await doctor(['-c', dir], { env: { VPP_API_SOCKET: socket } });
    expect(code).toBe(8);
    expect(of('config').map(({ ok, detail }) => [ok, detail.replace(`${dir}/`, '')])).toEqual([
      ['no', expect.stringMatching(/^govpp\.conf:2:1: unknown key "reply-timout"; did you mean "reply-timeout"\?/)],
      ['no', expect.stringMatching(/^http\.conf:1:11: endpoint: /)],
    ]);
    expect(ok).toMatchObject({ socket: 'yes', version: 'yes' });
  });

  it('configuration that nobody reads, or without effect: a warning', async () => {
    const { socket } = await testMock();
    const dir = configuration({ 'gvpp.conf': '', 'govpp.conf': 'shm-prefix: vpp\n' });
    const { code, of } = await doctor(['-c', dir, '-s', socket]);
    expect(code).toBe(0);
    expect(of('config')).toEqual([
      { check: 'config', ok: 'warn', detail: expect.stringMatching(/govpp\.conf:1:1: "shm-prefix" has no effect/) },
      {
        check: 'config',
        ok: 'warn',
        detail: expect.stringMatching(/nothing reads .*gvpp\.conf; did you mean govpp\.conf\?/),
      },
    ]);
  });

  it('a directory that is not there: told as the agent would', async () => {
    const { of } = await doctor(['-c', '/nonexistent', '-s', '/nonexistent']);
    expect(of('config')[0]).toMatchObject({ ok: 'no', detail: expect.stringMatching(/names \/nonexistent/) });
  });

  it('a plugin that never ends loading: not waited for', async () => {
    const dir = configuration({
      'agent.yaml': 'plugins: [./slow.mjs]\n',
      'slow.mjs': 'await new Promise(() => {});\n',
    });
    const { of } = await doctor(['-c', dir, '-s', '/nonexistent']);
    expect(of('config')[0]).toMatchObject({
      ok: 'warn',
      detail: 'not checked: a plugin takes longer than 2 s to load',
    });
  });

  it('stats-socket-path of govpp.conf: looked at, unless --stats-socket names another', async () => {
    const { socket } = await testMock();
    const dir = configuration({
      'govpp.conf': `binapi-socket-path: ${socket}\nstats-socket-path: /elsewhere/stats.sock\n`,
    });
    expect((await doctor(['-c', dir])).of('stats')[0].detail).toMatch(/^no stats socket at \/elsewhere\/stats\.sock/);
    const { of } = await doctor(['-c', dir, '--stats-socket', '/third/stats.sock']);
    expect(of('stats')[0].detail).toMatch(/^no stats socket at \/third\/stats\.sock/);
  });

  it('--stats-socket: looked at instead', async () => {
    const { socket } = await testMock();
    const { of } = await doctor(['-s', socket, '--stats-socket', socket]);
    expect(of('stats')[0].detail).toMatch(/is a stream socket, not VPP's stats socket/);
  });

  it('Ctrl-C: ends it, with 130', async () => {
    const { socket } = await testMock({ misbehave: { stall: true } });
    const run = startCli(['doctor', '-s', socket]);
    await run.seen('✓ config');
    run.signal('SIGINT');
    expect(await run.exit).toBe(130);
    expect(run.stdout).not.toContain('handshake');
  });

  it('an impossible path: wrong usage', async () => {
    const { code, stderr } = await cli(['doctor', '-s', 'x'.repeat(200)]);
    expect(stderr).toMatch(/the path of the socket has 200 bytes/);
    expect(code).toBe(2);
  });
});
