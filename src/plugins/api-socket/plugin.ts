/**
 * The plugin `api-socket`: Unix sockets that VPP's clients in any language use in place of VPP's own. They share the agent's one
 * connection to VPP, with its policy, fair turns, trace and statistics.
 */

import {
  ApiSockets,
  DataEvents,
  definePlugin,
  Log,
  Metrics,
  Mux,
  Status,
  type StatusPage,
  StatusPages,
} from '../../sdk/index.js';
import { type ApiSocketConfig, apiSocketConfig } from './config.js';
import { handedOver } from './handed-over.js';
import { apiSocketMetrics } from './metrics.js';
import { clientOperations } from './operations.js';
import { SocketRules } from './socket-rules.js';
import { Sockets } from './sockets.js';

/** Time to close the clients that are left after a drain, milliseconds. */
const CLOSING_MS = 1000;

export const apiSocketPlugin = definePlugin({
  name: 'api-socket',
  version: '1.0.0',
  agentApi: 1,
  description: "Sockets that VPP's clients in any language can use in place of VPP's own (api-socket.conf).",
  requires: { mux: Mux, dataEvents: DataEvents, log: Log, status: Status },
  provides: { sockets: ApiSockets },
  contributes: { metrics: Metrics, pages: StatusPages },
  config: apiSocketConfig,
  create({ mux, dataEvents, log, status }, config) {
    let inEffect = config;
    const times = () => ({ pauseMs: inEffect['pause-timeout'], drainMs: inEffect['drain-timeout'] });
    const sockets = new Sockets(mux, log, handedOver(process.env, process.pid), times);
    const rules = new SocketRules();
    let stopRules: (() => void) | undefined;

    const enforce = (now: ApiSocketConfig) => {
      rules.replace(now.sockets);
      if (rules.isNeeded) stopRules ??= dataEvents.listen(rules);
      else {
        stopRules?.();
        stopRules = undefined;
      }
      if (stopRules !== undefined) dataEvents.decideAgain(rules);
    };
    const report = () => {
      const { length } = inEffect.sockets;
      const reason = length === 0 ? 'no socket is configured' : `listening on ${counted(length, 'socket')}`;
      status.report({ state: 'ok', reason, details: { apiSockets: shown(sockets) } });
    };
    const page: StatusPage = {
      path: '/clients',
      about: "VPP's clients that share the connection",
      read: () => ({ sockets: sockets.sockets(), clients: sockets.clients() }),
    };
    return {
      provide: { sockets },
      contribute: { metrics: apiSocketMetrics(sockets), pages: [page] },
      operations: clientOperations(sockets),
      init: () => enforce(config),
      // The policies of other plugins are in effect by then.
      async afterInit() {
        await sockets.apply(config.sockets);
        report();
      },
      async configuration({ after }) {
        await sockets.apply(after.sockets);
        inEffect = after;
        enforce(after);
        report();
      },
      drain() {
        const { length } = sockets.clients();
        // Without VPP there is nothing that clients could finish.
        const timeoutMs = mux.state === 'ready' || mux.state === 'degraded' ? inEffect['drain-timeout'] : 0;
        if (length === 0 || timeoutMs === 0) return undefined;
        const done = sockets.drain({ timeoutMs }).then(() => {});
        log.info(`waiting for ${counted(length, 'client')} to leave`);
        return { done, timeoutMs: timeoutMs + CLOSING_MS };
      },
      async close() {
        stopRules?.();
        await sockets.close();
      },
    };
  },
});

/** The section of `/status`, whose values are read when it is shown. */
function shown(sockets: ApiSockets) {
  return {
    get sockets() {
      return sockets.sockets().map(({ counters: _, ...rest }) => rest);
    },
  };
}

const counted = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
