import { linksUp } from '../sdk/links-up.js';
import { commands, compiles, shown } from './claims.js';
import { testDocument } from './document.js';
import type { World } from './world.js';

const CREATE = `import { definePlugin, Log, Mux, Status, token } from 'vppmux/plugin';
export default definePlugin({ name: 'piece', version: '1.0.0', agentApi: 1, requires: { mux: Mux, log: Log, status: Status },
  create({ mux, log, status }) {
    let names: string[] = [];
    return { async afterInit() {`;
const CREATED = '    void [log, status, names]; } };\n} });';

const plugin = (name: string, rest = 'create: () => ({})') =>
  `import { definePlugin, Log, Mux, Status, z } from 'vppmux/plugin';
export default definePlugin({ name: '${name}', version: '0.1.0', agentApi: 1, description: 'of a document', ${rest} });\n`;

/** Fails in its line 31, column 20, with what `plugin check` says of it. */
const LICENSED = plugin(
  'uplink-watch',
  `requires: { mux: Mux, log: Log, status: Status }, config: z.object({ every: z.string().default('10s') }),
  create: () => ({
    init() {${'\n'.repeat(27)}             throw new Error('no licence');
    },
  })`,
);

/**
 * The agents of documents listen on the port that is in the samples, which another one may have; and `--mock auto` starts the
 * mock only where nothing names a socket.
 */
const ownHttp = ({ shell, folder }: World) =>
  shell.run(
    `export VPP_API_SOCKET= HTTP_CONFIG=${folder}/conf/http.conf VPPMUX_TOKEN=$(sed -n 's/^write-token: //p' conf/http.conf)`,
  );

testDocument('docs/plugins.md', [
  compiles('// loop-watch.ts'),
  compiles('arpProxyKind'),
  commands('plugin new uplink-watch', {
    on: 'nothing',
    before: ownHttp,
    endless: { 'vppmux run': { until: 'connected to VPP', beside: 'vppmux op' } },
  }),
  commands('plugin check dist/src/uplink-watch.js', {
    on: 'nothing again',
    files: { 'dist/src/uplink-watch.js': LICENSED },
    exits: { 'plugin check': 1 },
  }),
  commands('@acme/counter', {
    on: 'mock',
    replace: ({ folder }) => [['/opt/', `${folder}/`]],
    files: {
      'lister.js': plugin('lister'),
      'a.js': plugin('a'),
      'b.js': plugin('b'),
      'node_modules/@acme/counter/package.json':
        '{ "name": "@acme/counter", "type": "module", "exports": "./index.js" }',
      'node_modules/@acme/counter/index.js': plugin('counter'),
    },
    endless: { 'vppmux run': { until: 'connected to VPP' } },
  }),
  compiles('configuration({ before, after })', {
    before: `import { definePlugin } from 'vppmux/plugin';
const routes = new Set<string>();
export default definePlugin({ name: 'hooks', version: '1.0.0', agentApi: 1, requires: {}, create: () => ({`,
    after: '}) });',
  }),
  compiles("name: 'write-audit'"),
  compiles('all are down', { before: `${CREATE} const ch = mux.channel();`, after: CREATED }),
  compiles('newAPIChannel', { before: CREATE, after: CREATED }),
  compiles('// links-up.ts'),
  shown('# HELP links_up', { on: 'nothing', actual: async () => (await linksUp()).metrics }),
  compiles('// pages.ts', {
    before: "import { collection, definePlugin, Log } from 'vppmux/plugin';",
    replace: [
      [
        "export default definePlugin({\n  name: 'uplink-page'",
        "export const one = definePlugin({\n  name: 'uplink-page'",
      ],
    ],
  }),
  compiles('PluginResources(ended', {
    before: `import { perPlugin, PluginResources } from 'vppmux/plugin';
const names: string[] = [];
const listeners = new Set<() => void>();
export const given = (log: Console) => ({`,
    after: '});',
  }),
  compiles('// uplinks.ts', { before: "import { token } from 'vppmux/plugin';" }),
]);
