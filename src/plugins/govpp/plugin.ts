/**
 * The plugin `govpp`: owns the connection to VPP, or to several, and shares it as `Mux`. VPP being away neither fails nor delays
 * the start; the status board says so until it comes.
 */

import { type Connection, type ConnectOptions, createConnection } from '../../mux/index.js';
import {
  Control,
  DataEvents,
  Dataplanes,
  definePlugin,
  faultOfVppError,
  Log,
  MAIN,
  Mux,
  Operations,
  Status,
} from '../../sdk/index.js';
import { configOf, connectOptions, dataplaneNames, type GovppConfig, govppConfig, OBSOLETE } from './config.js';
import { DataplaneReports } from './dataplane-reports.js';
import { GovppDataplane } from './govpp-dataplane.js';

/** The plugin over the connections that `connect` makes; tests pass their own. */
export function govppPlugin(connect: (options: ConnectOptions) => Connection = createConnection) {
  return definePlugin({
    name: 'govpp',
    version: '1.0.0',
    agentApi: 1,
    description: 'The connection to VPP, or to several of them, which all plugins share (govpp.conf).',
    requires: { log: Log, status: Status, control: Control, operations: Operations },
    provides: { mux: Mux, dataEvents: DataEvents },
    contributes: { dataplanes: Dataplanes },
    dataplanes: { services: ['mux', 'dataEvents'], names: dataplaneNames },
    config: govppConfig,
    obsolete: OBSOLETE,
    create({ log, status, control, operations }, config) {
      const names = [MAIN, ...dataplaneNames(config)];
      const reports = new DataplaneReports(status, names);
      const dataplaneOf = (name: string) =>
        new GovppDataplane(name, {
          ...{ connect, ...endpointOf(config, name) },
          log: names.length === 1 ? log : log.child({ dataplane: name }),
          status: reports.of(name),
          control: controlAt(control, name),
        });
      const main = dataplaneOf(MAIN);
      const others = dataplaneNames(config).map((name) => [name, dataplaneOf(name)] as const);
      const endFaults = operations.translate((error) => faultOfVppError(error));
      return {
        provide: { ...main.services(), ...servicesOf(others) },
        contribute: { dataplanes: others.length === 0 ? [] : [main, ...others.map(([, dataplane]) => dataplane)] },
        async close() {
          endFaults();
          const closing = [main, ...others.map(([, dataplane]) => dataplane)].map((dataplane) => dataplane.close());
          await Promise.all(closing);
        },
      };
    },
  });
}

function endpointOf(config: GovppConfig, name: string) {
  const own = configOf(config, name);
  return { options: connectOptions(own), statsSocket: own['stats-socket-path'] || undefined };
}

const controlAt = (control: Control, name: string): Control => ({
  dataplane: (event) => control.dataplane(event, name),
  redundancy: (event) => control.redundancy(event, name),
  saveState: () => control.saveState(name),
});

/** The services of the others, under the keys that the agent looks for. */
function servicesOf(others: readonly (readonly [name: string, dataplane: GovppDataplane])[]): Record<string, unknown> {
  const entries = others.map(([name, dataplane]) => {
    const { mux, dataEvents } = dataplane.services();
    return { [`mux@${name}`]: mux, [`dataEvents@${name}`]: dataEvents };
  });
  return Object.assign({}, ...entries);
}
