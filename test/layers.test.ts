/**
 * Folders are tiers, and imports go one way (ARCHITECTURE.md, "The picture"): a lower tier never knows a higher one, a part is entered by its
 * door, and a library is known only where it belongs. Imports of types count as well.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

interface Import {
  readonly from: string;
  /** A file of the project, or the name of a library. */
  readonly to: string;
  readonly typeOnly: boolean;
  /** Loaded when it is first needed, by `import()`. */
  readonly late: boolean;
}

const IMPORT = /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

/** The package's own doors by the names that users import them under. */
const DOORS = Object.fromEntries(
  Object.entries(JSON.parse(readFileSync(`${root}tsconfig.json`, 'utf8')).compilerOptions.paths as object).map(
    ([name, [file]]) => [name, posix.normalize(file)],
  ),
);

const files = ['src', 'mock-vpp', 'examples'].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => posix.join(folder, file.replaceAll('\\', '/'))),
);
const all = files.flatMap((from) => {
  const text = readFileSync(`${root}${from}`, 'utf8');
  return [...text.matchAll(IMPORT)].map(([, , type, plain, dynamic]): Import => {
    const name = plain ?? dynamic;
    const file = name.startsWith('.') ? posix.join(posix.dirname(from), name).replace(/\.js$/, '.ts') : DOORS[name];
    return { from, to: file ?? name, typeOnly: type !== undefined, late: dynamic !== undefined };
  });
});
const isInside = (path: string, place: string) => path === place || path.startsWith(`${place}/`);
const within = all.filter(({ to }) => /^(src|mock-vpp|examples|test)\//.test(to));

/** Files that know nothing of VPP or agents; everybody may use them. */
const NEUTRAL = [
  ...[
    'abort',
    'backoff',
    'c-library',
    'debug',
    'duration',
    'glob',
    'item-queue',
    'make-folders',
    'nearest',
    'path-steps',
    'pause',
    'printable',
    'process-identity',
    'regular-file',
    'repeated-lines',
    'slices',
    'sequence',
    'secret-key',
  ],
  ...['socket-file', 'socket-path', 'thrown', 'token-bucket', 'yaml-text'],
]
  .map((name) => `src/${name}.ts`)
  .concat('src/json-schema');

const MUX_BASE = [...NEUTRAL, 'src/mux/errors.ts', 'src/mux/retval.ts'];
/** Public shapes, options and small parts that every tier above the codec may use. */
const MUX_SHARED = ['call-site', 'fifo', 'options', 'rx', 'types']
  .map((name) => `src/mux/${name}.ts`)
  .concat('src/mux/options');
/** From the lowest tier up: each may import those before it. */
const MUX_TIERS = [
  'schema',
  'codec',
  'json',
  'compat',
  'hazards',
  'quirks',
  'link',
  'session',
  'describe',
  'trace',
  'interceptors',
  'channel',
  'relay',
  'connection',
];
const muxBelow = (tier: string) => MUX_TIERS.slice(0, MUX_TIERS.indexOf(tier)).map((name) => `src/mux/${name}`);
const MUX_ALL = [...MUX_BASE, ...MUX_SHARED, ...MUX_TIERS.map((name) => `src/mux/${name}`)];

/** Parts of the agent from the lowest up: each may import the ones before it. A plugin goes through choose, order and start. */
const AGENT_TIERS = [
  ...['errors.ts', 'names.ts', 'token.ts', 'describe-value.ts', 'log', 'lifetime', 'config', 'process', 'status'],
  ...['operations', 'plugin', 'control', 'choose', 'order', 'start', 'boot'],
].map((name) => `src/agent/${name}`);

/** A built-in plugin imports what anybody's plugin can: the plugin door and the mux's door. Plugins share tokens, never code. */
const OF_PLUGINS = [...NEUTRAL, 'src/sdk/index.ts', 'src/mux/index.ts', 'src/vpp/index.ts', 'src/stats/index.ts'];
const PLUGINS = [
  'api-socket',
  'capture',
  'dashboard',
  'desired-state',
  'etcd',
  'gateway',
  'govpp',
  'health',
  'http',
  'metrics',
  'operations',
  'policy',
  'remote',
  'stats',
  'trace',
];

/** Parts of the mock from the lowest up; those of one tier, which a kind is written with, may import each other. */
const MOCK_TIERS = [
  ...[['retvals.ts'], ['dataplane'], ['traffic'], ['wire'], ['vpp.ts', 'cli', 'handlers', 'kind.ts'], ['kinds']],
  ...[['misbehaviour'], ['options.ts'], ['replay'], ['stats'], ['server']],
].map((tier) => tier.map((name) => `mock-vpp/${name}`));
const mockUpTo = (tier: number) => ['src/mux/internal.ts', ...MOCK_TIERS.slice(0, tier + 1).flat()];

/** The command line enters each part by its doors. */
const OF_CLI = [
  ...NEUTRAL,
  ...['src/mux/index.ts', 'src/mux/for-cli.ts', 'src/agent/index.ts', 'src/agent/for-cli.ts'],
  ...['index', 'for-cli', 'protocol'].map((door) => `src/plugins/${door}.ts`),
  ...['src/sdk/index.ts', 'src/stats/index.ts', 'src/generate/index.ts', 'src/wish/index.ts', 'mock-vpp/index.ts'],
  ...['src/vpp/for-cli.ts', 'src/vpp/for-wish.ts', 'src/fleet/index.ts'],
];

/** Place → what it may import besides itself. A file belongs to the longest place that it is inside of. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(NEUTRAL.map((file) => [file, NEUTRAL])),

  'src/mux/errors.ts': MUX_BASE,
  'src/mux/retval.ts': NEUTRAL,
  ...Object.fromEntries(MUX_SHARED.map((file) => [file, [...MUX_BASE, ...MUX_SHARED]])),
  // The public shapes are at the bottom, known by their one door.
  'src/mux/types': ['src/mux/schema/model.ts', 'src/mux/codec/codec.ts'],
  'src/mux/types.ts': ['src/mux/types'],
  ...Object.fromEntries(
    MUX_TIERS.map((tier, i) => [`src/mux/${tier}`, [...MUX_BASE, ...(i < 3 ? [] : MUX_SHARED), ...muxBelow(tier)]]),
  ),
  'src/mux/compat': [...MUX_BASE, 'src/mux/schema', 'src/mux/types.ts'],
  'src/mux/hazards': [...MUX_BASE, 'src/mux/schema', 'src/mux/codec'],
  'src/mux/index.ts': MUX_ALL,
  'src/mux/for-cli.ts': MUX_ALL,
  // The door for mock-vpp and tests: nothing above the codec, its JSON, and the tables of VPP's faults.
  'src/mux/internal.ts': [
    ...MUX_BASE,
    ...['schema', 'codec', 'json', 'hazards', 'quirks'].map((name) => `src/mux/${name}`),
  ],

  // Definitions → declarations: a pure function of what files say.
  'src/generate': ['src/mux/schema', 'src/mux/codec/text-forms.ts'],

  'src/zod-insides.ts': [],
  ...Object.fromEntries(
    AGENT_TIERS.map((tier, i) => [tier, [...NEUTRAL, 'src/zod-insides.ts', ...AGENT_TIERS.slice(0, i)]]),
  ),
  'src/agent/index.ts': AGENT_TIERS,
  'src/agent/for-cli.ts': AGENT_TIERS,
  'src/sdk': [...NEUTRAL, 'src/agent', ...['mux', 'vpp', 'stats', 'wish'].map((part) => `src/${part}/index.ts`)],

  // Counters without an agent: knows no mux.
  'src/stats': NEUTRAL,

  // Both sides of `/ws` know it; neither Node nor a browser is needed.
  'src/remote/protocol': [],
  // The client, for browsers too: the shapes, errors and readers of the mux, and what those need. None of it is Node's (test/remote/bundle.test.ts).
  'src/remote': [
    ...['abort', 'backoff', 'printable', 'nearest', 'duration'].map((name) => `src/${name}.ts`),
    ...['call-site', 'errors', 'fifo', 'retval', 'rx', 'types'].map((name) => `src/mux/${name}.ts`),
    ...['check-options', 'channel-options', 'kinds', 'option-spec', 'stream-bytes'].map(
      (name) => `src/mux/options/${name}.ts`,
    ),
    ...['dump', 'events', 'buffers'].map((name) => `src/mux/channel/${name}.ts`),
    ...['when-ready', 'states-of'].map((name) => `src/mux/connection/${name}.ts`),
    ...['src/mux/codec/codec.ts', 'src/remote/protocol/index.ts'],
  ],

  'src/vpp': [...NEUTRAL, 'src/mux/index.ts'],
  // The store of a fleet: neither VPP nor an agent is needed.
  'src/etcd': NEUTRAL,
  // Many agents on one store: neither VPP nor an agent is needed. The store is below the rest.
  'src/fleet/store': [...NEUTRAL, 'src/etcd/index.ts'],
  'src/fleet': [...NEUTRAL, 'src/fleet/store', 'src/etcd/index.ts', 'src/wish/index.ts'],
  // Files that say what VPP should be: no VPP is needed.
  'src/wish': [...NEUTRAL, 'src/zod-insides.ts', 'src/vpp/index.ts', 'src/vpp/for-wish.ts', 'src/mux/index.ts'],
  ...Object.fromEntries(PLUGINS.map((name) => [`src/plugins/${name}`, OF_PLUGINS])),
  'src/plugins/desired-state': [...OF_PLUGINS, 'src/wish/index.ts'],
  'src/plugins/etcd': [...OF_PLUGINS, 'src/fleet/index.ts'],
  // The door for clients of the feed, which a browser loads.
  'src/plugins/dashboard/protocol': [],
  'src/plugins/dashboard': [...OF_PLUGINS, 'src/plugins/dashboard/protocol'],
  // The agent's side of `/ws`.
  'src/plugins/remote': [...OF_PLUGINS, 'src/remote/protocol'],
  'src/plugins/built-ins.ts': [
    ...PLUGINS.map((name) => `src/plugins/${name}/plugin.ts`),
    'examples/interface-lister/interface-lister.ts',
  ],
  'src/plugins/index.ts': ['built-ins.ts', 'api-socket', 'capture', 'desired-state', 'etcd', 'operations', 'stats'].map(
    (part) => `src/plugins/${part}`,
  ),
  'src/plugins/for-cli.ts': [
    ...['etcd', 'govpp', 'http'].map((name) => `src/plugins/${name}/config.ts`),
    'src/plugins/api-socket/handed-over.ts',
    'src/plugins/capture/direct-captures.ts',
    'src/plugins/etcd/open-store.ts',
    'src/plugins/metrics/metric-text.ts',
  ],
  'src/plugins/protocol.ts': [
    ...[
      'src/sdk/error-codes.ts',
      'src/sdk/at-dataplane.ts',
      'src/sdk/http-error.ts',
      'src/plugins/gateway',
      'src/plugins/http/caller.ts',
    ],
    ...['src/plugins/trace/protocol.ts', 'src/plugins/desired-state/calls.ts', 'src/plugins/etcd/calls.ts'],
  ],

  'src/cli': OF_CLI,
  'src/cli/commands': [...OF_CLI, 'src/cli'],
  ...Object.fromEntries(
    ['main', 'program', 'build-program', 'quick', 'quick-commands'].map((name) => [
      `src/cli/${name}.ts`,
      [...OF_CLI, 'src/cli'],
    ]),
  ),

  ...Object.fromEntries(MOCK_TIERS.flatMap((tier, i) => tier.map((place) => [place, mockUpTo(i)]))),
  'mock-vpp': mockUpTo(MOCK_TIERS.length - 1),
  // The doors of the package that users' programs take.
  examples: ['mux', 'sdk', 'vpp', 'remote', 'wish'].map((part) => `src/${part}/index.ts`),
};

/** The place that a file belongs to; undefined where nobody says what it may import. */
function placeOf(file: string): string | undefined {
  const places = Object.keys(MAY_IMPORT).filter((place) => isInside(file, place));
  return places.sort((a, b) => b.length - a.length)[0];
}

describe('imports', () => {
  it('are found at all, of every kind', () => {
    expect(all.length).toBeGreaterThan(300);
    expect(all).toContainEqual({
      from: 'src/plugins/govpp/option-keys.ts',
      to: 'src/mux/index.ts',
      typeOnly: true,
      late: false,
    });
    expect(all).toContainEqual({ from: 'src/sdk/index.ts', to: 'zod', typeOnly: false, late: false });
    expect(all).toContainEqual({
      from: 'examples/list-interfaces.ts',
      to: 'src/mux/index.ts',
      typeOnly: false,
      late: false,
    });
    expect(all.some(({ to }) => to === 'examples/interface-lister/interface-lister.ts')).toBe(true);
  });

  it('every file: belongs to a place that says what it may import', () => {
    expect(files.filter((file) => placeOf(file) === undefined)).toEqual([]);
  });

  it('every place: is there', () => {
    const empty = Object.keys(MAY_IMPORT).filter((place) => !files.some((file) => placeOf(file) === place));
    expect(empty).toEqual([]);
  });

  it.each(Object.entries(MAY_IMPORT))('%s: imports itself and what it may, by its doors', (place, may) => {
    const own = within.filter(({ from }) => placeOf(from) === place);
    const strays = own.filter(({ to }) => placeOf(to) !== place && !may.some((known) => isInside(to, known)));
    expect(strays.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });
});

describe('circles of imports', () => {
  /** Circles that stay, each with its reason; two at most. The files of one may become fewer. */
  const KNOWN: readonly { readonly files: readonly string[]; readonly because: string }[] = [
    {
      because: 'a session hands its frames to exchanges, and an exchange tells its session when it has settled',
      files: [...['exchange', 'failures', 'fair-queue', 'identify', 'inbox', 'progress', 'session']].map(
        (name) => `src/mux/session/${name}.ts`,
      ),
    },
  ];
  const found = circles();
  const isIn = (circle: readonly string[], { files }: (typeof KNOWN)[number]) =>
    circle.every((file) => files.includes(file));

  it('there are none but the known ones', () => {
    expect(found.filter((circle) => !KNOWN.some((known) => isIn(circle, known)))).toEqual([]);
  });

  it('the known ones are still there, and two at most', () => {
    const mended = KNOWN.filter((known) => !found.some((circle) => isIn(circle, known)));
    expect(mended, 'take them out of this list').toEqual([]);
    expect(KNOWN.length).toBeLessThanOrEqual(2);
  });
});

/** Groups of files that import each other, whatever the way (Tarjan's algorithm). */
function circles(): string[][] {
  const next = new Map(files.map((file) => [file, within.filter(({ from }) => from === file).map(({ to }) => to)]));
  const found: string[][] = [];
  const seen = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const visit = (file: string): number => {
    const index = seen.size;
    seen.set(file, index);
    path.push(file);
    let low = index;
    for (const to of next.get(file) ?? []) {
      if (!seen.has(to)) low = Math.min(low, visit(to));
      else if (path.includes(to)) low = Math.min(low, lowest.get(to) ?? (seen.get(to) as number));
    }
    lowest.set(file, low);
    if (low === index) {
      const group = path.splice(path.indexOf(file));
      if (group.length > 1 || next.get(file)?.includes(file)) found.push(group.sort());
    }
    return low;
  };
  for (const file of files) if (!seen.has(file)) visit(file);
  return found;
}

describe('the plugin door', () => {
  it('has every name that a file of src/sdk exports', () => {
    const namesOf = (file: string) => {
      const text = readFileSync(`${root}${file}`, 'utf8');
      const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list]) => list.split(','));
      const named = lists.map((name) => name.trim().replace(/^type /, '')).filter((name) => name !== '');
      const own = [...text.matchAll(/^export (?:const|function|class|interface|type) (\w+)/gm)].map(([, name]) => name);
      return [...named, ...own];
    };
    const door = new Set(namesOf('src/sdk/index.ts'));
    const behind = files.filter((file) => isInside(file, 'src/sdk') && file !== 'src/sdk/index.ts');
    expect(behind.flatMap(namesOf).filter((name) => !door.has(name))).toEqual([]);
  });
});

