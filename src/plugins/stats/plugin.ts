/** The plugin `stats`: VPP's counters for all plugins, and as operations. Nothing is opened, or tried, before somebody reads. */

import { definePlugin, Mux, Stats } from '../../sdk/index.js';
import { openStats } from '../../stats/index.js';
import { statsConfig } from './config.js';
import { statsOperations } from './operations.js';

export const statsPlugin = definePlugin({
  name: 'stats',
  version: '1.0.0',
  agentApi: 1,
  description: "VPP's counters for plugins and callers, read from its memory without a question to VPP (stats.conf).",
  requires: { mux: Mux },
  provides: { stats: Stats },
  config: statsConfig,
  create({ mux }, { ways, patience, slice }) {
    const stats = openStats({
      socket: () => mux.statsSocket,
      patience,
      slice,
      ...(ways.length > 0 && { ways }),
    });
    return {
      provide: { stats },
      operations: statsOperations(stats),
      close: () => stats.close(),
    };
  },
});
