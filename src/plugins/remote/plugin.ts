/**
 * The plugin `remote`: every message of VPP, from anywhere and in any language, over HTTP. Its callers are clients of
 * the agent's one connection as plugins are: with policy, audit, trace, turns and limits.
 */

import { definePlugin, Http, Log, Mux, Status } from '../../sdk/index.js';
import { Callers } from './callers.js';
import { feedBoundsOf, limitsOf, remoteConfig } from './config.js';
import { EventHandler } from './events/event-handler.js';
import { serveRest } from './rest/routes.js';

export const remotePlugin = definePlugin({
  name: 'remote',
  version: '1.0.0',
  agentApi: 1,
  description: 'Every message of VPP over HTTP, at /vpp (remote.conf).',
  optional: true,
  requires: { http: Http, mux: Mux, log: Log, status: Status },
  config: remoteConfig,
  create({ http, mux, log, status }, config) {
    let inEffect = config;
    const callers = new Callers(mux, limitsOf(config));
    const events = new EventHandler({ http, mux, callers, bounds: () => feedBoundsOf(inEffect) });
    let heartbeat: NodeJS.Timeout | undefined;
    const beat = () => {
      clearInterval(heartbeat);
      heartbeat = setInterval(() => events.beat(), inEffect.heartbeat).unref();
    };
    return {
      init() {
        serveRest({ http, mux, callers, events, log, maxBuffer: () => inEffect['max-buffer'] });
        beat();
        status.report({ state: 'ok', reason: 'at /vpp', details: { remote: shown(callers) } });
      },
      configuration({ after }) {
        inEffect = after;
        callers.configure(limitsOf(after));
        beat();
      },
      close() {
        clearInterval(heartbeat);
        events.close();
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
