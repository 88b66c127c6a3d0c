import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `npm run test:faults`: hostile input, mutations, processes that are killed or hang. All others: `npm test`. */
const FAULTS = [
  'test/faults/**/*.test.ts',
  'test/contract/faults.test.ts',
  'test/mock-vpp/releases.test.ts',
  'test/mux/codec/round-trip.test.ts',
  'test/mux/schema/mutation.test.ts',
];

/**
 * Their files share processes and what is loaded in them, which saves half of the work. Not those of the
 * agent: who blocked the event loop is judged for the whole process. A module beside the tests must have no hooks of its own
 * (`afterEach` at its top would be for the first file only): it calls `onTestFinished` where it is used.
 */
const TOGETHER = [
  ...[
    'cli/{call,commands,describe,doctor,fields,files,init,op,output,top,trace,vpp-cli}',
    'contract',
    'documents',
    'generate',
  ],
  ...['mock-vpp', 'mux', 'plugins', 'remote', 'sdk', 'stats', 'vpp', 'web', 'wish'],
].map((folder) => `test/${folder}/**/*.test.ts`);

const ALL = ['test/**/*.test.ts', 'examples/**/*.test.ts'];

/** The ones of these that exchange a module of Node or measure the whole process. */
const ALONE = [
  'test/contract/data-events.test.ts',
  'test/mux/codec/memory.test.ts',
  'test/mux/schema/footprint.test.ts',
  'test/plugins/http/authenticator.test.ts',
];

export default defineConfig({
  resolve: {
    // The package's own doors, read from source: examples and tests import what users import.
    alias: [
      { find: /^vppmux$/, replacement: source('./src/mux/index.ts') },
      { find: /^vppmux\/plugin$/, replacement: source('./src/sdk/index.ts') },
      { find: /^vppmux\/built-ins$/, replacement: source('./src/plugins/index.ts') },
      { find: /^vppmux\/agent$/, replacement: source('./src/agent/index.ts') },
      { find: /^vppmux\/mock$/, replacement: source('./mock-vpp/index.ts') },
      { find: /^vppmux\/vpp$/, replacement: source('./src/vpp/index.ts') },
      { find: /^vppmux\/wish$/, replacement: source('./src/wish/index.ts') },
      { find: /^vppmux\/remote$/, replacement: source('./src/remote/index.ts') },
    ],
  },
  test: {
    projects: [
      { extends: true, test: { name: 'units', include: TOGETHER, exclude: [...FAULTS, ...ALONE], isolate: false } },
      { extends: true, test: { name: 'tests', include: ALL, exclude: [...FAULTS, ...TOGETHER] } },
      { extends: true, test: { name: 'alone', include: ALONE } },
      { extends: true, test: { name: 'faults', include: FAULTS } },
    ],
    // vitest leaves a core free for itself, which on two cores is half of what there is.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 180_000,
    hookTimeout: 180_000,
    globalSetup: ['test/support/cache-folder.ts'],
    setupFiles: ['test/support/patience.ts'],
    expect: { poll: { timeout: 120_000 } },
    reporters: ['default'],
  },
});
