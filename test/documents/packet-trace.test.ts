import { commands } from './claims.js';
import { testDocument } from './document.js';
import { TOKEN, type World } from './world.js';

const withToken = (world: World) => world.shell.run(`TOKEN=${TOKEN}; VPPMUX_TOKEN=${TOKEN}; export TOKEN VPPMUX_TOKEN`);

testDocument('docs/packet-trace.md', [
  commands('vppmux packet-trace --proto udp', { on: 'agent', before: withToken }),
  commands('/api/packet-trace/start', {
    on: 'agent',
    before: withToken,
    replace: (world) => [['localhost:9191', world.agent ?? '']],
  }),
]);
