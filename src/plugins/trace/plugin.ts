/**
 * The plugin `trace`: shows the messages between the agent and VPP to `vppmux trace`. Off unless switched on, and for callers on
 * this machine only: messages may hold keys and passwords, and fewer people may read VPP's socket than connect to a port.
 */

import { AgentInfo, definePlugin, Http, Log, MAIN, Mux } from '../../sdk/index.js';
import { type TraceConfig, traceConfig } from './config.js';
import { TraceService } from './trace-service.js';

export const tracePlugin = definePlugin({
  name: 'trace',
  version: '1.0.0',
  agentApi: 1,
  description: 'Shows the messages between the agent and VPP, for "vppmux trace" (trace.conf).',
  requires: { mux: Mux, http: Http, info: AgentInfo, log: Log },
  config: traceConfig,
  create({ mux, http, info, log }, config) {
    let service: TraceService | undefined;
    const show = (wanted: TraceConfig) => {
      service = wanted.enabled ? new TraceService(mux, http, info.dataplane, wanted) : undefined;
      if (!service) return;
      const what = wanted.ring > 0 ? `, the last ${wanted.ring} of them kept` : '';
      const command = `vppmux trace${info.dataplane === MAIN ? '' : ` --dataplane ${info.dataplane}`}`;
      log.info(`messages of VPP are shown to "${command}" on this machine${what}; they may hold secrets`);
    };
    return {
      init: () => show(config),
      configuration({ after }) {
        const before = service;
        before?.close('trace.conf has changed');
        show(after);
        if (before && !service) log.info('messages of VPP are shown no more');
      },
      close: () => service?.close(),
    };
  },
});
