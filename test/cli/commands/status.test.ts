import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { Status } from '../../../src/agent/plugin/services.js';
import { healthPlugin } from '../../../src/plugins/health/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { recordingLog, taker } from '../../agent/support.js';
import { cli, startCli } from '../run-cli.js';

/** An agent with health, and a part whose state the test sets. */
async function agentWith(http: Record<string, unknown> = {}, withHealth = true) {
  const part = taker({ status: Status, http: Http }, 'part');
  const agent = await createAgent({
    plugins: [httpPlugin, ...(withHealth ? [healthPlugin] : []), part.plugin],
    log: recordingLog('info').log,
    env: {},
    version: '0.1.0',
    settings: { http: { endpoint: '127.0.0.1:0', ...http } },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  return { url: part.taken().http.url!, status: part.taken().status, agent };
}

async function answering(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close().closeAllConnections());
  await new Promise((resolve) => server.once('listening', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const VPP = { state: 'ready', version: '26.06-release', pid: 4711, socket: '/run/vpp/api.sock' };

describe('status', () => {
  it('ready: the summary with VPP, then a line for each part; exit code 0', async () => {
    const { url, status } = await agentWith();
    status.report({ state: 'ok', reason: 'counting', details: { vpp: VPP } });
    const { code, lines } = await cli(['status', '--agent', url], { terminal: 100 });
    expect(code).toBe(0);
    expect(lines[0]).toMatch(
      /^ready for \d+ s; VPP 26\.06-release \(pid 4711\) at \/run\/vpp\/api\.sock; agent vppmux 0\.1\.0 \(pid \d+\)$/,
    );
    expect(lines[1]).toMatch(/^part +state +since +detail$/);
    expect(lines.slice(2).map((line) => line.split(/ {2,}/))).toEqual([
      ['http', 'ok', expect.stringMatching(/^\d+ s$/), `listening at ${url}`],
      ['health', 'ok', expect.any(String), 'running'],
      ['part', 'ok', expect.any(String), 'counting'],
    ]);
  });

  it('not ready: why, on both; exit code 1', async () => {
    const { url, status } = await agentWith();
    status.report({ state: 'error', reason: 'VPP is gone', details: { vpp: { ...VPP, state: 'backoff' } } });
    const shown = await cli(['status', '--agent', url]);
    expect(shown.code).toBe(1);
    expect(shown.stdout).toMatch(
      /^not ready \(error\) for \d+ s, because of part; VPP 26\.06-release \(pid 4711\) is gone; trying again at \/run/,
    );
    expect(shown.stdout.match(/VPP is gone/g)).toHaveLength(1);
    const { code, stdout } = await cli(['status', '--json'], { env: { VPPMUX_AGENT: url } });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ overall: 'error', plugins: { part: { reason: 'VPP is gone' } } });
  });

  it('degraded is ready, as /readiness says', async () => {
    const { url, status } = await agentWith();
    status.degraded('slow');
    expect(await cli(['status', '--agent', url])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^ready \(degraded\) .*, because of part; no connection to VPP/),
    });
  });

  it.each([
    [{ state: 'backoff' }, /; VPP is not there yet; trying again at \/s;/],
    [{ state: 'connecting', version: '26.06' }, /; VPP 26\.06 is gone; trying again at \/s;/],
    [{ state: 'not-responding', version: '26.06' }, /; VPP 26\.06 does not answer, at \/s;/],
    [{ state: 'degraded', version: '26.06' }, /; VPP 26\.06 is degraded, at \/s;/],
  ])('VPP that is %j: in words of everyday', async (vpp, words) => {
    const body = { overall: 'error', reason: 'no parts yet', plugins: {}, vpp: { ...vpp, socket: '/s' }, agent: {} };
    const { lines } = await cli(['status', '--agent', await answering(200, JSON.stringify(body))]);
    expect(lines[0]).toMatch(words);
    expect(lines[0]).toContain(': no parts yet;');
  });

  it('a long detail: goes on below the detail, at its column', async () => {
    const { url, status } = await agentWith();
    status.error('the socket is away and nobody knows where it went, or when it may come back to us');
    const { lines } = await cli(['status', '--agent', url], { terminal: 80 });
    const at = lines.findIndex((line) => line.startsWith('part  ') && line.includes('error'));
    const column = lines[at].indexOf('the socket');
    expect(lines[at + 1].search(/\S/)).toBe(column);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('what is wrong with its configuration, and text that acts on a terminal: shown, escaped', async () => {
    const config = {
      valid: false,
      problems: [{ file: '/c/http.conf', path: 'x', text: 'http.conf:1:1: no key "x"\u001b[2J' }, null, 7],
      pendingRestart: [{ plugin: 'http', keys: ['endpoint'] }, { keys: ['name'] }, { keys: 3 }],
    };
    const plugins = { odd: { state: {}, since: 'never', reason: 'a\nb', optional: true }, none: null };
    const agent = await answering(200, JSON.stringify({ overall: 'ok', plugins, config, vpp: [], agent: 3 }));
    const { code, stdout } = await cli(['status', '--agent', agent]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'configuration: http.conf:1:1: no key "x"\\u001b[2J; what was valid before stays in effect\n',
    );
    expect(stdout).toContain('configuration: http: endpoint: takes effect after a restart\n');
    expect(stdout).toContain('configuration: agent.yaml: name: takes effect after a restart\n');
    expect(stdout).toMatch(/odd +\? +\? +a b \(optional\)\n/);
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['nobody there', async () => '127.0.0.1:1', /no agent at 127\.0\.0\.1:1: nobody listens there/],
    [
      'a token is needed',
      async () => (await agentWith({ 'loopback-access': 'none', 'read-token': 'r'.repeat(32) })).url,
      /needs a token that it knows.*unset VPPMUX_TOKEN/,
    ],
    [
      'nobody is let in',
      async () => (await agentWith({ 'loopback-access': 'none' })).url,
      /see loopback-access in its http\.conf/,
    ],
    ['an agent without health', async () => (await agentWith({}, false)).url, /list health under "plugins"/],
    ['another server', () => answering(500, ''), /answers 500: it is no agent/],
    ['one that says anything', () => answering(200, '[]'), /answers something else than a status/],
    ['one that says no JSON', () => answering(200, '<html>'), /answers something else than a status/],
  ])('%s: exit code 3 and one line', async (_, agent, message) => {
    const { code, stderr, stdout } = await cli(['status', '--agent', await agent()]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^vppmux: [^\n]+\n$/);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });

  it('one that never answers: exit code 4', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close().closeAllConnections());
    await new Promise((resolve) => server.once('listening', resolve));
    const agent = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await cli(['status', '--agent', agent, '--timeout', '20ms'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('no answer within 20 ms'),
    });
  });
});

