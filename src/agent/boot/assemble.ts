/** Connects the parts of an agent that work while it runs: life cycle, control events, configuration, event loop. */

import type { Logger } from 'pino';
import { showDuration } from '../../duration.js';
import type { AgentConfig, AgentFile } from '../config/agent-config.js';
import type { ConfigState } from '../config/config-state.js';
import type { Configuration } from '../config/configuration.js';
import { ConfigWatch } from '../control/config-watch.js';
import { controlOf } from '../control/control.js';
import { Reload } from '../control/reload.js';
import { writeFolded } from '../log/log.js';
import { OperationsRegistry } from '../operations/registry.js';
import type { LoopWatch } from '../process/loop-watch.js';
import { ServiceContainer } from '../start/container.js';
import { LifeCycle } from '../start/lifecycle.js';
import type { PluginRecord } from '../start/plugin-record.js';
import type { StatusBoard } from '../status/status-board.js';
import { timingTree } from '../status/timings.js';
import type { Agent, AgentOptions } from './agent.js';
import { setLevels } from './log-levels.js';

export interface Prepared {
  readonly options: AgentOptions;
  readonly configuration: Configuration;
  /** agent.yaml as it is at the start. */
  readonly file: AgentFile;
  readonly log: Logger;
  readonly board: StatusBoard;
  readonly loop: LoopWatch;
  readonly state: ConfigState;
  /** In start order. */
  readonly records: readonly PluginRecord[];
  /** Names of all dataplanes, `main` first. */
  readonly dataplanes: readonly string[];
}

export function assemble(prepared: Prepared): Agent {
  const { options, configuration, file, log, board, loop, state, records, dataplanes } = prepared;
  const started = file.value;
  const { name } = started;
  const plugins = records.map((record) => record.plugin);
  const startedAt = new Date();
  const version = options.version ?? '0.0.0';
  const info = { name, version, startedAt, dataplanes, timings: () => life.timings };
  const operations = new OperationsRegistry(log, started['operation-timeout'], dataplanes);
  const control = controlOf(records.map(({ control, plugin }) => ({ queue: control, dataplane: plugin.dataplane })));
  const container = new ServiceContainer(board, info, control, operations);
  const budgets = { startMs: started['start-timeout'], stopMs: started['stop-timeout'] };
  const life = new LifeCycle(records, container, operations, budgets, (error) => log.error(error.message));

  const applyLevels = (config: AgentConfig) => setLevels(records, config, log, options);
  const reload = new Reload(configuration, records, log, file, applyLevels, state);
  const watch = new ConfigWatch(
    () => configuration.files(plugins),
    () => (life.state === 'running' ? reload.run() : later()),
    (text) => log.warn(text),
  );
  const idle = () => {
    watch.stop();
    loop.stop();
    writeFolded(log);
  };
  const reread = () => {
    // Watches the folders that exist by now.
    if (options.watch) watch.start();
    reload.run();
  };
  let wanted = false;
  // A plugin that is not created yet gets the configuration that was read for it, and the change afterwards.
  const later = () => {
    wanted = true;
  };
  applyLevels(started);

  return {
    name,
    log,
    status: board,
    operations: operations.viewOf('the program'),
    plugins,
    timings: () => life.timings,
    async start() {
      const began = performance.now();
      if (life.state === 'new') {
        loop.start();
        if (options.watch) watch.start(); // a file that changes while the plugins start is not missed
      }
      await life.start().finally(() => life.state === 'running' || idle());
      if (life.state !== 'running') return;
      loop.running();
      log.debug(`how long it took to start:\n${timingTree(life.timings)}`);
      log.info(`${name} runs: ${life.running.join(', ')} started in ${showDuration(performance.now() - began)}`);
      if (wanted) reread();
    },
    reload() {
      if (life.state === 'running') reread();
      else later();
    },
    async close() {
      watch.stop();
      await life.close().finally(idle);
    },
  };
}
