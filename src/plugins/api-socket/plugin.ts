/**
 * The plugin `api-socket`: Unix sockets that VPP's clients in any language use in place of VPP's own. They share the agent's one
 * connection to VPP, with its policy, fair turns, trace and statistics.
 */

import { definePlugin, Log, Mux, Status } from '../../sdk/index.js';
import { apiSocketConfig } from './config.js';
import { handedOver } from './handed-over.js';
import { Sockets } from './sockets.js';

export const apiSocketPlugin = definePlugin({
  name: 'api-socket',
  version: '1.0.0',
  agentApi: 1,
  description: "Sockets that VPP's clients in any language can use in place of VPP's own (api-socket.conf).",
  requires: { mux: Mux, log: Log, status: Status },
  config: apiSocketConfig,
  create({ mux, log, status }, config) {
    const sockets = new Sockets(mux, log, handedOver(process.env, process.pid));
    let inEffect = config;
    const report = () => {
      const { length } = inEffect.sockets;
      status.ok(length === 0 ? 'no socket is configured' : `listening on ${length} socket${length === 1 ? '' : 's'}`);
    };
    return {
      // Policies are in effect by then.
      async afterInit() {
        await sockets.listen(config.sockets);
        report();
      },
      drain() {
        const { length } = sockets.clients();
        // Without VPP there is nothing that clients could finish.
        const isThere = mux.state === 'ready' || mux.state === 'degraded';
        const timeoutMs = isThere ? inEffect['drain-timeout'] : 0;
        if (length === 0 || timeoutMs === 0) return undefined;
        const done = sockets.drain(timeoutMs);
        log.info(`waiting for ${length} client${length === 1 ? '' : 's'} to leave`);
        // All are closed when the time is up; that takes a moment, too.
        return { done, timeoutMs: timeoutMs + 1000 };
      },
      configuration({ after }) {
        inEffect = after;
        return { pendingRestart: ['sockets'] };
      },
      close: () => sockets.close(),
    };
  },
});