describe('status --watch', () => {
  it('--json: a JSON line at each change, until Ctrl-C', async () => {
    const { url, status } = await agentWith();
    const run = startCli(['status', '--watch', '--json', '--agent', url]);
    await run.seen('\n');
    status.error('VPP is gone');
    await run.seen('VPP is gone');
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
    const overall = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).overall);
    expect([overall[0], overall.at(-1)]).toEqual(['ok', 'error']);
  });

  it('in a pipe: the whole, then what changed, each with its time', async () => {
    const { url, status } = await agentWith();
    status.ok('counting');
    const run = startCli(['status', '--watch', '--agent', url]);
    await run.seen('counting');
    const before = run.stdout.length;
    status.error('VPP is gone');
    await run.seen(() => /part +error/.test(run.stdout));
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
    const changed = run.stdout.slice(before).trimEnd().split('\n');
    expect(changed).toEqual([
      expect.stringMatching(/^[\d:.]+ not ready \(error\)/),
      expect.stringMatching(/^[\d:.]+ part +error +\d+ s +VPP is gone$/),
    ]);
  });

  it('on a terminal: one screen, drawn anew', async () => {
    const { url, status } = await agentWith();
    const run = startCli(['status', '--watch', '--agent', url], { terminal: 100 });
    await run.seen('part');
    status.error('VPP is gone');
    await run.seen('VPP is gone');
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
    const screens = run.stdout.split('\u001b[H\u001b[2J');
    expect(screens[0]).toBe('');
    expect(screens.at(-1)).toMatch(/^not ready .*\npart +state/s);
  });

  it('the agent goes and comes back: both are shown', async () => {
    const { url, agent } = await agentWith();
    const run = startCli(['status', '--watch', '--json', '--agent', url]);
    await run.seen('"overall"');
    await agent.close();
    await run.seen('"lost"');
    const before = run.stdout.length;
    await agentWith({ endpoint: new URL(url).host });
    await run.seen(() => run.stdout.includes('"overall":"ok"', before));
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
    expect(run.stdout.match(/^\{"lost":/gm)).toHaveLength(1);
  });

  it('nobody reads any more: ends with 0', async () => {
    const run = startCli(['status', '--watch', '--json', '--agent', (await agentWith()).url]);
    await run.seen('"overall"');
    run.closePipe();
    expect({ code: await run.exit, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['nobody there', async () => '127.0.0.1:1', /no agent at 127\.0\.0\.1:1: nobody listens there/],
    ['an agent without health', async () => (await agentWith({}, false)).url, /list health under "plugins"/],
    [
      'a token is needed',
      async () => (await agentWith({ 'loopback-access': 'none', 'read-token': 'r'.repeat(32) })).url,
      /needs a token that it knows.*unset VPPMUX_TOKEN/,
    ],
  ])('%s: exit code 3 and one line', async (_, agent, message) => {
    const { code, stderr, stdout } = await cli(['status', '--watch', '--agent', await agent()]);
    expect(stderr).toMatch(message);
    expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 3, stdout: '', lines: 2 });
  });
});
