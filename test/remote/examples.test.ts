/** The examples of remote channels, as people run them: against an agent with its own mock. */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connectRemote } from '../../src/remote/index.js';
import { startWorld, TOKEN, type World } from '../documents/world.js';
import { root } from '../support/built.js';
import { excused } from '../support/needs.js';
import { pythonMissing } from '../support/tools.js';

let world: World;
beforeAll(async () => {
  world = await startWorld('agent');
});
afterAll(() => world.stop());

/** A program that was started, what it prints, and its end. */
function started(program: string, args: readonly string[]) {
  const env = { ...process.env, VPPMUX_TOKEN: TOKEN };
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, ended, printed: () => printed };
}

describe('examples', () => {
  it('remote.ts: lists the interfaces, follows their links, and ends with Ctrl-C', async () => {
    const url = `http://${world.agent}`;
    const { child, ended, printed } = started(process.execPath, [join(root, 'dist', 'examples', 'remote.js'), url]);
    await expect.poll(printed).toMatch(/^0 {2}local0 {2}down .*\n1 {2}loop0 {2}(up|down) .*\n(.*\n)+$/);
    const vpp = await connectRemote({ url, token: TOKEN });
    onTestFinished(() => vpp.close());
    // The list may be there before the subscription is.
    let state = 'down';
    await expect
      .poll(async () => {
        await vpp.call('interface.set-state', { interface: 'loop0', state });
        state = state === 'up' ? 'down' : 'up';
        return printed();
      })
      .toMatch(/^interface 1 is (up|down)$/m);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('python/websocket_channel.py: lists the interfaces, and shows the event of its own change', {
    ...excused(pythonMissing('websockets')),
  }, async () => {
    const vpp = await connectRemote({ url: `http://${world.agent}`, token: TOKEN });
    onTestFinished(() => vpp.close());
    await vpp.call('interface.set-state', { interface: 'loop0', state: 'down' });
    const file = join(root, 'examples', 'python', 'websocket_channel.py');
    const { ended, printed } = started('python3', [file, `ws://${world.agent}`]);
    expect(await ended).toBe(0);
    expect(printed()).toMatch(
      /^agent .*, VPP is ready, access: write\n0 local0\n1 loop0\n(.*\n)*interface 1 has flags [13]\n$/,
    );
  });

  it(
    'python/rest.py: lists the interfaces, sets one up, and says what VPP refuses',
    excused(pythonMissing()),
    async () => {
      const file = join(root, 'examples', 'python', 'rest.py');
      const set = started('python3', [file, `http://${world.agent}`]);
      expect(await set.ended).toBe(0);
      expect(set.printed()).toMatch(/^VPP 26\.06.*\n0 local0 down\n1 loop0 (up|down)\n(.*\n)*loop0 is up\n$/);
      const refused = started('python3', [file, `http://${world.agent}`, 'loop9']);
      expect(await refused.ended).toBe(0);
      expect(refused.printed()).toMatch(/\nloop9: INVALID_SW_IF_INDEX\n$/);
    },
  );

  it('python/events.py: shows events as they come', excused(pythonMissing()), async () => {
    const file = join(root, 'examples', 'python', 'events.py');
    const url = `http://${world.agent}/vpp/events/sw_interface_event`;
    const { ended, printed } = started('python3', [file, url, '2']);
    await expect.poll(printed).toMatch(/^ready: \{'event': 'sw_interface_event'\}\n/);
    const vpp = await connectRemote({ url: `http://${world.agent}`, token: TOKEN });
    onTestFinished(() => vpp.close());
    for (const state of ['down', 'up', 'down']) await vpp.call('interface.set-state', { interface: 'loop0', state });
    expect(await ended).toBe(0);
    expect(printed()).toMatch(/(\n\{'pid': \d+, 'sw_if_index': 1, 'flags': \d, 'deleted': False\}){2}\n$/);
  });
});
