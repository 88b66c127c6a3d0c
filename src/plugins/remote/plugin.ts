/**
 * The plugin `remote`: every message of VPP, from anywhere and in any language, over HTTP and WebSockets. Its callers are clients of
 * the agent's one connection as plugins are: with policy, audit, trace, turns and limits.
 */

import { AgentInfo, baseAt, definePlugin, Http, Log, Metrics, Mux, Operations, Status } from '../../sdk/index.js';
import { Callers } from './callers.js';
import { feedBoundsOf, limitsOf, remoteConfig, socketLimitsOf } from './config.js';
import { EventHandler } from './events/event-handler.js';
import { serveRest } from './rest/routes.js';
import { serveSockets } from './socket/serve-sockets.js';

export const remotePlugin = definePlugin({
  name: 'remote',
  version: '1.0.0',
  agentApi: 1,
  description: 'Every message of VPP over HTTP, at /vpp, and WebSockets, at /ws (remote.conf).',
  optional: true,
  requires: { http: Http, mux: Mux, operations: Operations, info: AgentInfo, log: Log, status: Status },
  contributes: { metrics: Metrics },
  config: remoteConfig,
  create({ status, ...services }, config) {
    const { http, mux, info, log } = services;
    let inEffect = config;
    const callers = new Callers(mux, limitsOf(config));
    const events = new EventHandler({ http, mux, callers, bounds: () => feedBoundsOf(inEffect) });
    const sockets = serveSockets({ ...services, callers, limits: () => socketLimitsOf(inEffect) });
    let heartbeat: NodeJS.Timeout | undefined;
    const beat = () => {
      clearInterval(heartbeat);
      heartbeat = setInterval(() => events.beat(), inEffect.heartbeat).unref();
    };
    return {
      contribute: { metrics: sockets.metrics },
      init() {
        const base = baseAt(info.dataplane);
        serveRest({ http, mux, callers, events, log, base, maxBuffer: () => inEffect['max-buffer'] });
        beat();
        sockets.start();
        status.report({ state: 'ok', reason: `at ${base}/vpp`, details: { remote: shown(callers) } });
      },
      configuration({ after }) {
        inEffect = after;
        callers.configure(limitsOf(after));
        beat();
      },
      close() {
        clearInterval(heartbeat);
        events.close();
        sockets.close('the agent, or its plugin remote, has ended');
        callers.close('the agent, or its plugin remote, has ended');
      },
    };
  },
});

/** The section of `/status`, whose values are read when it is shown. */
function shown(callers: Callers) {
  return {
    get callers() {
      return callers.shown;
    },
  };
}
