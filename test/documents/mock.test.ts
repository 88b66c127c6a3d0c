import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownApiDir } from '../support/mock.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { pythonMissing } from '../support/tools.js';
import { checked, commands, compiles, program, shown } from './claims.js';
import { testDocument } from './document.js';
import { govppMissing, runGo, runPython } from './foreign.js';
import { traceOf } from './traffic.js';
import type { World } from './world.js';

/** A trace of the release that the mock plays, with one request in it. */
const oneRequest = (world: World, only?: (name: string | undefined) => boolean) =>
  traceOf(world, (channel) => channel.request('sw_interface_set_flags', { sw_if_index: 0, flags: 1 }), only);

testDocument('docs/mock.md', [
  commands('--socket /tmp/vpp.sock\n', { on: 'nothing', endless: { 'vppmux mock': {} } }),
  compiles('import { Retval, startMock }'),
  compiles("mock.emit('l2_macs_event'", {
    before: "import { Retval, startMock } from 'vppmux/mock';\nconst mock = await startMock({ socket: 'x' });",
  }),
  checked('vpp_papi import', {
    on: 'mock',
    excuse: pythonMissing('vpp_papi'),
    replace: [['node_modules/vppmux/mock-vpp/api', ownApiDir]],
    check: runPython,
  }),
  checked('govpp.Connect', { on: 'mock', excuse: govppMissing(), check: runGo }),
  commands('--traffic 50000', { on: 'nothing', endless: { 'vppmux mock': {} } }),
  program('stats: { file:', { on: 'nothing', name: 'counters.ts' }),
  program('defineKind({', { on: 'nothing', name: 'kind.ts' }),
  commands('answers as in incident.trace', {
    on: 'release',
    unless: sharedMissing,
    before: async (world) => writeFileSync(join(world.folder, 'incident.trace'), await oneRequest(world)),
    replace: ({ folder, socket }) => [
      [socket, `${folder}/replay.sock`],
      ['/usr/share/vpp/api', sharedPath('vpp-api', '26.06')],
    ],
    endless: {
      'vppmux mock': {
        ready: 'listens on',
        meanwhile: ({ shell, folder }) =>
          shell.another().run(`vppmux dump ip_route_dump table.table_id=0 -t 1s --socket ${folder}/replay.sock`),
      },
    },
  }),
  shown('"format":"vppmux-trace"', {
    on: 'release',
    unless: sharedMissing,
    // A reader that was too slow has missed some: test/mux/trace/trace-file.test.ts.
    replace: ({ socket }) => [
      ['{"dropped":12}\n', ''],
      ['/run/vpp/api.sock', socket],
      ['"sw_if_index":1', '"sw_if_index":0'],
    ],
    actual: (world) => oneRequest(world, (name) => name === undefined || name.startsWith('sw_interface_set_flags')),
  }),
  commands('--misbehave delay', { on: 'nothing', endless: { 'vppmux mock': { until: 'listens on' } } }),
]);
