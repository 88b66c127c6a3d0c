import { commands, compiles, program, shown } from './claims.js';
import { testDocument } from './document.js';
import { frames } from './frames.js';
import { downAndUp } from './traffic.js';
import { TOKEN, type World } from './world.js';

testDocument('docs/remote.md', [
  frames('"type": "hello"', { on: 'agent', path: '/ws' }),
  commands('/vpp/show_version', {
    on: 'agent',
    before: async ({ shell }) => void (await shell.run(`TOKEN=${TOKEN}; export TOKEN`)),
  }),
  shown('urn:vppmux:RETVAL', { on: 'agent', actual: refusal }),
  commands('/vpp/events/sw_interface_event', {
    on: 'agent',
    exits: { 'curl -sN': 130 },
    endless: { 'curl -sN': { ready: 'data: {"event"', meanwhile: downAndUp, until: '"flags":3' } },
  }),
  program('error.retvalName', {
    on: 'agent',
    name: 'remote.ts',
    before({ env, agent }) {
      env.VPPMUX_TOKEN = TOKEN;
      env.AGENT = `http://${agent}`;
    },
    replace: [["'http://localhost:9191'", 'process.env.AGENT']],
    prints: /^0 local0\n(\d+ \w+\n)+INVALID_SW_IF_INDEX\n\d+ interfaces\ntrue\n$/,
  }),
  compiles('sessionStorage', {
    before: `import { connectRemote } from 'vppmux/remote';\ndeclare const sessionStorage: { getItem(key: string): string | null };`,
  }),
]);

/** A problem document. */
async function refusal({ agent }: World): Promise<string> {
  const response = await fetch(`http://${agent}/vpp/sw_interface_set_flags`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: '{"sw_if_index":77}',
  });
  return response.text();
}
