import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { validateWish } from '../../src/wish/index.js';
import { checked, commands, program } from './claims.js';
import { testDocument } from './document.js';
import { TOKEN } from './world.js';

/** A wish without a mistake. */
const valid = (begin: string) =>
  checked(begin, { on: 'nothing', check: async (text) => expect(validateWish(text).errors).toEqual([]) });

testDocument('docs/wish.md', [
  checked('bridgedomains:', {
    on: 'nothing',
    check: async (text, world) => {
      expect(validateWish(text).errors).toEqual([]);
      writeFileSync(join(world.folder, 'vpp.yaml'), text);
    },
  }),
  valid('routes: |'),
  valid('memif-sockets:'),
  valid('nat44:'),
  valid('policers:'),
  valid('rx-mode:'),
  valid('raw:'),
  program('graphOf', {
    on: 'mock',
    name: 'graph.ts',
    prints: /^flowchart LR\n.*"loopback\/loop0<br\/>missing: is not there"/s,
  }),
  commands('$ vppmux validate vpp.yaml', { on: 'nothing', exits: { 'wrong.yaml': 1 } }),
  commands('vppmux plan loops.yaml', { on: 'mock', exits: { 'plan loops.yaml': 2, '--as-cli': 2, 'plan --json': 2 } }),
  commands('adopt > vpp.yaml', { on: 'mock again', replace: ({ socket }) => [['/tmp/vpp.sock', socket]] }),
  commands('apply loop7.yaml', {
    on: 'both',
    files: { 'write-token': TOKEN },
  }),
  program('of errors) console.log', {
    on: 'nothing',
    name: 'check.ts',
    files: { 'vpp.yaml': 'loopbacks:\n  loop0: { mtu: 1500 }\n' },
    prints: /^true\n$/,
  }),
]);
