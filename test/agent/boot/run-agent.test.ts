import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type RunOptions, runAgent } from '../../../src/agent/boot/run-agent.js';
import { createLog } from '../../../src/agent/log/log.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import type { Plugin } from '../../../src/agent/plugin/plugin.js';
import { Board } from '../../../src/agent/plugin/services.js';
import { directoryWith, recordingLog, stub, taker } from '../support.js';

/** A process whose signals are sent by hand, and whose exit is only noted. */
class FakeProcess extends EventEmitter {
  readonly exits: number[] = [];
  terminalGone = () => false;

  exit(code: number): void {
    this.exits.push(code);
  }
}

function run(plugins: readonly Plugin[], options: RunOptions = {}) {
  const { log, text } = recordingLog();
  const fake = new FakeProcess();
  const code = runAgent({ plugins, log, env: {}, process: fake, ...options });
  return { fake, code, text, untilRunning: () => vi.waitFor(() => expect(text()).toContain('vppmux runs: ')) };
}

const never = () => new Promise<void>(() => {});

describe('runAgent', () => {
  it.each(['SIGINT', 'SIGTERM'])('%s: everything is closed in order, exit code 0, no handler left', async (signal) => {
    const steps: string[] = [];
    const { fake, code, text, untilRunning } = run([stub('a', steps), stub('b', steps)]);
    await untilRunning();
    fake.emit(signal);
    expect(await code).toBe(0);
    expect(steps.slice(-2)).toEqual(['b.close', 'a.close']);
    expect(text()).toContain(`info: ${signal}: closing (again to exit immediately)`);
    expect(fake.eventNames()).toEqual([]);
    expect(fake.exits).toEqual([]);
  });

  it('an end in which nothing is closed: what the log had folded is written all the same', async () => {
    const lines: string[] = [];
    const log = createLog({ pretty: false, stream: { write: (line) => void lines.push(JSON.parse(line).msg) } });
    const { fake, code } = run([stub('a')], { log });
    await vi.waitFor(() => expect(lines.some((line) => line.startsWith('vppmux runs'))).toBe(true));
    for (let i = 0; i < 50; i++) log.info('busy');
    fake.emit('exit', 130);
    expect(lines).toContain('busy (45 such lines until the end, of which this is the last)');
    fake.emit('SIGTERM');
    await code;
  });

  it('a signal while a plugin starts: the start is given up, exit code 0', async () => {
    const steps: string[] = [];
    const { fake, code } = run([stub('a', steps), stub('slow', steps, { init: never })]);
    await vi.waitFor(() => expect(steps).toContain('slow.init'));
    fake.emit('SIGINT');
    expect(await code).toBe(0);
    expect(steps.at(-1)).toBe('a.close');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('a second %s: leaves at once with %s', async (signal, exitCode) => {
    const { fake, untilRunning } = run([stub('stuck', [], { close: never })]);
    await untilRunning();
    fake.emit(signal);
    const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 150);
    fake.emit(signal);
    now.mockRestore();
    expect(fake.exits).toEqual([exitCode]);
  });

  it('the echo that npm sends of one Ctrl-C: is not a second one', async () => {
    const { fake, code, untilRunning } = run([stub('a')]);
    await untilRunning();
    fake.emit('SIGINT');
    fake.emit('SIGINT');
    expect(fake.exits).toEqual([]);
    expect(await code).toBe(0);
  });

  it('the signal of its program: ends it as well', async () => {
    const abort = new AbortController();
    const { code, untilRunning } = run([stub('a')], { signal: abort.signal });
    await untilRunning();
    abort.abort();
    expect(await code).toBe(0);
  });

  it('aborted before it began: nothing is created', async () => {
    const steps: string[] = [];
    const { code } = run([stub('a', steps)], { signal: AbortSignal.abort() });
    expect(await code).toBe(0);
    expect(steps).toEqual([]);
  });

  it('a plugin that fails to start: is named, the others are closed, exit code 1', async () => {
    const steps: string[] = [];
    const bad = stub('bad', steps, { init: () => Promise.reject(new Error('no licence')) });
    const { code, text, fake } = run([stub('a', steps), bad]);
    expect(await code).toBe(1);
    expect(text()).toContain(
      'bad fatal: plugin bad: its init failed: no licence; closing the plugins that have started',
    );
    expect(steps.at(-1)).toBe('a.close');
    expect(fake.eventNames()).toEqual([]);
  });

  it('a plugin that fails to close: is named, exit code 1', async () => {
    const bad = stub('bad', [], { close: () => Promise.reject(new Error('stuck')) });
    const { code, text, fake, untilRunning } = run([bad]);
    await untilRunning();
    fake.emit('SIGTERM');
    expect(await code).toBe(1);
    expect(text()).toContain('error: plugin bad: its close failed: stuck');
  });

  it('a configuration with mistakes: a line for each, exit code 1, nothing created', async () => {
    const steps: string[] = [];
    const configDir = directoryWith({ 'a.conf': 'x: 1\ny: 2\n' });
    const { code, text } = run([stub('a', steps)], { configDir });
    expect(await code).toBe(1);
    expect(text().split('\n')).toEqual([
      `- fatal: ${configDir}/a.conf:1:1: unknown key "x"; there are none`,
      `- fatal: ${configDir}/a.conf:2:1: unknown key "y"; there are none`,
      '- fatal: the agent did not start',
    ]);
    expect(steps).toEqual([]);
  });

  it.each(['uncaughtException', 'unhandledRejection'])(
    'an error that escapes (%s): is logged, everything closed, exit code 1',
    async (event) => {
      const steps: string[] = [];
      const { fake, code, text, untilRunning } = run([stub('a', steps)]);
      await untilRunning();
      fake.emit(event, Object.assign(new Error('whoops'), { stack: 'Error: whoops\n    at /elsewhere/x.js:1:1' }));
      expect(await code).toBe(1);
      expect(steps.at(-1)).toBe('a.close');
      expect(text()).toMatch(/fatal: .* \(in no known plugin\): whoops; closing/);
    },
  );

  it('an error that escapes a plugin: the plugin is named', async () => {
    const plugin = stub('culprit');
    const { fake, code, text, untilRunning } = run([plugin]);
    await untilRunning();
    fake.emit('uncaughtException', Object.assign(new Error('x'), { stack: `Error: x\n    at f (${plugin.file}:9:9)` }));
    expect(await code).toBe(1);
    expect(text()).toContain('uncaught error in plugin culprit: x; closing');
  });

  it.each([
    ['itself', (ended: unknown) => ended],
    ['as the cause of another', (cause: unknown) => new Error('a request was given up', { cause })],
  ])('an error that escapes because its plugin has ended, %s: is told, and the agent runs on', async (_, escaped) => {
    const left = taker({ board: Board }, 'left', () => ({ init: () => Promise.reject(new Error('no licence')) }));
    const { fake, code, text, untilRunning } = run([{ ...left.plugin, optional: true }, stub('a')]);
    await untilRunning();
    try {
      left.taken().board.subscribe(() => {});
    } catch (ended) {
      fake.emit('unhandledRejection', escaped(ended));
    }
    expect(text()).toMatch(/warn: unhandled rejection in plugin left, which has ended: /);
    fake.emit('SIGINT');
    expect(await code).toBe(0);
  });

  it('an observer that has nothing for the end of its plugin: is told likewise', async () => {
    const left = taker({ board: Board }, 'left', ({ board }) => ({
      init() {
        board.changes().subscribe({ complete: () => void board.subscribe(() => {}) });
        throw new Error('no licence');
      },
    }));
    const { fake, code, text, untilRunning } = run([{ ...left.plugin, optional: true }, stub('a')]);
    await untilRunning();
    await vi.waitFor(() => expect(text()).toContain('an observer has failed'));
    expect(text()).toContain(
      'warn: an observer has failed in plugin left, which has ended: plugin left has ended: its start failed',
    );
    fake.emit('SIGINT');
    expect(await code).toBe(0);
  });

  it('an observer that throws: its plugin is told of, the others observe on, and the agent runs', async () => {
    const board = taker({ board: Board }, 'observer', ({ board: own }) => ({
      afterInit() {
        own.changes().subscribe(() => {
          throw new Error('mine');
        });
      },
    }));
    const { fake, code, text, untilRunning } = run([{ ...board.plugin, file: fileURLToPath(import.meta.url) }]);
    await untilRunning();
    await vi.waitFor(() => expect(text()).toContain('an observer has failed'));
    expect(text()).toContain('error: an observer has failed in plugin observer: mine');
    fake.emit('SIGINT');
    expect(await code).toBe(0);
  });

  it('what is thrown is no Error: is logged all the same', async () => {
    const { fake, code, text, untilRunning } = run([stub('a')]);
    await untilRunning();
    fake.emit('unhandledRejection', 42);
    expect(await code).toBe(1);
    expect(text()).toContain('threw 42, which is not an Error');
  });

  it('SIGHUP: the configuration is read again, and the agent goes on', async () => {
    const seen: unknown[] = [];
    const plugin = definePlugin({
      ...{ name: 'keen', version: '1', agentApi: 1, config: z.object({ size: z.number().default(1) }) },
      create: () => ({ configuration: ({ before, after }) => void seen.push([before.size, after.size]) }),
    });
    const configDir = directoryWith({ 'keen.conf': 'size: 2' });
    const { fake, code, text, untilRunning } = run([plugin], { configDir, watch: false });
    await untilRunning();
    writeFileSync(join(configDir, 'keen.conf'), 'size: 3');
    fake.emit('SIGHUP');
    await vi.waitFor(() => expect(seen).toEqual([[2, 3]]));
    expect(text()).toContain('info: SIGHUP: reading the configuration again');
    fake.emit('SIGTERM');
    expect(await code).toBe(0);
  });

  it('SIGHUP of a terminal that was closed: ends the agent in order', async () => {
    const { fake, code, text, untilRunning } = run([stub('a')]);
    await untilRunning();
    fake.terminalGone = () => true;
    fake.emit('SIGHUP');
    expect(await code).toBe(0);
    expect(text()).toContain('SIGHUP: the terminal is gone: closing');
  });

  it('a process that exits under the agent: who did it is named', async () => {
    const culprit = stub('culprit');
    const { fake, code, text, untilRunning } = run([culprit]);
    await untilRunning();
    fake.emit('exit', 3);
    expect(text()).toContain('it has ended the whole agent with exit code 3');
    fake.emit('SIGTERM');
    fake.emit('exit', 0);
    expect(await code).toBe(0);
    expect(text().match(/ended the whole agent/g)).toHaveLength(1);
  });
});
