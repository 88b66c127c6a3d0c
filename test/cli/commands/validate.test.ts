import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cli } from '../run-cli.js';

function wish(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-wish-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'vpp.yaml');
  writeFileSync(file, text);
  return file;
}

const WRONG = 'interfaces:\n  Gi0: { mtu: 1500, l2xc: Gi1 }\n  Gi2: { mtu: 1500, l2xc: Gi1 }\n';

describe('validate', () => {
  it('a wish that is one: says so, exit code 0', async () => {
    const file = wish('interfaces:\n  Gi0: { mtu: 1500 }\n');
    const { code, stdout, stderr } = await cli(['validate', file]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: `vppmux: ${file} is valid\n` });
  });

  it('mistakes: a line each with its place, exit code 1', async () => {
    const file = wish(WRONG);
    const { code, stdout, stderr } = await cli(['validate', file]);
    expect(code).toBe(1);
    expect(stdout.trim().split('\n')).toEqual([
      `${file}:2:21: interface Gi0 l2xc target Gi1 does not exist`,
      `${file}:2:21: interface Gi0 l2xc target Gi1 is not unique`,
      `${file}:3:21: interface Gi2 l2xc target Gi1 does not exist`,
      `${file}:3:21: interface Gi2 l2xc target Gi1 is not unique`,
    ]);
    expect(stderr).toContain('has 4 mistakes');
  });

  it('--json: one object, from stdin as well', async () => {
    const { code, stdout } = await cli(['validate', '--json', '-'], { stdin: 'loopbacks:\n  loop0: { mtu: 1 }\n' });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      valid: false,
      errors: [{ path: 'loopbacks.loop0.mtu', message: 'loopbacks.loop0.mtu: 1 is less than 128', line: 2 }],
      warnings: [],
    });
  });

  it('a key that is there twice: a warning', async () => {
    const { code, stderr } = await cli(['validate', wish('loopbacks:\n  loop0: {}\n  loop0: {}\n')]);
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/warning: .*:3:3: loopbacks\.loop0 is there twice/),
    });
  });

  it.each(['', '\n \n'])('nothing on stdin (%j): a usage error', async (stdin) => {
    const { code, stderr } = await cli(['validate', '-'], { stdin });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('stdin is empty') });
  });

  it('a file that there is not: a usage error', async () => {
    expect(await cli(['validate', '/nowhere/vpp.yaml'])).toMatchObject({ code: 2 });
  });
});
