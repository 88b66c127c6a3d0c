import { compiles, settings } from './claims.js';
import { testDocument } from './document.js';

const GOVPP = 'dataplanes: { edge: { binapi-socket-path: /run/e.sock }, core: { binapi-socket-path: /run/c.sock } }\n';

testDocument('docs/dataplanes.md', [
  settings('# govpp.conf', { file: 'govpp.conf' }),
  settings('# agent.yaml', { file: 'agent.yaml', files: { 'govpp.conf': GOVPP } }),
  compiles("named(Mux, 'edge')", {
    before: `import { definePlugin, Mux, named } from 'vppmux/plugin';
export default definePlugin({ name: 'both', version: '1.0.0', agentApi: 1,`,
    after: '});',
  }),
]);
