import { compiles, program } from './claims.js';
import { testDocument } from './document.js';

testDocument('docs/stats.md', [
  program('stats.interfaces()', {
    on: 'mock',
    name: 'counters.ts',
    before: (world) => {
      world.env.VPP_STATS_SOCKET = world.statsSocket;
    },
    prints: /^local0: 0 packets received, 0 dropped\n(.+\n)*heartbeat \d+, \d+ workers\n$/,
  }),
  compiles('reader.watch', { before: "import { openStats } from 'vppmux/stats';" }),
  compiles('drop-watch', { before: "import { definePlugin, Log, Stats } from 'vppmux/plugin';" }),
]);
