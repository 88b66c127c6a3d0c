/**
 * The plugin `govpp`: owns the connection to VPP and shares it as `Mux`. VPP being away neither fails nor delays
 * the start; the status board says so until it comes.
 */

import { type Connection, type ConnectOptions, createConnection } from '../../mux/index.js';
import {
  Control,
  DataEvents,
  definePlugin,
  faultOfVppError,
  Log,
  Mux,
  Operations,
  perPlugin,
  Status,
} from '../../sdk/index.js';
import { connectOptions, govppConfig, OBSOLETE } from './config.js';
import { ConnectionReporter } from './connection-reporter.js';
import { DataplaneEvents } from './dataplane-events.js';
import { GovppMux } from './govpp-mux.js';
import { PluginDataEvents } from './plugin-data-events.js';
import { publishSwitches } from './redundancy-events.js';

/** Milliseconds to close; it leaves some of the agent's `stop-timeout` to the others. */
const CLOSE_TIMEOUT_MS = 1000;

/** The plugin over the connections that `connect` makes; tests pass their own. */
export function govppPlugin(connect: (options: ConnectOptions) => Connection = createConnection) {
  return definePlugin({
    name: 'govpp',
    version: '1.0.0',
    agentApi: 1,
    description: 'The connection to VPP, or to two of them, which all plugins share (govpp.conf).',
    requires: { log: Log, status: Status, control: Control, operations: Operations },
    provides: { mux: Mux, dataEvents: DataEvents },
    config: govppConfig,
    obsolete: OBSOLETE,
    create({ log, status, control, operations }, config) {
      const options = connectOptions(config);
      const statsSocket = config['stats-socket-path'] || undefined;
      const connection = connect({
        ...options,
        backup: options.backup && { ...options.backup, beforeSwitch: () => control.saveState() },
        // Lines at info level are logged by the ConnectionReporter, with VPP's name.
        log: (level, message, fields) => log[level === 'warn' ? 'warn' : 'debug'](fields ?? {}, message),
        onLateReply: ({ messageName, channel }) =>
          log.debug({ channel }, `${messageName} came after its request had been given up`),
      });
      const endReports = new ConnectionReporter(connection, log, status).follow();
      const endEvents = new DataplaneEvents(connection, control).follow();
      const endSwitches = publishSwitches(connection, control);
      const endFaults = operations.translate((error) => faultOfVppError(error));
      const leftBy = (plugin: string) => (what: string) => log.debug(`closed what plugin ${plugin} left open: ${what}`);
      return {
        provide: {
          mux: perPlugin((plugin, ended) => new GovppMux({ connection, statsSocket }, plugin, ended, leftBy(plugin))),
          dataEvents: perPlugin((plugin, ended) => new PluginDataEvents(connection.dataEvents, ended, leftBy(plugin))),
        },
        async close() {
          endReports();
          endEvents();
          endSwitches();
          endFaults();
          const { state } = connection;
          await connection.close({ timeoutMs: CLOSE_TIMEOUT_MS });
          if (state === 'ready' || state === 'degraded') log.info('said goodbye to VPP');
        },
      };
    },
  });
}
