/** An agent of its own for one plugin: against the embedded mock, with the plugins that it needs and no others. */

import type { Logger } from 'pino';
import type { MockVpp } from '../../../mock-vpp/index.js';
import { type Agent, Control, createAgent, type Plugin } from '../../agent/index.js';
import { builtIns } from '../../plugins/index.js';
import { definePlugin, Mux } from '../../sdk/index.js';
import { startEmbeddedMock } from '../mock/embedded-mock.js';
import { newFolder } from '../mock/mock-socket.js';
import { providersFor } from './providers.js';
import type { Watched } from './watched.js';

/** Who plays, and after which script. */
export interface Cast {
  readonly plugin: Plugin;
  /** Further plugins that it needs. */
  readonly others: readonly Plugin[];
  /** Its configuration file. */
  readonly config?: string;
  readonly configDir?: string;
  readonly log: Logger;
}

export interface Stage {
  readonly agent: Agent;
  readonly mock: MockVpp;
  /** Of the agent; there once it has started. */
  readonly services: { readonly mux?: Mux; readonly control?: Control };
  /** Ends all of it. Rejects as the agent's `close` does. */
  close(): Promise<void>;
}

/** A plugin that runs on a stage, as the checks see it. */
export interface Running {
  readonly watch: Watched;
  readonly stage: Stage;
  /** Milliseconds that the agent gives each control event. */
  readonly controlMs: number;
  readonly signal: AbortSignal;
}

/** Nobody's variables: what is checked does not depend on whose shell it is. */
const NO_ENV = {};

/** Rejects with AgentError when such an agent cannot be put together. Nothing of the plugin has run then. */
export async function setStage({ plugin, others, config, configDir, log }: Cast): Promise<Stage> {
  const services: { mux?: Mux; control?: Control } = {};
  const usher = definePlugin({
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
  const providers = (await providersFor([...own, usher])).filter(({ name }) =>
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
      plugins: [...providers, ...own, usher],
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
