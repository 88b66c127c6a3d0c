import { compiles, settings } from './claims.js';
import { testDocument } from './document.js';

testDocument('docs/redundancy.md', [
  settings('dataplanes:', { file: 'govpp.conf' }),
  compiles("backup: { socket: '/run/vpp2/api.sock' }", { before: "import { connect } from 'vppmux';" }),
  compiles('failBackAt', {
    before: `import type { ConnectionStatus } from 'vppmux';
declare const socket: string, reason: string, since: Date;
export const status: Partial<ConnectionStatus> = {`,
    after: '};',
    replace: [[': Date,', ': new Date(),']],
  }),
  compiles('saveState', {
    before: `import { definePlugin, Log, Mux } from 'vppmux/plugin';
const leases: string[] = [];
const restore = (_state: unknown) => {}, configureAnew = () => {};
export default definePlugin({ name: 'leases', version: '1.0.0', agentApi: 1, requires: { mux: Mux, log: Log },`,
    after: '});',
  }),
]);
