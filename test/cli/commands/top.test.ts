/** `vppmux top` against the mock's stats segment, with and without an agent. */

import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { TABLES } from '../../../src/cli/top/views/index.js';
import { servingAgent } from '../../plugins/api-socket/serving-agent.js';
import { socketPath, testMock } from '../../support/mock.js';
import { type CliOptions, cli, startCli } from '../run-cli.js';

/** A mock with traffic, whose segment is read as a file: that works wherever the tests run. */
async function counting() {
  const file = join(dirname(socketPath()), 'stats');
  const mock = await testMock({
    stats: { file },
    traffic: { packetsPerSecond: 1000 },
    interfaces: ['GigabitEthernet3/0/0'],
    setup: (dataplane) => void dataplane.addLoopback({ up: true, addresses: ['192.0.2.1/24'] }),
  });
  return { mock, file };
}

const quick = ['--interval', '100ms'];
const terminal: CliOptions = { terminal: 80, stdin: 'typed' };

describe('top --once', () => {
  it('in a pipe: a view as text, without colours', async () => {
    const { file } = await counting();
    const { code, lines, stderr } = await cli(['top', '--once', '--view', 'interfaces', '--file', file, ...quick]);
    expect([code, stderr]).toEqual([0, '']);
    expect(lines[0]).toMatch(/^VPP, up .*, 0 workers$/);
    expect(lines[2]).toMatch(/^interface +rx p\/s +tx p\/s/);
    expect(
      lines
        .slice(3)
        .map((line) => line.split(' ')[0])
        .sort(),
    ).toEqual(['GigabitEthernet3/0/0', 'local0', 'loop0']);
  });

  it.each(['overview', 'interfaces', 'nodes', 'drops'])('--json, %s: one line', async (view) => {
    const { file } = await counting();
    const { lines, code } = await cli(['top', '--once', '--json', '--view', view, '--file', file, ...quick]);
    expect([code, lines.length]).toEqual([0, 1]);
    const parsed = JSON.parse(lines[0]);
    expect(parsed).toMatchObject({ view, vpp: { state: 'reading', socket: file, way: 'file' } });
    if (view === 'overview') expect(parsed).toMatchObject({ traffic: {}, system: { workers: 0 }, memory: [{}, {}] });
    else expect(parsed[view]).toBeInstanceOf(Array);
  });

  it('--filter, --sort: the rows that are asked for, in their order', async () => {
    const { file } = await counting();
    const words = ['top', '--once', '--json', '--view', 'interfaces', '--file', file, ...quick];
    const names = async (...more: string[]) =>
      JSON.parse((await cli([...words, ...more])).stdout).interfaces.map(({ name }: { name: string }) => name);
    expect(await names('--filter', 'LO', '--sort', 'name')).toEqual(['local0', 'loop0']);
    expect(await names('--filter', 'gig*0')).toEqual(['GigabitEthernet3/0/0']);
  });

  it('the users of VPP’s API: of the agent, with its clients; VPP’s counters are not needed', async () => {
    const { http, client } = await servingAgent();
    await client('calico');
    const agent = ['--agent', http.url ?? '', '--file', '/nowhere/stats'];
    const { code, stdout } = await cli(['top', '--once', '--json', '--view', 'api', ...agent, ...quick]);
    expect(code).toBe(0);
    const { users, vpp, api } = JSON.parse(stdout);
    expect(users).toContainEqual(expect.objectContaining({ kind: 'client', name: 'calico' }));
    expect([vpp.state, api.vpp.state]).toEqual(['away', 'ready']);
    expect(api).toMatchObject({ inFlight: 0, waiting: 0, requestsPerSecond: expect.any(Number) });
  });

  it('without an agent: says so, exit code 3 where nothing else is shown', async () => {
    const { file } = await counting();
    const run = (view: string) => cli(['top', '--once', '--view', view, '--file', file, ...quick]);
    const api = await run('api');
    expect([api.code, api.stdout]).toEqual([
      3,
      expect.stringContaining('no agent at 127.0.0.1:1: nobody listens there'),
    ]);
    const overview = await run('overview');
    expect([overview.code, overview.stdout]).toEqual([0, expect.stringContaining('no agent at 127.0.0.1:1')]);
  });

  it('without VPP: exit code 3, and the reason', async () => {
    const { code, stderr } = await cli(['top', '--once', '--stats-socket', '/nowhere/stats.sock', ...quick]);
    expect([code, stderr]).toEqual([3, expect.stringContaining('/nowhere/stats.sock')]);
  });

  it('the stats socket is the one next to VPP’s API socket, where nobody names another', async () => {
    const env = { VPP_API_SOCKET: '/nowhere/api.sock' };
    expect((await cli(['top', '--once', ...quick], { env })).stderr).toContain('/nowhere/stats.sock');
    const named = ['--socket', '/elsewhere/api.sock'];
    expect((await cli(['top', '--once', ...named, ...quick], { env })).stderr).toContain('/elsewhere/stats.sock');
  });

  it.each([
    [['--json'], '--json goes with --once'],
    [[], 'top needs a terminal'],
    [['--once', '--interval', '10ms'], 'at least 100ms'],
    [['--once', '--view', 'drops', '--sort', 'rx'], 'there are node, rate, count, reason'],
    [['--once', '--sort', 'rx'], '--view interfaces'],
    [['--once', '--view', 'threads'], 'Allowed choices are overview, interfaces, nodes, drops, api'],
  ])('%j: is refused as usage', async (words, text) => {
    expect(await cli(['top', ...words])).toMatchObject({ code: 2, stderr: expect.stringContaining(text) });
  });

  it('its choice of views is that of the modules behind it', async () => {
    const { stdout } = await cli(['top', '--help']);
    for (const name of Object.keys(TABLES)) expect(stdout).toContain(`"${name}"`);
  });
});

