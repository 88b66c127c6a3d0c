import { expect, vi } from 'vitest';
import { sharedMissing } from '../support/shared.js';
import { checked, commands, shown } from './claims.js';
import { testDocument } from './document.js';
import { call, downAndUp, routes, setState } from './traffic.js';
import { TOKEN, type World } from './world.js';

const loopback = (state: 'up' | 'down') => (world: World) =>
  call(world, 'interface/set-state', { interface: 'loop0', state });

/** One event, and then VPP is another one. */
async function eventAndRestart(world: World): Promise<void> {
  await setState(world, 1, 'down');
  await world.mock!.restart();
}

testDocument('docs/cli.md', [
  commands('call show_version\nprogram', { on: 'mock' }),
  commands('sw_if_index=99', { on: 'mock', exits: { 'sw_if_index=99': 1 } }),
  commands('--columns sw_if_index', { on: 'mock' }),
  commands('--output csv --columns', {
    on: 'mock csv',
    before: async ({ shell }) => {
      await shell.run('vppmux call create_loopback mac_address=de:ad:00:00:00:42');
      await shell.run('vppmux call sw_interface_add_del_address is_add=true sw_if_index=1 prefix=192.0.2.1/24');
    },
  }),
  commands('vppmux repl | jq', { on: 'mock' }),
  checked('completion bash)', {
    on: 'nothing',
    async check(text, { shell, folder }) {
      for (const line of text.trim().split('\n')) {
        const { code, output } = await shell.run(line.replaceAll(/~\/\S+\//g, `${folder}/`));
        expect({ code, output }).toEqual({ code: 0, output: '' });
      }
    },
  }),
  commands('load routes.txt', { on: 'mock', exits: { 'load routes.txt': 1 } }),
  commands('09:21:53.587  sw_interface_event', {
    on: 'mock',
    endless: { watch: { ready: 'watching', meanwhile: downAndUp } },
  }),
  shown('"_event":"sw_interface_event","resync"', {
    on: 'mock',
    before: (world) => setState(world, 1, 'up'),
    actual: async (world) => {
      const asked = () => world.mock!.received('want_interface_events');
      const before = asked();
      const going = {
        meanwhile: async () => {
          await vi.waitFor(() => expect(asked()).toBeGreaterThan(before));
          await eventAndRestart(world);
        },
        seen: (output: string) => output.includes('"resync"'),
      };
      const { output } = await world.shell.run('vppmux watch sw_interface_event --json', going);
      return output.replaceAll(/^vppmux: .*\n/gm, '');
    },
  }),
  commands('vppmux ping -n 3', { on: 'mock' }),
  commands('describe sw_interface_set_flags', { on: 'release', unless: sharedMissing }),
  commands('select(.deprecated)', { on: 'mock' }),
  commands('--save before.json', { on: 'mock', replace: ({ socket }) => [['/run/vpp/api.sock', socket]] }),
  commands('stats ls', { on: 'mock' }),
  commands('select(.ok != "yes")', { on: 'mock' }),
  commands('-- VPP 26.06-mock at', {
    on: 'agent',
    before: loopback('down'),
    endless: { trace: { ready: '-- VPP', meanwhile: loopback('up') } },
  }),
  commands('--save incident.trace', {
    on: 'agent',
    replace: ({ folder, socket }) => [[socket, `${folder}/replay.sock`]],
    // Refused by VPP, as what the second command looks for.
    before: (world) => call(world, 'route/add', { routes: ['10.9.0.0/16 table 99 via 192.0.2.2 next-hop-table 0'] }),
    endless: { 'trace -f': { until: '"retval":-' }, 'vppmux mock': { until: 'listens on' } },
  }),
  commands('sudo vppmux init', { on: 'mock', replace: ({ folder }) => [['/etc/vppmux', `${folder}/etc`]] }),
  commands('vppmux op interface\n', {
    on: 'agent',
    before: loopback('down'),
    replace: [['~/write-token', 'write-token']],
    files: { 'write-token': TOKEN, 'routes.txt': `${routes(20_000).join('\n')}\n` },
  }),
  commands('loop9', { on: 'agent', exits: { loop9: 1 } }),
  commands('npx vppmux status\nready', { on: 'agent' }),
  commands('"192.0.2.3"', {
    on: 'mock',
    before: async ({ mock, shell }) => {
      mock!.dataplane.addLoopback();
      const route =
        "is_add=true route.prefix=10.1.0.0/24 'route.paths[0].sw_if_index=1' 'route.paths[0].nh.address.ip4=192.0.2.2'";
      await shell.run(`vppmux call ip_route_add_del_v2 ${route}`);
    },
  }),
  commands('flags.jsonl', {
    on: 'mock',
    files: { 'flags.jsonl': [0, 77, 0].map((sw_if_index) => JSON.stringify({ sw_if_index, flags: 1 })).join('\n') },
    exits: { 'flags.jsonl': 1 },
  }),
  commands('plugin help operations', { on: 'nothing' }),
  commands('echo \'{"sw_if_index": 1', { on: 'mock', before: ({ mock }) => mock!.dataplane.addLoopback() }),
  commands('vppmux generate', { on: 'mock', replace: [['/run/vpp/api.sock', '$VPP_API_SOCKET']] }),
]);
