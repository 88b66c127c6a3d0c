/** The built program as a person's shell runs it: real processes, pipes and signals. */

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runningAgents } from '../../src/cli/agents/running-agents.js';
import { builtTree, root } from '../support/built.js';
import { testMock, until } from '../support/mock.js';
import { needsTools } from '../support/needs.js';
import { ownAgents } from '../support/own-agents.js';

const vppmux = join(root, 'bin', 'vppmux.js');

/** Options of Node. */
const STRICT = '--pending-deprecation --throw-deprecation';

beforeAll(builtTree);

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  const lookers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk) => {
      said[name] += chunk;
      for (const look of lookers) look();
    });
  }
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...said })));
  /** Resolves with the first match on either stream. */
  const seen = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(said.stdout + said.stderr);
        if (match) resolve(match);
      };
      lookers.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without ${pattern}:\n${said.stdout}${said.stderr}`)));
    });
  return { child, ended, seen };
}

const node = (...args: string[]) => start(process.execPath, args);

/** A program whose output, on one pipe, somebody reads a line of and closes; its exit code comes on stderr. */
async function readOnce(args: readonly string[], env: Record<string, string> = {}) {
  const reader = '>(head -n 1; exec <&-; echo gone >&3)';
  const script = `exec 3>&2; "$0" "$@" > ${reader} 2>&1 3>&- & echo "pid $!" >&3; wait $!; echo "code $?" >&3`;
  const { seen, ended } = start('bash', ['-c', script, process.execPath, vppmux, ...args], env);
  const [, pid] = await seen(/pid (\d+)\n/);
  onTestFinished(() => {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended.
    }
  });
  await seen(/gone/);
  return { pid: Number(pid), ended };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-program-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('the built program', () => {
  it.each<[string, string, string[], string?]>([
    ['watch, after its first event', 'head -n 1', ['watch', 'sw_interface_event']],
    ['watch, before any event', 'true', ['watch', 'ip_neighbor_event']],
    ['watch, where Node does not let deprecated things pass', 'true', ['watch', 'ip_neighbor_event'], STRICT],
    ['watch, where Node keeps silent about them', 'true', ['watch', 'ip_neighbor_event'], '--no-deprecation'],
    ['ping, in a long pause', 'head -n 1', ['ping', '--count', '0', '--interval', '1h']],
  ])(
    '%s, its reader gone: ends with 0 and without a word',
    needsTools('bash'),
    async (_, reader, args, options = '') => {
      const mock = await testMock();
      const command = `"$0" "$@" | ${reader}; echo "code $PIPESTATUS"`;
      const { ended } = start('bash', ['-c', command, process.execPath, vppmux, ...args], {
        VPP_API_SOCKET: mock.socket,
        NODE_OPTIONS: options,
      });
      if (args[1] === 'sw_interface_event') {
        await until(() => mock.clients.some(({ wants }) => wants.includes('want_interface_events')));
        mock.dataplane.setAdmin(0, true);
      }
      const { stdout, stderr } = await ended;
      expect(stderr).toBe('');
      expect(stdout).toMatch(/^([^\n]+\n)?code 0\n$/);
    },
  );

  it('mock, the reader of its first line gone: serves on, whatever it has to say', needsTools('bash'), async () => {
    const socket = join(temporaryFolder(), 'api.sock');
    const trace = join(root, 'test/mux/trace/fixtures/interfaces.trace');
    const { pid, ended } = await readOnce(['mock', '--socket', socket, '--replay', trace]);
    const dump = (name: string, ...options: string[]) =>
      node(vppmux, 'dump', name, '--socket', socket, ...options).ended;
    // It says that the trace has no answer to this one.
    expect((await dump('bridge_domain_dump', '--timeout', '500ms')).code).toBe(4);
    expect((await dump('ip_path_mtu_get')).stdout.trim().split('\n')).toHaveLength(5);
    process.kill(pid, 'SIGTERM');
    expect((await ended).stderr).toMatch(/code 0\n$/);
    expect(existsSync(socket)).toBe(false);
  });

  it(
    'run, the reader of its first log line gone: goes on, also when it has more to log',
    needsTools('bash'),
    async () => {
      const mock = await testMock();
      const env = { ...ownAgents(temporaryFolder()), VPPMUX_AGENT: '' };
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'http.conf'), 'endpoint: 127.0.0.1:0\n');
      const { pid, ended } = await readOnce(['run', '--config-dir', folder, '--socket', mock.socket], env);
      await until(() => runningAgents(env).length > 0);
      process.kill(pid, 'SIGHUP');
      const status = start(process.execPath, [vppmux, 'status', '--json'], env);
      const shown = await status.ended;
      expect(shown.stderr).toBe('');
      expect(JSON.parse(shown.stdout).agent.pid).toBe(pid);
      process.kill(pid, 'SIGTERM');
      expect((await ended).stderr).toMatch(/code 0\n$/);
    },
  );

  it('call, piped: JSON on stdout, exit code 0', async () => {
    const { socket } = await testMock();
    const { code, stdout, stderr } = await node(vppmux, 'call', 'show_version', '--socket', socket).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).version).toBe('26.06-mock');
  });

  it('dump | head: ends quietly with 0', async () => {
    const { socket } = await testMock({ routes: 20_000 });
    const script = `{ "${process.execPath}" "${vppmux}" dump ip_route_v2_dump -s "${socket}"; echo "exit $?" >&2; } | head -n 2`;
    const { stdout, stderr } = await start('sh', ['-c', script]).ended;
    expect(stdout.split('\n')).toHaveLength(3);
    expect(stderr).toBe('exit 0\n');
  });

  it('stdin closed or empty: not waited for, and no request of zeros', async () => {
    const mock = await testMock();
    for (const stdin of ['</dev/null', '<&-', '<<-X\nX']) {
      const call = `"${process.execPath}" "${vppmux}" call sw_interface_set_flags -s "${mock.socket}"`;
      const bare = await start('sh', ['-c', `${call} ${stdin}`]).ended;
      expect({ stdin, ...bare }).toMatchObject({ code: 2, stderr: expect.stringContaining("or '{}' to send it") });
      expect(mock.received('sw_interface_set_flags')).toBe(0);
      const { code, stderr } = await start('sh', ['-c', `${call} '{}' ${stdin}`]).ended;
      expect({ stdin, code, stderr }).toEqual({ stdin, code: 0, stderr: '' });
      mock.forget();
    }
  });

  it('an error: one line, its exit code, no stack', async () => {
    const { code, stdout, stderr } = await node(vppmux, 'call', 'show_version', '--socket', '/nonexistent').ended;
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^vppmux: no socket at \/nonexistent: [^\n]+\n$/);
  });

  it('watch, with SIGINT: exit code 0', async () => {
    const mock = await testMock();
    const { child, ended } = node(vppmux, 'watch', 'sw_interface_event', '--socket', mock.socket);
    await expect.poll(() => mock.received('want_interface_events')).toBe(1);
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(mock.received('want_interface_events')).toBe(2);
  });

  it('--version and --help: on stdout, exit code 0', async () => {
    expect(await node(vppmux, '--version').ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    expect(await node(vppmux, 'help', 'dump').ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Examples:/),
    });
  });

  it('examples/list-interfaces: lists them', async () => {
    const { socket } = await testMock({ setup: (dataplane) => void dataplane.addLoopback({ up: true }) });
    const example = join('dist', 'examples', 'list-interfaces.js');
    const { code, stdout } = await start(process.execPath, [example], { VPP_API_SOCKET: socket }).ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^VPP 26\.06-mock\n0 {2}local0 {2}down {2}00:00:00:00:00:00\n1 {2}loop0 {2}up {2}de:ad:/);
  });
});

describe('run', () => {
  function configuration(socket: string): string {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'agent.yaml'), 'plugins: [govpp, http, health]\n');
    writeFileSync(join(folder, 'govpp.conf'), `binapi-socket-path: ${socket}\n`);
    writeFileSync(join(folder, 'http.conf'), 'endpoint: 127.0.0.1:0\n');
    return folder;
  }

  it('--mock always: says that it runs against its mock, is ready, and leaves with 0 and nothing behind', async () => {
    const folder = configuration('/nonexistent/api.sock');
    const args = [vppmux, 'run', '--config-dir', folder, '--mock', 'always'];
    const env = { ...ownAgents(temporaryFolder()), VPPMUX_AGENT: '' };
    const { child, ended, seen } = start(process.execPath, args, env);
    const [, socket] = await seen(/as --mock always says: running against the embedded mock.*\(socket (\S+)\)/);
    const [, toTry] = await seen(/try it in another terminal: export VPP_API_SOCKET=([^\s"]+)/);
    const asked = start(process.execPath, [vppmux, 'call', 'show_version'], { VPP_API_SOCKET: toTry });
    expect((await asked.ended).code).toBe(0);
    await seen(/connected to VPP 26\.06-mock/);
    const found = await start(process.execPath, [vppmux, 'trace', '--last', '1'], env).ended;
    const [, url] = await seen(/(http:\/\/127\.0\.0\.1:\d+)\/status/);
    await seen(/connected to VPP 26\.06-mock/);
    expect((await fetch(`${url}/readiness`)).status).toBe(200);
    expect(found.stderr).toContain(new URL(url).host);
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
    expect(existsSync(dirname(socket))).toBe(false);
  });

  it('VPP there: taken, without a mock', async () => {
    const { socket } = await testMock({ version: '26.06-ours' });
    const { child, ended, seen } = node(vppmux, 'run', '--config-dir', configuration(socket), '--mock', 'auto');
    await seen(/connected to VPP 26\.06-ours/);
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/embedded mock/);
  });

  it('--socket: goes before the configuration', async () => {
    const { socket } = await testMock({ version: '26.06-other' });
    const folder = configuration('/nonexistent/api.sock');
    const { child, ended, seen } = node(vppmux, 'run', '--config-dir', folder, '--socket', socket);
    await seen(/connected to VPP 26\.06-other/);
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });

  it('VPP_API_SOCKET: taken where govpp.conf names no socket', async () => {
    const [there, named] = [await testMock({ version: '26.06-there' }), await testMock({ version: '26.06-named' })];
    const silent = configuration('""');
    for (const [folder, version] of [
      [silent, /connected to VPP 26\.06-there/],
      [configuration(named.socket), /connected to VPP 26\.06-named/],
    ] as const) {
      const args = [vppmux, 'run', '--config-dir', folder, '--mock', 'auto'];
      const { child, ended, seen } = start(process.execPath, args, { VPP_API_SOCKET: there.socket });
      await seen(version);
      child.kill('SIGINT');
      expect((await ended).code).toBe(0);
    }
  });

  it('--<plugin>-config: taken from that file', async () => {
    const folder = configuration('/nonexistent/api.sock');
    const other = join(folder, 'other.conf');
    writeFileSync(other, 'binapi-socket-path: /nonexistent/other.sock\n');
    const { child, ended, seen } = node(vppmux, 'run', '-c', folder, '--govpp-config', other, '--mock', 'auto');
    await seen(/there is no socket at \/nonexistent\/other\.sock, which \S+other\.conf names: waiting for VPP/);
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });

  /** A plugin that needs no package: it tells its arguments, what its configuration becomes, and ends the process if told so. */
  const PLUGIN = `export default {
    [Symbol.for('vppmux/plugin-definition')]: true,
    file: import.meta.filename, name: 'teller', version: '1.0.0', agentApi: 1, requires: { log: Symbol.for('vppmux/log') }, provides: {}, optional: false,
    obsolete: {}, config: { safeParse: (data) => ({ success: true, data }) },
    create: ({ log }, config, args) => ({
      init() { log.info('args ' + JSON.stringify(args)); log.debug('a detail'); },
      configuration({ after }) { log.info('size ' + after.size); if (after.size === 0) setTimeout(() => process.exit(7)); },
    }),
  };`;

  it('--plugin with arguments, --debug for it; its file followed, and read again by SIGHUP; who exits is named', async () => {
    const folder = configuration('/nonexistent/api.sock');
    writeFileSync(join(folder, 'teller.mjs'), PLUGIN);
    const plugin = ['--plugin', join(folder, 'teller.mjs'), 'file=/x', 'n=1', '--debug', 'teller'];
    const { child, ended, seen } = node(vppmux, 'run', '-c', folder, ...plugin);
    await seen(/args \{\\"file\\":\\"\/x\\",\\"n\\":\\"1\\"\}/);
    await seen(/a detail/);
    await seen(/vppmux runs: govpp, http, health, teller/);
    writeFileSync(join(folder, 'teller.conf'), 'size: 2\n');
    await seen(/size 2/);
    child.kill('SIGHUP');
    await seen(/SIGHUP: reading the configuration again/);
    writeFileSync(join(folder, 'teller.conf'), 'size: 0\n');
    const { code, stdout } = await ended;
    expect(stdout).toContain('plugin teller has ended the whole agent with exit code 7');
    expect(stdout).not.toContain('"level":"debug","plugin":"govpp"');
    expect(code).toBe(7);
  });

  it.each<[string, string[], number, RegExp]>([
    ['a plugin that is not there', ['--plugin', './gone.js'], 1, /gone\.js does not exist \(named by --plugin\)/],
    ['an argument of no plugin', ['--plugin', 'a=1'], 2, /--plugin a=1: name the plugin first/],
    ['an unknown option', ['--mokc', 'auto'], 2, /^vppmux: run knows no '--mokc'; did you mean --mock\?/],
    ['an unknown plugin', ['--htpp-config', 'x.conf'], 1, /--htpp-config: no such plugin runs.*http/],
    ['a key of a plugin', ['--endpoint', '127.0.0.1:9292'], 2, /key of http\.conf: .*--http-config FILE/],
    ['an unknown choice', ['--mock', 'maybe'], 2, /Allowed choices are auto, never, always/],
    ['an unknown level', ['--log-level', 'loud'], 2, /--log-level loud: it must be one of trace, debug/],
    ['a directory that is not there', ['--config-dir', '/nonexistent'], 1, /\/nonexistent/],
  ])('%s: does not start, and says why', async (_, args, exit, message) => {
    const { code, stdout, stderr } = await node(vppmux, 'run', ...args).ended;
    expect(stdout + stderr).toMatch(message);
    expect(code).toBe(exit);
  });
});
