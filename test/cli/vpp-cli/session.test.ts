import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testMock, until } from '../../support/mock.js';
import { type CliOptions, startCli } from '../run-cli.js';

const PROMPT = 'vpp# \u001b[6G';
const keys = { ctrlC: '\u0003', ctrlD: '\u0004', up: '\u001b[A', enter: '\r', tab: '\t' };

/** A terminal on a VPP that says what it was asked, but keeps silent about `silence`. */
async function prompt(options: CliOptions = {}, ...args: string[]) {
  const mock = await testMock();
  const asked: string[] = [];
  mock.handle('cli_inband', ({ cmd }) => {
    asked.push(String(cmd));
    if (cmd === 'silence') return undefined;
    if (cmd === 'bad') return { retval: -1, reply: "unknown input `bad'\nsecond line\n" };
    if (cmd === '?') return { retval: 0, reply: `  ${'show version'.padEnd(40)} Show version\n` };
    return { retval: 0, reply: `you said ${String(cmd)}\n` };
  });
  const state = mkdtempSync(join(tmpdir(), 'vppmux-state-'));
  onTestFinished(() => rmSync(state, { recursive: true, force: true }));
  const again = () => {
    const env = { XDG_STATE_HOME: state };
    return startCli(['cli', '--socket', mock.socket, ...args], { stdin: 'typed', terminal: 100, env, ...options });
  };
  const run = again();
  await run.seen(PROMPT);
  /** Resolves at the next prompt, with what has been printed since. */
  const type = async (text: string) => {
    const [out, err] = [run.stdout.length, run.stderr.length];
    run.type(text);
    await run.seen(() => run.stdout.indexOf(PROMPT, out) >= 0 && run.stdout.endsWith(PROMPT));
    return { stdout: run.stdout.slice(out), stderr: run.stderr.slice(err) };
  };
  return { mock, run, type, asked, again, history: join(state, 'vppmux', 'cli-history') };
}

