import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { directoryWith } from '../../agent/support.js';
import { tracingAgent } from '../../plugins/trace/tracing-agent.js';
import { environmentWith } from '../agents/support.js';
import { cli, startCli } from '../run-cli.js';

const KEEPS = { enabled: true, ring: 100 };
const parsed = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const namesIn = (text: string) => parsed(text).map(({ name, format }) => name ?? format);

function scratchFile(name: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'vppmux-trace-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, name);
}

describe('trace', () => {
  it('piped: a trace file, live, until Ctrl-C', async () => {
    const { url, ask } = await tracingAgent();
    const run = startCli(['trace', '--agent', url]);
    await run.seen('vppmux-trace');
    await ask('show_version');
    await run.seen('show_version_reply');
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
    expect(namesIn(run.stdout)).toEqual(['vppmux-trace', 'show_version', 'show_version_reply']);
    expect(run.stderr).toBe('');
  });

  it('on a terminal: a line each, with direction, time, name, context and fields', async () => {
    const { url, mux } = await tracingAgent();
    const run = startCli(['trace', '--agent', url, '--count', '2'], { terminal: 100 });
    await run.seen('Ctrl-C ends it');
    await run.seen('-- VPP 26.06-mock at ');
    await mux.channel().request('cli_inband', { cmd: 'show version' });
    expect(await run.exit).toBe(0);
    const [, ask, reply] = run.stdout.split('\n');
    expect(ask).toMatch(/^\d\d:\d\d:\d\d\.\d{3} → cli_inband #\d+ \(\d+\) cmd="show version"$/);
    expect(reply).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} ← cli_inband_reply #\d+ \(\d+\) retval=0 reply="vpp v26.06-mock built by/,
    );
  });

  it('--last: what was kept, of the names asked for; nothing of the agent’s goes on', async () => {
    const { url, ask } = await tracingAgent(KEEPS);
    await ask('show_version');
    await ask('show_threads');
    const { code, stdout } = await cli(['trace', 'show_*', '!*_reply', '--last', '1', '--agent', url]);
    expect(code).toBe(0);
    expect(namesIn(stdout)).toEqual(['vppmux-trace', 'show_threads']);
  });

  it('--last --follow: what was kept, then what comes', async () => {
    const { url, ask } = await tracingAgent(KEEPS);
    await ask('show_version');
    const run = startCli(['trace', '--last', '1', '-f', '-n', '3', '--agent', url]);
    await run.seen('show_version_reply');
    await ask('show_threads');
    expect(await run.exit).toBe(0);
    expect(namesIn(run.stdout).slice(1)).toEqual(['show_version_reply', 'show_threads', 'show_threads_reply']);
  });

  it('--save: the same lines in a file that nobody else can read', async () => {
    const { url, ask } = await tracingAgent(KEEPS);
    await ask('show_version');
    const file = scratchFile('a.trace');
    const { code, stdout, stderr } = await cli(['trace', '--last', '2', '--save', file, '--agent', url]);
    expect(code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(stdout);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(stderr).toBe(`vppmux: 2 messages in ${file}\n`);
  });

  it('a reader that goes away: ends with 0', async () => {
    const { url, ask } = await tracingAgent();
    const run = startCli(['trace', '--agent', url]);
    await run.seen('vppmux-trace');
    run.breakPipe();
    await ask('show_version');
    expect(await run.exit).toBe(0);
    expect(run.stderr).toBe('');
  });

  it('a reader that goes away while nothing is said: ends with 0', async () => {
    const { url } = await tracingAgent();
    const run = startCli(['trace', '--agent', url]);
    await run.seen('vppmux-trace');
    run.closePipe();
    expect({ code: await run.exit, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('the agent ends: exit code 5, and what was saved is whole', async () => {
    const { url, ask, agent } = await tracingAgent();
    const file = scratchFile('b.trace');
    const run = startCli(['trace', '--agent', url, '--save', file]);
    await run.seen('vppmux-trace');
    await ask('show_version');
    await run.seen('show_version_reply');
    await agent.close();
    expect(await run.exit).toBe(5);
    expect(run.stderr).toMatch(
      /^vppmux: the agent at 127[^\n]+ has ended \(plugin trace has ended: the agent is closing\)\nvppmux: \d+ messages in /,
    );
    expect(namesIn(readFileSync(file, 'utf8'))).toContain('show_version_reply');
  });

  it('no agent there: exit code 3, and what to do', async () => {
    const { code, stderr } = await cli(['trace', '--agent', '127.0.0.1:1']);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^vppmux: no agent at 127\.0\.0\.1:1: nobody listens there; run one with "vppmux run"[^\n]+\n$/,
    );
  });

  it('an agent that shows nothing: exit code 3, and how to switch it on', async () => {
    const { url } = await tracingAgent({});
    const { code, stderr } = await cli(['trace', '--agent', url]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/shows no messages: write "enabled: true" into its trace\.conf/);
  });

  it('an agent of this user that shows nothing: the very file is named; once that is written, it works', async () => {
    const configDir = directoryWith({ 'trace.conf': 'enabled: false' });
    const traceFile = join(configDir, 'trace.conf');
    const { url, agent } = await tracingAgent({}, {}, configDir);
    const env = environmentWith({ url, traceFile });
    const { code, stderr } = await cli(['trace'], { env });
    expect(code).toBe(3);
    expect(stderr).toContain(`write "enabled: true" into ${traceFile}, which takes effect while it runs`);
    writeFileSync(traceFile, 'enabled: true\nring: 100\n');
    agent.reload();
    const run = startCli(['trace', '--save', scratchFile('c.trace')], { env });
    await run.seen('vppmux-trace');
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
  });

  it('no ring: exit code 3, and the key', async () => {
    const { url } = await tracingAgent();
    const { code, stderr } = await cli(['trace', '--last', '5', '--agent', url]);
    expect(code).toBe(3);
    expect(stderr).toContain('refuses: this agent keeps no messages (ring in trace.conf); write "ring: 1000" into its');
  });

  it('another server: exit code 3', async () => {
    const server = createServer((_request, response) => response.writeHead(500).end()).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { code, stderr } = await cli(['trace', '--agent', `127.0.0.1:${(server.address() as AddressInfo).port}`]);
    expect(code).toBe(3);
    expect(stderr).toContain('it is no agent of vppmux');
  });

  it.each<[string, string[], RegExp]>([
    [
      'a socket of VPP',
      ['--socket', '/run/vpp/api.sock'],
      /VPP shows no client the messages of the others.*api trace on/,
    ],
    ['an address that is none', ['--agent', 'ftp://x'], /--agent must be the agent's address, as http:/],
    ['a number that is none', ['--last', '0'], /at least 1/],
  ])('%s: exit code 2 and one line', async (_, args, message) => {
    const { code, stderr } = await cli(['trace', ...args]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^vppmux: [^\n]+\n$/);
    expect(code).toBe(2);
  });

  it('a file that cannot be made: exit code 2 and one line', async () => {
    const { url } = await tracingAgent();
    const { code, stderr } = await cli(['trace', '--save', '/nowhere/x.trace', '--agent', url]);
    expect(stderr).toMatch(/^vppmux: --save \/nowhere\/x\.trace: ENOENT[^\n]+\n$/);
    expect(code).toBe(2);
  });

  it('no agent: an older trace of that name stays', async () => {
    const file = scratchFile('old.trace');
    writeFileSync(file, 'old');
    expect((await cli(['trace', '--save', file, '--agent', '127.0.0.1:1'])).code).toBe(3);
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  it('a pattern that is none: exit code 2, in the agent’s words', async () => {
    const { url } = await tracingAgent();
    const { code, stderr } = await cli(['trace', 'sw.*', '--agent', url]);
    expect(stderr).toContain("does not understand: match: 'sw.*' is no name");
    expect(code).toBe(2);
  });
});
