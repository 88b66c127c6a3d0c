/** `--dataplane` on the command line: at an agent, and at the VPP of one of its dataplanes. */

import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/mux/index.js';
import { directoryWith } from '../agent/support.js';
import { severalDataplanes } from '../support/dataplanes.js';
import { socketPath, testMock } from '../support/mock.js';
import { environmentWith } from './agents/support.js';
import { cli } from './run-cli.js';

const THERE_ARE = `no running agent has a VPP there: there are main, edge (pid ${process.pid})`;

/** An agent with two dataplanes, each with a client of its API socket, and the environment in which commands find it. */
async function world() {
  const names = ['main', 'edge'];
  const sockets = new Map(names.map((name) => [name, socketPath()]));
  const conf = (name: string) => JSON.stringify({ sockets: [{ path: sockets.get(name), role: name }] });
  const { agent, mockOf } = await severalDataplanes(['edge'], {
    plugins: ['api-socket', { plugin: 'api-socket', dataplane: 'edge' }],
    files: { 'api-socket.conf': conf('main'), 'api-socket-edge.conf': conf('edge') },
    mocks: (name) => (name === 'edge' ? { version: '25.10-mock' } : {}),
  });
  for (const name of names) {
    const client = await connect({ socket: sockets.get(name), name: `to-${name}` });
    onTestFinished(() => client.close());
  }
  const { url } = agent.status.status.details.http as { url: string };
  const env = environmentWith({ url, socket: mockOf('main').socket, dataplanes: { edge: mockOf('edge').socket } });
  return { env, statsOf: (name: string) => join(dirname(mockOf(name).socket), 'stats.sock') };
}

const WISH = 'loopbacks:\n  loop7: {}\n';

