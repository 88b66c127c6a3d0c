/** The plugin `operations`: the tasks of every user of VPP, as operations for programs, REST and the command line. */

import { AgentInfo, definePlugin, Log, Mux } from '../../sdk/index.js';
import { aclOperations } from './acls.js';
import { bridgeOperations } from './bridges.js';
import { operationsConfig } from './config.js';
import { dataplaneOperations } from './dataplane.js';
import { addressOperations } from './interface-addresses.js';
import { interfaceOperations } from './interfaces.js';
import { neighborOperations } from './neighbors.js';
import { routeOperations } from './routes.js';
import { systemOperations } from './system.js';

export const operationsPlugin = definePlugin({
  name: 'operations',
  version: '1.0.0',
  agentApi: 1,
  description:
    'Interfaces, addresses, routes, neighbours, bridge domains and ACLs of VPP, its version, its command line: as operations.',
  requires: { mux: Mux, agent: AgentInfo, log: Log },
  config: operationsConfig,
  create({ mux, agent, log }, config) {
    let inEffect = config;
    const warnOfCli = () => {
      if (inEffect.cli) log.warn('system.cli is on: a caller of operations that write can do anything to VPP');
    };
    return {
      operations: [
        ...systemOperations(mux, agent, () => inEffect.cli),
        ...dataplaneOperations(mux),
        ...interfaceOperations(mux),
        ...addressOperations(mux),
        ...routeOperations(mux),
        ...neighborOperations(mux),
        ...bridgeOperations(mux),
        ...aclOperations(mux),
      ],
      init: warnOfCli,
      configuration({ after }) {
        inEffect = after;
        warnOfCli();
      },
    };
  },
});