describe('top on a terminal', () => {
  it('shows VPP live; q ends it, and the terminal is as it was', async () => {
    const { file } = await counting();
    const run = startCli(['top', '--file', file, ...quick], terminal);
    await run.seen('GigabitEthernet3/0/0');
    run.type('3');
    await run.seen('clocks/vec');
    run.type('q');
    expect(await run.exit).toBe(0);
    expect(run.stdout.endsWith('\u001b[?25h\u001b[?1049l')).toBe(true);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s: the same', async (signal) => {
    const { file } = await counting();
    const run = startCli(['top', '--file', file, ...quick], terminal);
    await run.seen('loop0');
    run.signal(signal);
    expect(await run.exit).toBe(0);
    expect(run.stdout.endsWith('\u001b[?1049l')).toBe(true);
  });

  it('VPP that is not there: says so, and shows it when it has come', async () => {
    const file = join(dirname(socketPath()), 'stats');
    const run = startCli(['top', '--file', file, ...quick], terminal);
    await run.seen('no VPP, waiting for it');
    const mock = await testMock({ stats: { file } });
    await run.seen('local0');
    await mock.stop();
    await run.seen('VPP is away since');
    run.type('q');
    expect(await run.exit).toBe(0);
  });

  it('NO_COLOR: no colours', async () => {
    const { file } = await counting();
    const run = startCli(['top', '--file', file, ...quick], { ...terminal, env: { NO_COLOR: '1' } });
    await run.seen('loop0');
    run.type('q');
    await run.exit;
    expect(run.stdout).not.toContain('\u001b[3');
  });

  it('an agent that comes and goes: its part comes and goes', async () => {
    const { file } = await counting();
    const { http, agent } = await servingAgent();
    const run = startCli(['top', '--file', file, '--agent', http.url ?? '', '--view', 'api', ...quick], terminal);
    await run.seen('requests/s');
    await agent.close();
    await run.seen('only an agent knows');
    run.type('q');
    expect(await run.exit).toBe(0);
    vi.restoreAllMocks();
  });

  it('TERM=dumb: is refused, with the way that works', async () => {
    const { code, stderr } = await cli(['top'], { ...terminal, env: { TERM: 'dumb' } });
    expect([code, stderr]).toEqual([2, expect.stringContaining('--once')]);
  });
});
