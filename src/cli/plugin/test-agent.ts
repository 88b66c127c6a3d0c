/** An agent of its own for one plugin: against the embedded mock, with the plugins that it needs and no others. */

import type { Logger } from 'pino';
import type { MockVpp } from '../../../mock-vpp/index.js';
import type { AnyInstance } from '../../agent/for-cli.js';
import { type Agent, Control, createAgent, createLog, type Plugin, type PluginArguments } from '../../agent/index.js';
import { builtIns } from '../../plugins/index.js';
import { definePlugin, Mux } from '../../sdk/index.js';
import { reasonOf } from '../../thrown.js';
import { startEmbeddedMock } from '../mock/embedded-mock.js';
import { newFolder } from '../mock/mock-socket.js';
import { providersFor } from './load-plugin.js';
import type { RecordedPlugin } from './recorded-plugin.js';

/** The plugins to run, and their configuration. */
export interface Subjects {
  readonly plugin: Plugin;
  /** Further plugins that it needs. */
  readonly others: readonly Plugin[];
  /** Its configuration file. */
  readonly config?: string;
  readonly configDir?: string;
  readonly log: Logger;
}

export interface TestAgent {
  readonly agent: Agent;
  readonly mock: MockVpp;
  /** Services of the agent, once it has started. */
  readonly services: { readonly mux?: Mux; readonly control?: Control };
  /** Ends all of it. Rejects as the agent's `close` does. */
  close(): Promise<void>;
}

/** A plugin that runs in a test agent, as the checks see it. */
export interface CheckContext {
  readonly recorded: RecordedPlugin;
  readonly testAgent: TestAgent;
  /** Milliseconds that the agent gives each control event. */
  readonly controlMs: number;
  readonly signal: AbortSignal;
}

/** An empty environment: the result does not depend on the user's shell. */
const NO_ENV = {};

/** Rejects with AgentError when such an agent cannot be put together. Nothing of the plugin has run then. */
export async function createTestAgent({ plugin, others, config, configDir, log }: Subjects): Promise<TestAgent> {
  const services: { mux?: Mux; control?: Control } = {};
  const helperPlugin = definePlugin({
    name: 'vppmux-plugin-check',
    version: '1.0.0',
    agentApi: 1,
    requires: { mux: Mux, control: Control },
    create(given) {
      Object.assign(services, given);
      return {};
    },
  });
  const own = [plugin, ...others];
  const providers = (await providersFor([...own, helperPlugin])).filter(({ name }) =>
    own.every((other) => other.name !== name),
  );
  const { mock, socket, stop } = await startEmbeddedMock(log.child({ plugin: 'mock' }), [newFolder()]);
  try {
    const names = [...own, ...providers].map(({ name }) => name);
    const settings = {
      govpp: { 'binapi-socket-path': socket, dataplanes: {} },
      http: { endpoint: '127.0.0.1:0' },
    };
    const agent = await createAgent({
      builtIns,
      plugins: [...providers, ...own, helperPlugin],
      configDir,
      configFiles: config === undefined ? {} : { [plugin.name]: config },
      settings: Object.fromEntries(Object.entries(settings).filter(([name]) => names.includes(name))),
      env: NO_ENV,
      log,
    });
    return {
      ...{ agent, mock, services },
      close: () => agent.close().finally(stop),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Creates it against the embedded mock, with the plugins that it needs, and closes it again: neither `init` nor
 * `afterInit` is called. Gives the reason instead when it cannot be created.
 */
export async function createOnly(
  plugin: Plugin,
  flags: { readonly args: PluginArguments; readonly config?: string; readonly configDir?: string },
  others: readonly Plugin[],
): Promise<AnyInstance | string> {
  let made: AnyInstance | undefined;
  const create = (services: Readonly<Record<string, unknown>>, config: unknown): AnyInstance => {
    made = plugin.create(services, config, flags.args);
    if (!made) return made;
    const { provide, contribute, operations } = made;
    return { provide, contribute, operations, close: () => made?.close?.() };
  };
  try {
    const log = createLog({ level: 'silent' });
    const testAgent = await createTestAgent({ plugin: { ...plugin, optional: false, create }, others, ...flags, log });
    try {
      await testAgent.agent.start();
    } finally {
      // It may well count on an init that there was not.
      await testAgent.close().catch(() => {});
    }
    return made ?? 'create gave nothing';
  } catch (error) {
    return reasonOf(error).split('\n')[0];
  }
}
