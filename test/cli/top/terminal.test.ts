/** The built program in a terminal: however it ends, the terminal is as it was. */

import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtTree, root } from '../../support/built.js';
import { socketPath, testMock } from '../../support/mock.js';
import { needsTools } from '../../support/needs.js';
import { ownAgents } from '../../support/own-agents.js';

const DRIVER = fileURLToPath(new URL('terminal/in-terminal.py', import.meta.url));
const ENTER = '\u001b[?1049h';
const LEAVE = '\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l';
const CTRL = { c: '\u0003', z: '\u001a' };
/** Fails at SIGUSR2, as a fault of the program would. */
const FAULT = 'data:text/javascript,process.on("SIGUSR2",()=>{setImmediate(()=>{throw new Error("a fault")})})';

type Step = readonly [string, ...(string | number)[]];

interface Outcome {
  readonly output: string;
  readonly code: number;
  /** Whether the modes of the terminal were those before, each time that it was asked for and at the end. */
  readonly modes: readonly boolean[];
}

/** Steps with `top` on a mock; `shell`: within an interactive shell, to which the command is typed. */
async function inTerminal(steps: readonly Step[], { shell = false } = {}): Promise<Outcome> {
  const file = join(dirname(socketPath()), 'stats');
  await testMock({ stats: { file }, interfaces: ['GigabitEthernet3/0/0'] });
  const top = [process.execPath, '--import', FAULT, join(root, 'bin', 'vppmux.js'), 'top', '--file', file];
  const command = shell ? ['bash', '--norc', '--noprofile', '--noediting', '-i'] : top;
  const typed: readonly Step[] = shell ? [['send', `${top.map((word) => `'${word}'`).join(' ')}\n`]] : [];
  const env = {
    ...{ PATH: process.env.PATH, HOME: dirname(file), TERM: 'xterm', PS1: '$ ', VPPMUX_AGENT: '127.0.0.1:1' },
    ...ownAgents(dirname(file)),
  };
  const child = spawn('python3', ['-B', DRIVER, JSON.stringify([...typed, ...steps]), ...command], { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await new Promise((resolve) => child.once('close', resolve));
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const SHOWN: Step = ['wait', 'GigabitEthernet3/0/0'];

describe('top in a terminal', needsTools('python3', 'bash'), () => {
  beforeAll(builtTree);

  it.each<[string, Step, number]>([
    ['q', ['send', 'q'], 0],
    ['Ctrl-C', ['send', CTRL.c], 0],
    ['SIGINT', ['signal', 'SIGINT'], 0],
    ['SIGTERM', ['signal', 'SIGTERM'], 0],
    ['SIGHUP', ['signal', 'SIGHUP'], 129],
    ['SIGQUIT', ['signal', 'SIGQUIT'], 131],
  ])('%s: everything is as it was', async (_, step, code) => {
    const outcome = await inTerminal([SHOWN, step, ['exit']]);
    expect(outcome).toMatchObject({ code, modes: [true] });
    expect(outcome.output.startsWith(ENTER)).toBe(true);
    expect(outcome.output.endsWith(LEAVE)).toBe(true);
  });

  it('a fault of the program: as it was, and then what the fault says', async () => {
    const { code, modes, output } = await inTerminal([SHOWN, ['signal', 'SIGUSR2'], ['exit']]);
    expect([code, modes]).toEqual([1, [true]]);
    expect(output.slice(output.lastIndexOf(LEAVE))).toContain('Error: a fault');
  });

  it('Ctrl-Z: as it was, for the shell; fg: the screen again', async () => {
    const { modes, output } = await inTerminal(
      [
        SHOWN,
        ['send', CTRL.z],
        ['wait', LEAVE],
        ['wait', 'Stopped'],
        ['send', 'stty -a | grep -o " icanon"\n'],
        ['wait', ' icanon\r'],
        ['send', 'fg\n'],
        ['wait', ENTER],
        SHOWN,
        ['send', 'q'],
        ['wait', LEAVE],
        ['send', 'exit\n'],
        ['exit'],
      ],
      { shell: true },
    );
    expect(modes.at(-1)).toBe(true);
    expect(output.split(ENTER)).toHaveLength(3);
  });

  it('another size: it follows', async () => {
    const { output } = await inTerminal([SHOWN, ['size', 120, 40], ['wait', '\u001b[40;1H'], ['send', 'q'], ['exit']]);
    expect(output).toContain('\u001b[40;1H');
  });

  it('a terminal that nobody reads: SIGTERM ends it all the same', async () => {
    // Each size draws everything, until the terminal takes no more.
    const sizes = Array.from({ length: 30 }, (_, at): Step[] => [['size', 100 + at, 60], ['modes']]).flat();
    const { code } = await inTerminal([SHOWN, ['deaf'], ...sizes, ['signal', 'SIGTERM'], ['exit']]);
    expect([0, 143]).toContain(code);
  });
});
