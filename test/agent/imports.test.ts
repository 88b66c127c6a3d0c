/**
 * Folders are tiers, and imports go one way (DESIGN, "Layers"): a lower tier never knows a higher one, and a
 * library is known only where it belongs.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Import {
  readonly from: string;
  /** A path inside the project, or the name of a library. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const IMPORT = /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

function importsOf(folder: string): Import[] {
  const files = readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const from = posix.join(folder, file.replaceAll('\\', '/'));
      const text = readFileSync(`${root}${from}`, 'utf8');
      return [...text.matchAll(IMPORT)].map(([, , type, plain, dynamic]): Import => {
        const name = plain ?? dynamic;
        const to = name.startsWith('.') ? posix.join(posix.dirname(from), name).replace(/\.js$/, '.ts') : name;
        return { from, to, typeOnly: type !== undefined };
      });
    });
}

const all = ['src', 'mock-vpp', 'examples'].flatMap(importsOf);
const isInside = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** Imports out of `folder` that lead neither into it, nor into what it may know, nor to a library. */
function strays(folder: string, mayKnow: readonly string[]): string[] {
  return all
    .filter(({ from, to }) => isInside(from, folder) && /^(src|mock-vpp|examples|test)\//.test(to))
    .filter(({ to }) => ![folder, ...mayKnow].some((known) => isInside(to, known)))
    .map(({ from, to }) => `${from} imports ${to}`);
}

/** Knows nothing of VPP or agents; everybody may use it. */
const NEUTRAL = [
  'make-folders',
  'nearest',
  'printable',
  'thrown',
  'glob',
  'regular-file',
  'repeated-lines',
  'socket-path',
  'path-steps',
  'debug',
]
  .map((name) => `src/${name}.ts`)
  .concat('src/json-schema');
const BELOW = [
  ...NEUTRAL,
  'src/mux/errors.ts',
  'src/mux/retval.ts',
  'src/mux/fifo.ts',
  'src/mux/types.ts',
  'src/mux/types',
  'src/mux/known-options.ts',
  'src/mux/options.ts',
];
const MUX = ['schema', 'codec', 'json', 'compat', 'hazards', 'link', 'session', 'access', 'channel', 'connection'].map(
  (tier) => `src/mux/${tier}`,
);

describe('imports', () => {
  test('are found at all, of every kind', () => {
    expect(all.length).toBeGreaterThan(300);
    expect(all).toContainEqual({ from: 'src/agent/start/container.ts', to: 'inversify', typeOnly: false });
    expect(all).toContainEqual({ from: 'src/plugins/govpp/token.ts', to: 'src/mux/index.ts', typeOnly: true });
    expect(all.some(({ to }) => to === 'examples/interface-lister/interface-lister.ts')).toBe(true);
  });

  test.each([
    ['src/mux', NEUTRAL],
    ['src/mux/compat', ['src/mux/schema', 'src/mux/types.ts', ...NEUTRAL]],
    ['src/agent', NEUTRAL],
    ['src/vpp', [...NEUTRAL, 'src/mux/index.ts']],
    [
      'src/plugins',
      [
        ...NEUTRAL,
        'src/agent',
        'src/mux/index.ts',
        'src/vpp/index.ts',
        'examples/interface-lister/interface-lister.ts',
      ],
    ],
    ['mock-vpp', ['src/mux/internal.ts']],
    ['examples', []],
  ])('%s: knows nothing but itself and %j', (folder, mayKnow) => {
    expect(strays(folder, mayKnow)).toEqual([]);
  });

  test.each(MUX.map((folder, i) => [folder, MUX.slice(0, i)]))('%s: knows the tiers below it', (folder, below) => {
    const shared = [...BELOW, 'src/mux/abort.ts', 'src/mux/call-site.ts', 'src/mux/rx.ts', 'src/mux/trace'];
    expect(strays(String(folder), [...below, ...(MUX.indexOf(String(folder)) < 3 ? BELOW : shared)])).toEqual([]);
  });

  test('the public shapes: are at the bottom, known by their one door', () => {
    const shapes = ['src/mux/schema/model.ts', 'src/mux/codec/codec.ts'];
    expect(strays('src/mux/types', shapes)).toEqual([]);
    expect(strays('src/mux/types.ts', ['src/mux/types'])).toEqual([]);
    const door = all.filter(({ to }) => isInside(to, 'src/mux/types')).map(({ from }) => from);
    expect(door.filter((from) => from !== 'src/mux/types.ts' && !isInside(from, 'src/mux/types'))).toEqual([]);
  });

  test('the door for mock and tests: opens nothing above the codec and its JSON', () => {
    const opened = all.filter(({ from }) => from === 'src/mux/internal.ts').map(({ to }) => to);
    expect(
      opened.filter(
        (to) =>
          !/^src\/mux\/(schema|codec|json)\/|^src\/(mux\/errors|make-folders|nearest|printable|thrown|regular-file|socket-path)\.ts$/.test(
            to,
          ),
      ),
    ).toEqual([]);
  });

  test('plugins: do not reach into each other’s folders but for tokens', () => {
    const folders = ['govpp', 'http', 'gateway', 'health', 'policy', 'trace', 'operations'].map(
      (name) => `src/plugins/${name}`,
    );
    const across = all.filter(
      ({ from, to }) =>
        folders.some((own) => isInside(from, own) && !isInside(to, own)) &&
        folders.some((other) => isInside(to, other)) &&
        !to.endsWith('/token.ts'),
    );
    expect(across).toEqual([]);
  });
});

describe('libraries', () => {
  test.each([
    ['inversify', ['src/agent/start/container.ts']],
    ['yaml', ['src/agent/config']],
    ['pino', ['src/agent', 'src/cli']],
    ['pino-pretty', ['src/agent/log/log.ts']],
    ['fastify', ['src/plugins']],
    ['ws', ['src/plugins', 'src/cli/trace', 'src/cli/status']],
    ['commander', ['src/cli']],
    ['zod', ['src/agent', 'src/plugins']],
  ])('%s: is known in %j only', (library, places) => {
    const elsewhere = all.filter(({ to, from }) => to === library && !places.some((place) => isInside(from, place)));
    expect(elsewhere).toEqual([]);
  });

  test('rxjs: at the edges, elsewhere its types only', () => {
    const users = all.filter(({ to, typeOnly }) => /^rxjs\b/.test(to) && !typeOnly).map(({ from }) => from);
    expect([...new Set(users)].filter((from) => from.startsWith('src/')).sort()).toEqual([
      'src/agent/opened.ts',
      'src/agent/process/shutdown-reason.ts',
      'src/agent/status-board.ts',
      'src/mux/rx.ts',
    ]);
  });

  test('the mux: needs rxjs and nothing else', () => {
    const needs = all.filter(({ from, to }) => isInside(from, 'src/mux') && !to.startsWith('src/')).map(({ to }) => to);
    const packages = needs.filter((to) => !to.startsWith('node:')).map((to) => to.split('/')[0]);
    expect([...new Set(packages)]).toEqual(['rxjs']);
  });
});
