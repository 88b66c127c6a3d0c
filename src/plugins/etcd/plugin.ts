/** The plugin `etcd`: makes the agent a member of a fleet that is kept in etcd, or in a folder. */

import {
  AgentInfo,
  AllWishes,
  Board,
  type BoardStatus,
  definePlugin,
  Log,
  Metrics,
  type Report,
  Status,
} from '../../sdk/index.js';
import { etcdConfig } from './config.js';
import { Membership } from './membership.js';
import { fleetMetrics } from './metrics.js';
import { fleetOperations } from './operations.js';
import { briefStatus } from './status.js';
import { wishCarrier } from './wish-carrier.js';

export const etcdPlugin = definePlugin({
  name: 'etcd',
  version: '1.0.0',
  agentApi: 1,
  description: 'Makes the agent a member of a fleet on etcd: vppmux fleet (etcd.conf). Off until that names etcd.',
  optional: true,
  requires: { log: Log, status: Status, wishes: AllWishes, board: Board, info: AgentInfo },
  contributes: { metrics: Metrics },
  config: etcdConfig,
  create({ log, status, wishes, board, info }, config) {
    let inEffect = config;
    let vpp: string | undefined;
    let said = '';
    let state: Report['state'] = 'ok';
    const report = () => {
      const found = briefStatus(membership);
      // The board tells of each report, and this plugin listens to the board.
      const label = membership.opened?.member.status.label;
      const text = `${label ?? ''} ${found.state} ${found.reason}`;
      if (text === said) return;
      said = text;
      status.report({ ...found, details: label === undefined ? {} : { fleet: { label } } });
      if (found.state === state) return;
      state = found.state;
      if (state === 'ok') log.info(found.reason);
      else log.warn(found.reason);
    };
    const membership = new Membership({
      carrier: wishCarrier(wishes),
      facts: () => ({
        agent: info.version.slice(0, 64),
        ...(vpp !== undefined && { vpp: vpp.slice(0, 128) }),
        health: healthOf(board.status),
      }),
      log,
      changed: report,
    });
    let stopListening = () => {};
    return {
      contribute: { metrics: fleetMetrics(membership) },
      operations: fleetOperations(membership),
      async afterInit() {
        await membership.open(config);
        stopListening = board.subscribe(() => membership.opened?.member.refresh());
        report();
      },
      dataplane({ state, version }) {
        vpp = state === 'down' ? undefined : version;
        membership.opened?.member.refresh();
      },
      async configuration({ after }) {
        await membership.close();
        try {
          await membership.open(after);
          inEffect = after;
        } catch (error) {
          await membership.open(inEffect);
          throw error;
        } finally {
          report();
        }
      },
      async close() {
        stopListening();
        await membership.close();
      },
    };
  },
});

function healthOf({ overall }: BoardStatus): 'ok' | 'degraded' | 'error' {
  if (overall === 'ok') return 'ok';
  return overall === 'error' || overall === 'closed' ? 'error' : 'degraded';
}
