/** The plugin `capture`: packet traces and pcap captures of VPP, under a lease, as operations. */

import { definePlugin, Log, Mux } from '../../sdk/index.js';
import { Captures } from './captures.js';
import { captureConfig } from './config.js';
import { packetTraceOperations } from './packet-trace-operations.js';
import { pcapOperations } from './pcap-operations.js';
import { Records, recordsFolder } from './records.js';

export const capturePlugin = definePlugin({
  name: 'capture',
  version: '1.0.0',
  agentApi: 1,
  description: 'Packet traces and pcap captures of VPP, one at a time and always undone: as operations.',
  requires: { mux: Mux, log: Log },
  config: captureConfig,
  create({ mux, log }, config) {
    let inEffect = config;
    const captures = new Captures({
      vpp: mux,
      records: new Records(recordsFolder(process.env)),
      vppTmp: () => inEffect['vpp-tmp'],
      warn: (text) => log.warn(text),
    });
    const service = {
      captures,
      get config() {
        return inEffect;
      },
    };
    return {
      operations: [...packetTraceOperations(service), ...pcapOperations(service)],
      afterInit: () => captures.watch(),
      configuration({ after }) {
        inEffect = after;
      },
      close: () => captures.close(),
    };
  },
});
