/** The agent as a program of its own, ended by Ctrl-C: how long that takes. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { directoryWith } from '../agent/support.js';
import { builtTree, root } from '../support/built.js';
import { testMock } from '../support/mock.js';
import { long } from '../support/scale.js';

/** Milliseconds. */
const BAR = 2000;

beforeAll(builtTree);

it('Ctrl-C: the agent leaves with 0, within two seconds', async () => {
  const { socket } = await testMock();
  const folder = directoryWith({ 'agent.yaml': 'plugins: [govpp, http, health]\n' });
  writeFileSync(join(folder, 'http.conf'), 'endpoint: 127.0.0.1:0\n');
  const args = [join(root, 'bin', 'vppmux.js'), 'run', '--config-dir', folder, '--socket', socket];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  await new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part) => {
        text += part;
        if (text.includes('connected to VPP')) resolve();
      });
    }
  });
  const begun = performance.now();
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  const took = performance.now() - begun;
  console.log(`left after ${took.toFixed(0)} ms`);
  expect(code).toBe(0);
  if (long) expect(took).toBeLessThan(BAR);
});
