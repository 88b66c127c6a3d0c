import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from './blocks.js';
import { program } from './claims.js';
import { testDocument } from './document.js';
import { traceOf } from './traffic.js';
import type { World } from './world.js';

const TESTS = { on: 'mock', node: ['--test'], prints: /^# pass 1$/m } as const;

const LOOP_WATCH = blocksOf('docs/plugins.md').find(({ text }) => text.startsWith('// loop-watch.ts'))!.text;

const MY_PROGRAM = `export async function interfacesDown(vpp) {
  const all = await vpp.channel().dump('sw_interface_dump').toArray();
  return all.filter((itf) => (itf.flags & 1) === 0).map((itf) => itf.interface_name);
}\n`;

/** The night: two interfaces of four are down. */
async function incident(world: World, folder: string): Promise<void> {
  const names = ['eth0', 'eth1', 'eth2', 'eth3'];
  world.mock!.handle('sw_interface_dump', () =>
    names.map((interface_name, sw_if_index) => ({ interface_name, sw_if_index, flags: sw_if_index % 3 === 0 ? 3 : 0 })),
  );
  const trace = await traceOf(world, (channel) => channel.dump('sw_interface_dump').toArray());
  writeFileSync(join(folder, 'incident.trace'), trace);
}

testDocument('docs/testing.md', [
  program('// refusal.test.mjs', { ...TESTS, name: 'refusal.test.mjs' }),
  program('// incident.test.mjs', {
    ...TESTS,
    name: 'incident.test.mjs',
    files: { 'my-program.js': MY_PROGRAM },
    before: incident,
  }),
  program('// loop-watch.test.mjs', {
    ...TESTS,
    name: 'loop-watch.test.mjs',
    modules: { 'loop-watch.ts': LOOP_WATCH },
  }),
]);
