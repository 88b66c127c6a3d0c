/** The examples of a help text that name a plugin with its configuration: as they stand, the configuration takes effect. */

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeEach, expect, it } from 'vitest';
import { directoryWith } from '../agent/support.js';
import { run } from '../package/packed-file.js';
import { builtTree, root } from '../support/built.js';
import { ownAgents } from '../support/own-agents.js';

const LISTER = `import { definePlugin, duration, z } from 'vppmux/plugin';
export default definePlugin({
  name: 'lister', version: '1.0.0', agentApi: 1, description: 'Says its configuration', requires: {},
  config: z.object({ every: duration().default('10s').describe('Time between two lists') }),
  create: (_, { every }) => ({ init: () => console.log('every ' + every + ' ms') }),
});
`;

const program = join(root, 'bin', 'vppmux.js');
let dir: string;

beforeEach(() => {
  builtTree();
  dir = directoryWith({ 'lister.js': LISTER, 'dist/lister.js': LISTER, 'lister.conf': 'every: 2s\n' });
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }\n');
  mkdirSync(join(dir, 'node_modules'));
  symlinkSync(root, join(dir, 'node_modules', 'vppmux'));
  cpSync(join(root, 'templates', 'conf'), join(dir, 'conf'), { recursive: true });
  writeFileSync(join(dir, 'conf', 'http.conf'), 'endpoint: 127.0.0.1:0\n');
}, 120_000);

/** The words of the first example that has `text` in it, without `vppmux`. */
async function exampleOf(command: readonly string[], text: string): Promise<string[]> {
  const { stdout } = await run(process.execPath, [program, ...command, '--help'], dir, { COLUMNS: '200' });
  const examples = stdout.slice(stdout.indexOf('Examples:')).replaceAll(/\\\n\s*/g, '');
  const [, words] = new RegExp(`^ *vppmux (.*${text}.*)$`, 'm').exec(examples) ?? [];
  expect(words, examples).toBeDefined();
  return words.split(/\s+/);
}

it('run: --plugin with its configuration file', { timeout: 60_000 }, async () => {
  const words = await exampleOf(['run'], '--plugin ./lister.js');
  const env = { ...process.env, ...ownAgents(dir) };
  const child = spawn(process.execPath, [program, ...words, '--mock', 'always'], { cwd: dir, env });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (/^every |connected to VPP/.test(line)) break;
  }
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stdout.resume();
  child.kill('SIGINT');
  await ended;
  expect(lines).toContain('every 2000 ms');
});

it('plugin check: with a configuration file', { timeout: 60_000 }, async () => {
  const ended = await run(
    process.execPath,
    [program, ...(await exampleOf(['plugin', 'check'], 'dist/lister.js'))],
    dir,
  );
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('lister.conf') });
});
