/** Plugins and logs made for tests of the agent. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { definePlugin, type Plugin, type PluginHooks } from '../../src/agent/plugin.js';
import { type Token, token } from '../../src/agent/token.js';

/** A log whose lines can be read. */
export function recordingLog(level = 'debug') {
  const lines: { level: string; msg: string; plugin?: string }[] = [];
  const log = pino(
    { level, formatters: { level: (label) => ({ level: label }) } },
    { write: (line: string) => void lines.push(JSON.parse(line)) },
  );
  return { log, lines, text: () => lines.map((line) => `${line.plugin ?? '-'} ${line.level}: ${line.msg}`).join('\n') };
}

/** A directory with these files, gone after the test. */
export function directoryWith(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'vppmux-agent-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

export interface StubOptions extends PluginHooks {
  readonly requires?: readonly string[];
  readonly provides?: readonly string[];
  readonly optional?: boolean;
  readonly agentApi?: number;
  readonly create?: () => void;
}

/** A plugin that writes its steps into `steps`, and requires and provides services named by text. */
export function stub(name: string, steps: string[] = [], options: StubOptions = {}): Plugin {
  const { requires = [], provides = [], optional, agentApi = 1 } = options;
  const tokens = (names: readonly string[]): Record<string, Token<string>> =>
    Object.fromEntries(names.map((service) => [service, token<string>(`test/${service}`)]));
  const step = (kind: 'init' | 'afterInit' | 'close') => () => {
    steps.push(`${name}.${kind}`);
    return options[kind]?.();
  };
  return definePlugin({
    name,
    version: '1.0.0',
    agentApi,
    optional,
    requires: tokens(requires),
    provides: tokens(provides),
    create() {
      steps.push(`${name}.create`);
      options.create?.();
      const provide = Object.fromEntries(provides.map((service) => [service, `${service} of ${name}`]));
      return { provide, init: step('init'), afterInit: step('afterInit'), close: step('close') };
    },
  });
}

/** A promise with its functions outside. */
export function deferred<T = void>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}