describe('--dataplane', () => {
  it('of commands that ask an agent: what it does, it does there', async () => {
    const { agent, muxOf } = await severalDataplanes(['edge'], { plugins: ['stats'] });
    const { url } = agent.status.status.details.http as { url: string };
    const run = (argv: readonly string[], stdin?: string) => cli(argv, { stdin, env: { VPPMUX_AGENT: url } });
    const done = await run(['apply', '-', '--yes', '--dataplane', 'edge'], WISH);
    expect({ code: done.code, stdout: done.stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('+ loopback/loop7\n'),
    });
    const loopbacks = async (name: string) =>
      (await muxOf(name).channel().dump('sw_interface_dump').toArray()).map((row) => row.interface_name);
    expect(await loopbacks('edge')).toEqual(['local0', 'loop7']);
    expect(await loopbacks('main')).toEqual(['local0']);
    expect((await run(['drift', '--dataplane', 'edge'])).code).toBe(0);
    expect((await run(['wish', '--dataplane', 'edge'])).stdout).toContain('wish 1');
    expect((await run(['drift'])).stderr).toContain('no wish was applied');
    const listed = await run(['op', 'interface', 'list', '--dataplane', 'edge', '--json']);
    expect(listed.stdout).toContain('loop7');
    expect((await run(['op', '--dataplane', 'main', 'interface', 'list', '--json'])).stdout).not.toContain('loop7');
    const names = async (...argv: string[]) => (await run(['op', ...argv, '--json'])).stdout;
    expect(await names()).toContain('"stats.ls"');
    expect(await names('--dataplane', 'edge')).toContain('"interface.list"');
    expect(await names('--dataplane', 'edge')).not.toContain('"stats.ls"');
    const nowhere = await run(['op', '--dataplane', 'egde']);
    expect([nowhere.code, nowhere.stderr]).toEqual([
      2,
      expect.stringContaining('there is no dataplane egde; did you mean "edge"?'),
    ]);
    const wrong = await run(['drift', '--dataplane', 'egde']);
    expect({ code: wrong.code, stderr: wrong.stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('there is no dataplane egde; did you mean "edge"?'),
    });
  });

  it('of commands that go to VPP themselves: the socket that the running agent has there', async () => {
    const [main, edge] = [await testMock(), await testMock({ version: '25.10-mock' })];
    const env = environmentWith({ socket: main.socket, dataplanes: { edge: edge.socket } });
    const versionAt = async (...argv: string[]) => (await cli(['call', 'show_version', ...argv], { env })).stdout;
    expect(await versionAt('--dataplane', 'edge')).toContain('25.10-mock');
    expect(await versionAt('--dataplane', 'main')).toContain('26.06-mock');
    const none = await cli(['ping', '--dataplane', 'core'], { env });
    expect({ code: none.code, stderr: none.stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`--dataplane core: ${THERE_ARE}`),
    });
    const both = await cli(['ping', '--dataplane', 'edge', '--socket', edge.socket], { env });
    expect(both.code).not.toBe(0);
  });

  it('status: shows the VPP of each', async () => {
    const { agent, mockOf } = await severalDataplanes(['edge']);
    const { url } = agent.status.status.details.http as { url: string };
    const { stdout } = await cli(['status'], { env: { VPPMUX_AGENT: url } });
    expect(stdout).toContain(`at ${mockOf('main').socket}; edge: VPP`);
    expect(stdout).toContain(`at ${mockOf('edge').socket}; agent`);
    expect(stdout).toContain('desired-state-edge');
  });

  it('top: the users of its API, and no counters of another VPP', async () => {
    const { env, statsOf } = await world();
    const top = async (...argv: string[]) => {
      const ran = await cli(['top', '--once', '--json', '--view', 'api', '--interval', '100ms', ...argv], { env });
      return { ...ran, shown: ran.code === 0 ? JSON.parse(ran.stdout) : undefined };
    };
    const names = (users: readonly { readonly kind: string; readonly name: string }[]) =>
      users.filter(({ kind }) => kind === 'client').map(({ name }) => name);
    const edge = (await top('--dataplane', 'edge')).shown;
    expect(edge.vpp).toMatchObject({ version: '25.10-mock', socket: statsOf('edge') });
    expect([edge.dataplane, edge.api.vpp.state, names(edge.users)]).toEqual(['edge', 'ready', ['to-edge']]);
    const { shown: main } = await top();
    expect([main.vpp.version, main.dataplane, names(main.users)]).toEqual(['26.06-mock', undefined, ['to-main']]);
    const text = await cli(['top', '--once', '--view', 'api', '--dataplane', 'edge', '--interval', '100ms'], { env });
    expect(text.lines[0]).toMatch(/^edge: /);
    const none = await top('--dataplane', 'core');
    expect({ code: none.code, stderr: none.stderr }).toEqual({ code: 2, stderr: expect.stringContaining(THERE_ARE) });
    // The counters of a copy are anybody's: only the agent knows whether it has the dataplane.
    const copied = await top('--dataplane', 'core', '--file', '/nowhere');
    expect(copied.code).toBe(3);
    const told = await cli(['top', '--once', '--view', 'api', '--dataplane', 'core', '--file', '/nowhere'], { env });
    expect(told.stdout).toContain('it has no dataplane core: there are main, edge');
  });

  it('compat: one of the sides', async () => {
    const { env } = await world();
    const before = join(directoryWith({}), 'before.json');
    const compat = (...argv: string[]) => cli(['compat', ...argv, '--table'], { env });
    const saved = await compat('--dataplane', 'edge', '--save', before);
    expect(saved).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/saved \d+ messages of VPP 25\.10-mock at /),
    });
    const same = await compat(before, '--dataplane', 'edge', 'show_version');
    expect(same).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^VPP 25\.10-mock as saved in .* → VPP 25\.10-mock at /),
    });
    const first = await compat('--dataplane', 'main', '--against', before, 'show_version', 'control_ping');
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^VPP 26\.06-mock at .* → /) });
    expect(await compat(before, '--dataplane', 'core')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(THERE_ARE),
    });
    expect(await compat('--dataplane', 'edge')).toMatchObject({ code: 2, stderr: expect.stringContaining('--save') });
    expect(await compat('--against', before)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('compat needs a side'),
    });
  });

  it('trace: an agent that shows none of its messages says what to add, one without it which there are', async () => {
    const { env } = await world();
    const off = await cli(['trace', '--dataplane', 'edge'], { env });
    expect(off.stderr).toContain('"{ plugin: trace, dataplane: edge }"');
    expect(off.stderr).toContain('trace-edge.conf');
    const none = await cli(['trace', '--dataplane', 'core'], { env });
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('has no dataplane core: there are main, edge'),
    });
  });
});
