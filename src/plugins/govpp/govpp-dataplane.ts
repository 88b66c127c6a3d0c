/** One dataplane: its connection, what is reported and published of it, and the services that plugins get of it. */

import type { Connection, ConnectionStats, ConnectionStatus, ConnectOptions } from '../../mux/index.js';
import { type Control, type DataEvents, type DataplaneView, type Log, type Mux, perPlugin } from '../../sdk/index.js';
import { ConnectionReporter } from './connection-reporter.js';
import { DataplaneEvents } from './dataplane-events.js';
import type { ReportTo } from './dataplane-reports.js';
import { GovppMux } from './govpp-mux.js';
import { PluginDataEvents } from './plugin-data-events.js';
import { publishSwitches } from './redundancy-events.js';

/** Milliseconds to close; it leaves some of the agent's `stop-timeout` to the others. */
const CLOSE_TIMEOUT_MS = 1000;

export interface GovppDataplaneParts {
  readonly connect: (options: ConnectOptions) => Connection;
  readonly options: ConnectOptions;
  readonly statsSocket: string | undefined;
  /** Its own. */
  readonly log: Log;
  readonly status: ReportTo;
  /** Publishes for this dataplane alone. */
  readonly control: Control;
}

export class GovppDataplane implements DataplaneView {
  private readonly connection: Connection;
  private readonly ends: readonly (() => void)[];
  private readonly parts: GovppDataplaneParts;

  /** Begins to connect. */
  constructor(
    readonly name: string,
    parts: GovppDataplaneParts,
  ) {
    const { connect, options, statsSocket, log, status, control } = parts;
    this.parts = parts;
    this.connection = connect({
      ...options,
      backup: options.backup && { ...options.backup, beforeSwitch: () => control.saveState() },
      // Lines at info level are logged by the ConnectionReporter, with VPP's name.
      log: (level, message, fields) => log[level === 'warn' ? 'warn' : 'debug'](fields ?? {}, message),
      onLateReply: ({ messageName, channel }) =>
        log.debug({ channel }, `${messageName} came after its request had been given up`),
    });
    this.ends = [
      new ConnectionReporter(this.connection, log, status, statsSocket).follow(),
      new DataplaneEvents(this.connection, control).follow(),
      publishSwitches(this.connection, control),
    ];
  }

  get status(): ConnectionStatus {
    return this.connection.status;
  }

  stats(): ConnectionStats {
    return this.connection.stats();
  }

  /** The services as `provide` takes them. */
  services(): { readonly mux: Mux; readonly dataEvents: DataEvents } {
    const { connection } = this;
    const { log, statsSocket } = this.parts;
    const leftBy = (plugin: string) => (what: string) => log.debug(`closed what plugin ${plugin} left open: ${what}`);
    return {
      mux: perPlugin((plugin, ended) => new GovppMux({ connection, statsSocket }, plugin, ended, leftBy(plugin))),
      dataEvents: perPlugin((plugin, ended) => new PluginDataEvents(connection.dataEvents, ended, leftBy(plugin))),
    };
  }

  async close(): Promise<void> {
    for (const end of this.ends) end();
    const { state } = this.connection;
    await this.connection.close({ timeoutMs: CLOSE_TIMEOUT_MS });
    if (state === 'ready' || state === 'degraded') this.parts.log.info('said goodbye to VPP');
  }
}
