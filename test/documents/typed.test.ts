import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { commands, compiles, program } from './claims.js';
import { testDocument } from './document.js';

testDocument('docs/typed.md', [
  program("ch.request('sw_interface_set_flags'", {
    on: 'mock',
    name: 'release.ts',
    prints: /^VPP 26\.06-mock\n(?:\S+ \S+\n)+$/,
  }),
  compiles('declare module', {
    before: "import { createConnection } from 'vppmux';",
    after:
      "export const version: Promise<string> = createConnection().channel().request('show_version').then((reply) => reply.version);",
  }),
  commands('--socket /run/vpp/api.sock', { on: 'mock', replace: [['/run/vpp/api.sock', '$VPP_API_SOCKET']] }),
  commands('--used', { on: 'mock used', files: { 'src/main.ts': "ch.request('show_version');\n" } }),
  program('compat.json', {
    on: 'mock used',
    name: 'expect.ts',
    before: (world, folder) => cpSync(join(world.folder, 'src/vpp'), join(folder, 'src/vpp'), { recursive: true }),
    prints: /^ready\n$/,
  }),
  program('enumValues', { on: 'mock', name: 'enums.ts', prints: /^local0 IF_API_TYPE_HARDWARE\n(?:.+\n)*$/ }),
]);
