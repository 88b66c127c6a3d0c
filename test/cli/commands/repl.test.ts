import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ownApiDir, testMock, until } from '../../support/mock.js';
import { type CliOptions, cli, startCli } from '../run-cli.js';

const PROMPT = 'vppmux> \u001b[9G';
const keys = { ctrlC: '\u0003', ctrlD: '\u0004', up: '\u001b[A', enter: '\r', tab: '\t' };
/** A request that no command sends by itself. */
const SET = 'sw_interface_set_flags sw_if_index=0';

/** A prompt on a mock. */
async function prompt(options: CliOptions = {}) {
  const mock = await testMock();
  const state = mkdtempSync(join(tmpdir(), 'vppmux-state-'));
  onTestFinished(() => rmSync(state, { recursive: true, force: true }));
  const again = () => {
    const env = { XDG_STATE_HOME: state, ...options.env };
    return startCli(['repl', '--socket', mock.socket], { stdin: 'typed', terminal: 100, ...options, env });
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
  const end = async () => {
    run.type(keys.ctrlD);
    expect(await run.exit).toBe(0);
  };
  return { mock, run, type, end, again, history: join(state, 'vppmux', 'repl-history') };
}

describe('the prompt', () => {
  it('lines as on a command line, on one connection; Ctrl-D ends it', async () => {
    const { mock, run, type, end } = await prompt();
    expect(run.stderr).toMatch(/^vppmux: lines go to VPP at .*; help lists the commands, Ctrl-D ends this\n$/s);
    expect((await type('call show_version\r')).stdout).toContain('26.06-mock');
    expect((await type('dump sw_interface_dump --columns sw_if_index,interface_name\r')).stdout).toContain('local0');
    expect((await type('describe show_version\r')).stdout).toContain('show_version_reply');
    expect((await type("vppmux call cli_inband cmd='show version'\r")).stdout).toContain('vpp v26.06');
    expect(mock.clients.map(({ name }) => name)).toEqual(['vppmux repl']);
    await end();
    expect(mock.clients).toEqual([]);
  });

  it('a message alone: a call or a dump by its kind', async () => {
    const { type, end } = await prompt();
    expect((await type('show_version\r')).stdout).toContain('26.06-mock');
    expect((await type('sw_interface_dump\r')).stdout).toContain('local0');
    await end();
  });

  it('what fails: is said as the command line says it, and on it goes', async () => {
    const { type, end } = await prompt();
    expect((await type('sw_interface_set_flags sw_if_index=99\r')).stderr).toMatch(/INVALID_SW_IF_INDEX/);
    expect((await type('show_vresion\r')).stderr).toMatch(/no command or message show_vresion.*show_version/s);
    expect((await type('call show_version --nonsense\r')).stderr).toMatch(/unknown option '--nonsense'/);
    expect((await type("it's\r")).stderr).toMatch(/a quote does not end/);
    expect((await type('show_version\r')).stdout).toContain('26.06-mock');
    await end();
  });

  it('help: the commands, or one of them', async () => {
    const { type, end } = await prompt();
    expect((await type('help\r')).stdout).toContain('MESSAGE [FIELD=VALUE…]');
    expect((await type('help dump\r')).stdout).toContain('--columns');
    await end();
  });

  it('Ctrl-C: ends the running command and not the prompt', async () => {
    const { mock, run, type, end } = await prompt();
    run.type('watch sw_interface_event\r');
    await run.seen('watching sw_interface_event');
    await type(keys.ctrlC);
    mock.handle('sw_interface_set_flags', () => undefined);
    run.type(`${SET}\r`);
    await until(() => mock.received('sw_interface_set_flags') === 1);
    await type(keys.ctrlC);
    expect((await type('sw_interface_dump\r')).stdout).toContain('local0');
    await end();
  });

  it('a line with a connection of its own: another one for that long', async () => {
    const { mock, type, end } = await prompt();
    const other = await testMock();
    await type(`${SET} --socket ${other.socket}\r`);
    expect([mock, other].map((each) => each.received('sw_interface_set_flags'))).toEqual([0, 1]);
    await end();
  });

  it('Tab: commands, messages and fields', async () => {
    const { mock, run, type, end } = await prompt();
    run.type(`sw_interface_set_fl${keys.tab}`);
    await run.seen('sw_interface_set_flags ');
    run.type(`sw_${keys.tab}`);
    await run.seen('sw_if_index=');
    await type('0\r');
    expect(mock.received('sw_interface_set_flags')).toBe(1);
    await end();
  });

  it('lines are there again the next time, for this user alone, but none with a secret', async () => {
    const { run, type, again, history } = await prompt();
    await type('show_version\r');
    await type('call show_version password=hunter2\r');
    run.type('quit\r');
    expect(await run.exit).toBe(0);
    expect(readFileSync(history, 'utf8')).toBe('show_version\n');
    expect([statSync(history).mode & 0o777, statSync(dirname(history)).mode & 0o777]).toEqual([0o600, 0o700]);
    const next = again();
    await next.seen(PROMPT);
    next.type(keys.up + keys.enter);
    await next.seen('26.06-mock');
    next.type(keys.ctrlD);
    expect(await next.exit).toBe(0);
  });

  it('VPPMUX_HISTORY=0: no line is kept', async () => {
    const { type, end, history } = await prompt({ env: { VPPMUX_HISTORY: '0' } });
    await type('show_version\r');
    await end();
    expect(existsSync(history)).toBe(false);
  });

  it('VPP goes and comes: lines say so, and reach the new one', async () => {
    const { mock, run, type, end } = await prompt();
    await mock.stop();
    await run.seen('VPP is away, waiting for it');
    expect((await type('show_version\r')).stderr).toMatch(/not connected to VPP/);
    const back = await testMock({ socket: mock.socket });
    await run.seen('VPP is there again');
    await type(`${SET}\r`);
    expect(back.received('sw_interface_set_flags')).toBe(1);
    await end();
  });

  it('SIGTERM while a line runs: ends it', async () => {
    const { mock, run } = await prompt();
    mock.handle('sw_interface_set_flags', () => undefined);
    run.type(`${SET}\r`);
    await until(() => mock.received('sw_interface_set_flags') === 1);
    run.signal('SIGTERM');
    expect(await run.exit).toBe(143);
  });
});

describe('a pipe', () => {
  const BAD = 'sw_interface_set_flags sw_if_index=99\n';

  /** Runs lines of a pipe on a mock. */
  async function piped(stdin: string, ...args: string[]) {
    const mock = await testMock();
    return cli(['repl', '--socket', mock.socket, '--api-dir', ownApiDir, ...args], { stdin });
  }

  it('no prompt, JSON lines; comments and empty lines are skipped, quit ends it', async () => {
    const { code, lines, stderr } = await piped(
      '# which\n\nshow_version\ndump sw_interface_dump\nquit\nshow_version\n',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ version: '26.06-mock' }),
      expect.objectContaining({ interface_name: 'local0' }),
    ]);
  });

  it('the first line that fails ends it, with its exit code', async () => {
    expect(await piped(`${BAD}show_version\n`)).toMatchObject({ code: 1, stdout: '' });
    expect(await piped('no_such_message\nshow_version\n')).toMatchObject({ code: 2, stdout: '' });
    expect(await piped('help nonsense\n')).toMatchObject({ code: 2 });
  });

  it('--keep-going: the others are run, the exit code is that of the last failure', async () => {
    const { code, lines } = await piped(`no_such_message\n${BAD}show_version\n`, '-k');
    expect([code, lines.length]).toEqual([1, 1]);
  });

  it('Ctrl-C: ends it with the running line', async () => {
    const mock = await testMock();
    const run = startCli(['repl', '--socket', mock.socket], { stdin: `watch sw_interface_event\n${SET}\n` });
    await until(() => mock.received('want_interface_events') === 1);
    run.signal('SIGINT');
    expect(await run.exit).toBe(130);
    expect(mock.received('sw_interface_set_flags')).toBe(0);
  });

  it('neither a terminal nor a pipe: says so', async () => {
    expect(await cli(['repl'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/repl needs a terminal/) });
  });
});
