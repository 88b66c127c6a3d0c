import { describe, expect, it } from 'vitest';
import { KINDS } from '../../../mock-vpp/kinds/index.js';
import { testMock } from '../../support/mock.js';
import { cli, startCli } from '../run-cli.js';

/** A VPP whose command line says what it was asked. */
async function echoing() {
  const mock = await testMock();
  mock.handle('cli_inband', ({ cmd }) => ({ retval: 0, reply: `you said ${String(cmd)}\n` }));
  return mock;
}

const COMMANDS = KINDS.flatMap(({ commands = {} }) => Object.keys(commands)).sort();

describe('cli', () => {
  it('one command: its words in one, VPP’s options and all; prints what VPP says', async () => {
    const { socket } = await echoing();
    expect(await cli(['cli', '--socket', socket, 'show', 'interface', '-v', '--x'])).toEqual({
      code: 0,
      stdout: 'you said show interface -v --x\n',
      stderr: '',
      lines: ['you said show interface -v --x'],
    });
  });

  it.each(['help', '?'])('%s: the mock lists its commands, as the note of the prompt says', async (word) => {
    const { socket } = await testMock();
    const { code, lines } = await cli(['cli', '--socket', socket, word]);
    expect(code).toBe(0);
    expect(lines.map((line) => line.trim().split(/ {2,}/)[0])).toEqual(COMMANDS);
  });

  it('several lines, a long answer, and what acts on a terminal: all of it, escaped', async () => {
    const mock = await testMock();
    const long = Array.from({ length: 20_000 }, (_, i) => `line ${i}`).join('\n');
    mock.handle('cli_inband', () => ({ retval: 0, reply: `\u001b[2J${long}\n\n` }));
    const { code, stdout } = await cli(['cli', '--socket', mock.socket, 'show log']);
    expect(code).toBe(0);
    expect(stdout).toBe(`\\u001b[2J${long}\n`);
  });

  it('from a pipe: one a line, without comments; the first that fails ends it, with VPP’s words', async () => {
    const mock = await testMock();
    const asked: unknown[] = [];
    mock.handle('cli_inband', ({ cmd }) => {
      asked.push(cmd);
      return cmd === 'bad' ? { retval: -7, reply: "unknown input `bad'" } : { retval: 0, reply: 'fine\n' };
    });
    const stdin = '# a comment\n\nshow version\r\n  bad  \nshow clock\n';
    const { code, stdout, stderr } = await cli(['cli', '--socket', mock.socket], { stdin });
    expect(asked).toEqual(['show version', 'bad']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'fine\n' });
    expect(stderr).toContain("unknown input `bad'");
  });

  it('a line of the pipe that is not UTF-8: refused with its number; the lines before it are run', async () => {
    const mock = await echoing();
    const stdin = Buffer.from('# \xe9\nshow version\nset interface tag loop0 \xe9\nshow clock\n', 'latin1');
    const { code, stderr } = await cli(['cli', '--socket', mock.socket], { stdin });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/stdin, line 3: it is not UTF-8/),
    });
    expect(mock.received('cli_inband')).toBe(1);
  });

  it('nothing from the pipe: nothing is asked, exit code 0', async () => {
    const mock = await echoing();
    const empty = await cli(['cli', '--socket', mock.socket], { stdin: '' });
    expect(empty).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(await cli(['cli', '--socket', mock.socket])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/needs a command/),
    });
    expect(mock.received('cli_inband')).toBe(0);
  });

  it('a command that takes too long: exit code 4, and that VPP goes on with it', async () => {
    const mock = await testMock();
    mock.handle('cli_inband', () => undefined);
    const { code, stderr } = await cli(['cli', '--socket', mock.socket, '--timeout', '2s', 'show', 'all']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/VPP goes on with the command/);
    expect(stderr).toMatch(/a slow request: --timeout 30s/);
  });

  it('Ctrl-C while VPP works: exit code 130', async () => {
    const mock = await testMock();
    let came = () => {};
    const asked = new Promise<void>((resolve) => {
      came = resolve;
    });
    mock.handle('cli_inband', () => void came());
    const run = startCli(['cli', '--socket', mock.socket, 'show all']);
    await asked;
    run.signal('SIGINT');
    expect(await run.exit).toBe(130);
  });
});
