import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { execLine, failingLine } from '../../../src/cli/call/exec-line.js';
import { testMock } from '../../support/mock.js';
import { cli } from '../run-cli.js';

const SCRIPT = 'create loopback interface\nset interface state nosuch up\n  show version  \nshow version verbose\n';

describe('the line at which an exec file failed', () => {
  it.each<[string, number | undefined]>([
    ['nosuch up', 2],
    ['set interface state nosuch up', 2],
    ['set interface st...', 2],
    ['show version', 3],
    ['show version ', 3],
    ['loop', undefined],
    ['', undefined],
    ['...', undefined],
    ['e', undefined],
  ])('VPP says %j: line %j', (rest, number) => {
    expect(failingLine(SCRIPT, rest)?.number).toBe(number);
  });

  it('no exec, a file that is not here, or other words: nothing', () => {
    const said = 'exec: CLI line error: nosuch up';
    expect(execLine('show version', said)).toBeUndefined();
    expect(execLine('exec /nonexistent/file', said)).toBeUndefined();
    expect(execLine(`exec ${tmpdir()}`, said)).toBeUndefined();
    expect(execLine(7, said)).toBeUndefined();
    expect(execLine('exec /etc/passwd', 'exec: failed to open')).toBeUndefined();
  });

  it('call: is named behind what VPP says', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'vppmux-exec-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const file = join(dir, 'setup.cli');
    writeFileSync(file, SCRIPT);
    const mock = await testMock();
    mock.handle('cli_inband', () => ({ retval: -1, reply: 'exec: CLI line error: nosuch up' }));
    const { code, stderr } = await cli(['call', 'cli_inband', `cmd=exec ${file}`, '--socket', mock.socket]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/exec: CLI line error: nosuch up\n/);
    expect(stderr).toContain(`vppmux: line 2 of ${file}: set interface state nosuch up; the lines before it`);
  });
});