describe('the page of the dashboard', () => {
  const pages = readdirSync(`${root}web`, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));

  it('imports itself, the protocol of the feed by its door, and its two libraries', () => {
    expect(pages.length).toBeGreaterThan(10);
    const strays = pages.flatMap((file) => {
      const from = posix.join('web', file.replaceAll('\\', '/'));
      const names = [...readFileSync(`${root}${from}`, 'utf8').matchAll(IMPORT)].map(
        ([, , , plain, late]) => plain ?? late,
      );
      const places = names.map((name) => (name.startsWith('.') ? posix.join(posix.dirname(from), name) : name));
      const door = 'src/plugins/dashboard/protocol/index.js';
      const may = (to: string) => to.startsWith('web/') || to === door || /^(preact|uplot)(\/|$)/.test(to);
      return places.filter((to) => !may(to)).map((to) => `${from} imports ${to}`);
    });
    expect(strays).toEqual([]);
  });
});

describe('libraries', () => {
  it.each([
    ['inversify', ['src/agent']],
    ['yaml', ['src/agent/config', 'src/wish', 'src/fleet/files', 'src/yaml-text.ts']],
    ['pino', ['src/agent', 'src/cli']],
    ['pino-pretty', ['src/agent']],
    ['fastify', ['src/sdk/http.ts', 'src/plugins']],
    ['ws', ['src/sdk/http.ts', 'src/plugins', 'src/cli/agents', 'src/remote/link/login.ts']],
    ['commander', ['src/cli']],
    ['zod', ['src/zod-insides.ts', 'src/agent', 'src/sdk', 'src/plugins', 'src/wish', 'src/etcd', 'src/fleet']],
  ])('%s: is known in %j only', (library, places) => {
    const elsewhere = all.filter(({ to, from }) => to === library && !places.some((place) => isInside(from, place)));
    expect(elsewhere).toEqual([]);
  });

  it('inversify: by one file', () => {
    const users = all.filter(({ to }) => to === 'inversify').map(({ from }) => posix.basename(from));
    expect(users).toEqual(['container.ts']);
  });

  it('rxjs: at the edges, elsewhere its types only', () => {
    const users = all.filter(({ to, typeOnly }) => /^rxjs\b/.test(to) && !typeOnly).map(({ from }) => from);
    const known = ['src/mux/rx.ts', 'src/stats/rx.ts', 'src/agent'];
    expect(users.filter((from) => !known.some((place) => isInside(from, place)))).toEqual([]);
    expect(users.filter((from) => from.startsWith('src/agent/'))).toHaveLength(3);
  });

  it('the command line: starts with three of them; those of agent and server are loaded when a command needs them', () => {
    const reached = new Set(['src/cli/main.ts']);
    for (const file of reached) {
      for (const { to, typeOnly, late } of all.filter(({ from }) => from === file)) {
        if (!typeOnly && !late) reached.add(to);
      }
    }
    const libraries = [...reached].filter((to) => !/^(src|mock-vpp)\/|^node:/.test(to));
    expect([...new Set(libraries.map((to) => to.split('/')[0]))].sort()).toEqual(['commander', 'rxjs', 'string-width']);
  });

  it('the mux: needs rxjs and nothing else', () => {
    const needs = all.filter(({ from, to }) => isInside(from, 'src/mux') && !to.startsWith('src/')).map(({ to }) => to);
    const packages = needs.filter((to) => !to.startsWith('node:')).map((to) => to.split('/')[0]);
    expect([...new Set(packages)]).toEqual(['rxjs']);
  });
});
