import { expect, vi } from 'vitest';
import { commands, compiles, program } from './claims.js';
import { testDocument } from './document.js';
import type { World } from './world.js';

testDocument('README.md', [
  commands('npx vppmux call show_version', {
    on: 'agent',
    files: { 'routes.txt': '10.9.0.0/24 via 192.0.2.2 loop0\n' },
    replace: ({ socket, folder }) => [
      [`mock --socket ${socket}`, `mock --socket ${folder}/another.sock`],
      [/(old|new)\/api\b/g, 'node_modules/vppmux/mock-vpp/api'],
    ],
    endless: {
      'vppmux watch': { until: 'watching sw_interface_event' },
      'vppmux mock': { until: 'the mock listens on' },
      'vppmux trace': { until: 'control_ping' },
    },
  }),
  commands('npx vppmux proxy', {
    on: 'nothing',
    replace: [['127.0.0.1:9292', '127.0.0.1:0']],
    endless: {
      'vppmux mock': { until: 'listens on' },
      'vppmux proxy': { until: 'listening at http', beside: 'vppmux clients' },
    },
  }),
  // The mock has an object that no wish can say.
  commands('npx vppmux adopt', {
    on: 'agent',
    exits: { 'vppmux adopt': 1, 'vppmux plan': 2 },
    endless: { 'fleet demo': { until: 'Ctrl-C ends it' } },
  }),
  program("connect({ name: 'my-tool' })", {
    on: 'agent',
    name: 'client.ts',
    times: 2,
    prints: /^VPP .*\n[\s\S]*INVALID_SW_IF_INDEX\n$/,
  }),
  compiles("name: 'loop-watch'"),
  compiles("name: 'uplink.drain'", { before: "import { operation, z } from 'vppmux/plugin';" }),
  commands('/api/interface/list', { on: 'agent' }),
  commands('op interface set-state', { on: 'agent', prior: { 'set-state': tokenInEffect } }),
]);

/** The agent has taken the token that the reader made. */
function tokenInEffect({ agent, shell }: World): Promise<unknown> {
  const check = `curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $(cat ~/vppmux-token)" ${agent}/api`;
  return vi.waitFor(async () => expect(await shell.run(check)).toEqual({ code: 0, output: '200' }), {
    timeout: 60_000,
    interval: 100,
  });
}