describe('the prompt', () => {
  it('a command: its answer, and the prompt again; Ctrl-D ends it with 0', async () => {
    const { mock, run, type, asked } = await prompt();
    expect(run.stderr).toMatch(/^vppmux: commands go to VPP at .*; help or \? lists them, Ctrl-D ends this\n$/s);
    expect((await type('show version\r')).stdout).toContain('you said show version\n');
    await type('\r  show clock \r');
    run.type(keys.ctrlD);
    expect(await run.exit).toBe(0);
    expect(asked).toEqual(['show version', 'show clock']);
    expect(mock.clients).toEqual([]);
  });

  it.each(['quit', 'exit', 'q'])('%s: ends it, and VPP is not asked', async (word) => {
    const { run, asked } = await prompt();
    run.type(`${word}\r`);
    expect(await run.exit).toBe(0);
    expect(asked).toEqual([]);
  });

  it('several lines at a time: one after the other, also in front of Ctrl-D', async () => {
    const { run, asked } = await prompt();
    run.type(`one\rtwo\rthree\r${keys.ctrlD}`);
    expect(await run.exit).toBe(0);
    expect(asked).toEqual(['one', 'two', 'three']);
  });

  it('what VPP refuses: its own words, all of them, and on it goes', async () => {
    const { run, type } = await prompt();
    expect((await type('bad\r')).stderr).toBe("unknown input `bad'\nsecond line\n");
    expect((await type('show clock\r')).stdout).toContain('you said show clock\n');
    run.type(keys.ctrlD);
    expect(await run.exit).toBe(0);
  });

  it('Ctrl-C: drops the line; on an empty one it says how to end', async () => {
    const { run, type, asked } = await prompt();
    await type(`reset everything${keys.ctrlC}`);
    const { stderr } = await type(keys.ctrlC);
    expect(stderr).toBe('vppmux: Ctrl-D or quit ends this\n');
    await type('show clock\r');
    run.type(keys.ctrlD);
    expect(await run.exit).toBe(0);
    expect(asked).toEqual(['show clock']);
  });

  it('Ctrl-C while VPP works: the prompt again, and that VPP goes on; what was typed behind it is dropped', async () => {
    const { run, type, asked } = await prompt();
    run.type('silence\r');
    await until(() => asked.length === 1);
    const { stderr } = await type(`never\rnor this${keys.ctrlC}`);
    expect(stderr).toBe('vppmux: VPP goes on with the command, and answers nobody until it is through\n');
    run.type(keys.ctrlD);
    expect(await run.exit).toBe(0);
    expect(asked).toEqual(['silence']);
  });

  it('SIGTERM: ends it, also while VPP works', async () => {
    const { run, asked } = await prompt();
    run.type('silence\r');
    await until(() => asked.length === 1);
    run.signal('SIGTERM');
    expect(await run.exit).toBe(143);
    const idle = await prompt();
    idle.run.signal('SIGTERM');
    expect(await idle.run.exit).toBe(143);
  });

  it('lines are there again the next time', async () => {
    const { run, type, again, history } = await prompt();
    await type('show version\r');
    await type(' hidden\r');
    await type('wireguard create listen-port 51820 private-key abc\r');
    await type('show clock\r');
    run.type('quit\r');
    await run.exit;
    expect(readFileSync(history, 'utf8')).toBe('show version\nshow clock\n');
    const next = again();
    await next.seen(PROMPT);
    next.type(keys.up + keys.up + keys.enter);
    await next.seen('you said show version\n');
    next.type(keys.ctrlD);
    expect(await next.exit).toBe(0);
  });

  it('Tab: completes the names that VPP lists, which are asked for once', async () => {
    const { run, type, asked } = await prompt();
    run.type('s');
    run.type(keys.tab);
    await run.seen('show ');
    run.type('v');
    run.type(keys.tab);
    await run.seen('show version ');
    await type(keys.enter);
    expect(asked).toEqual(['?', 'show version']);
    run.type(keys.ctrlD);
    await run.exit;
  });

  it('Tab while VPP does not answer: nothing is completed, and the prompt is there again soon', async () => {
    const { mock, run } = await prompt();
    mock.handle('cli_inband', ({ cmd }) => (cmd === '?' ? undefined : { retval: 0, reply: '' }));
    run.type('s');
    run.type(keys.tab);
    await until(() => mock.received('cli_inband') === 1);
    run.type(keys.ctrlC);
    await run.seen('^C');
    run.type(keys.ctrlD);
    expect(await run.exit).toBe(0);
  });

  it('VPP goes: it is said above the prompt, a command says so as well, and all is well when VPP is back', async () => {
    const { mock, run, type } = await prompt();
    await mock.stop();
    await run.seen('VPP is away, waiting for it');
    expect((await type('show clock\r')).stderr).toMatch(/not connected to VPP/);
    const back = await testMock({ socket: mock.socket });
    back.handle('cli_inband', () => ({ retval: 0, reply: 'a new VPP\n' }));
    await run.seen('VPP is there again');
    expect((await type('show clock\r')).stdout).toContain('a new VPP\n');
    run.type(keys.ctrlD);
    expect(await run.exit).toBe(0);
  });

  it('a long answer with what acts on a terminal: whole, escaped', async () => {
    const { mock, run, type } = await prompt();
    const long = Array.from({ length: 20_000 }, (_, i) => `line ${i}`).join('\n');
    mock.handle('cli_inband', () => ({ retval: 0, reply: `\u001b[2J${long}\n` }));
    expect((await type('show log\r')).stdout).toContain(`\\u001b[2J${long}\n`);
    run.type(keys.ctrlD);
    await run.exit;
  });

  it('output to a file: the prompt is on stderr, answers alone are in the file', async () => {
    const mock = await testMock();
    const run = startCli(['cli', '--socket', mock.socket], { stdin: 'typed', stderrTerminal: 100 });
    await run.seen('vpp# ');
    run.type(`show clock\r${keys.ctrlD}`);
    expect(await run.exit).toBe(0);
    expect(run.stdout).not.toContain('vpp#');
    expect(run.stdout).toMatch(/^Time now/i);
  });
});
