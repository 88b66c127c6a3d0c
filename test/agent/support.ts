/** Plugins and logs made for tests of the agent. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { definePlugin } from '../../src/agent/plugin/define-plugin.js';
import type { Plugin, PluginHooks } from '../../src/agent/plugin/plugin.js';
import { type Services, type Token, type Tokens, token } from '../../src/agent/token.js';

/** A log whose lines can be read. */
export function recordingLog(level = 'debug') {
  const lines: { level: string; msg: string; plugin?: string; dataplane?: string }[] = [];
  const log = pino(
    { level, formatters: { level: (label) => ({ level: label }) } },
    { write: (line: string) => void lines.push(JSON.parse(line)) },
  );
  return { log, lines, text: () => lines.map((line) => `${line.plugin ?? '-'} ${line.level}: ${line.msg}`).join('\n') };
}

/**
 * A directory with these files, which nobody else can read, in folders where their names say so; gone after the test.
 */
export function directoryWith(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'vppmux-agent-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text, { mode: 0o600 });
  }
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
      const { drain } = options;
      return { provide, init: step('init'), afterInit: step('afterInit'), drain, close: step('close') };
    },
  });
}

/** A plugin that hands over its services, which are there once it has been created; `hooks` are what else it does. */
export function taker<R extends Tokens>(
  requires: R,
  name = 'user',
  hooks: (services: Services<R>) => PluginHooks = () => ({}),
) {
  let services: Services<R> | undefined;
  const plugin = definePlugin({
    ...{ name, version: '1.0.0', agentApi: 1, requires },
    create(taken) {
      services = taken;
      return hooks(taken);
    },
  });
  const taken = (): Services<R> => {
    if (services === undefined) throw new Error(`plugin ${name} has not been created`);
    return services;
  };
  return { plugin, taken };
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

/** The text of a file that defines a plugin as an author would; `rest` are further lines of its definition. */
export function pluginFile(name: string, rest = 'create: () => ({}),'): string {
  return `import * as api from 'vppmux/plugin';
    const { definePlugin, z } = api;
    export default definePlugin({ name: '${name}', version: '1.0.0', agentApi: 1, ${rest} });\n`;
}

/** The text of a plugin file that needs nothing: the mark of a plugin is the same in every copy of the package. */
export function bareFile(name: string, how = 'export default'): string {
  return `${how} {
    [Symbol.for('vppmux/plugin-definition')]: true,
    name: '${name}', version: '1', agentApi: 1, requires: {}, provides: {}, optional: false, obsolete: {},
    config: { safeParse: (data) => ({ success: true, data }) },
    create: () => ({}),
  };`;
}
