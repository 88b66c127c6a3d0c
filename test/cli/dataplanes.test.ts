/** `--dataplane` on the command line: at an agent, and at the VPP of one of its dataplanes. */

import { describe, expect, it } from 'vitest';
import { severalDataplanes } from '../support/dataplanes.js';
import { testMock } from '../support/mock.js';
import { environmentWith } from './agents/support.js';
import { cli } from './run-cli.js';

const WISH = 'loopbacks:\n  loop7: {}\n';

describe('--dataplane', () => {
  it('of commands that ask an agent: what it does, it does there', async () => {
    const { agent, muxOf } = await severalDataplanes(['edge']);
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
      stderr: expect.stringContaining(
        `--dataplane core: no running agent has a VPP there: there are main, edge (pid ${process.pid})`,
      ),
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
});
