/** Captures what a person sees in terminals of several sizes; the captures are in `captures/`, to be read. */

import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../src/cli/output/display-width.js';
import { wrapped } from '../../src/cli/output/wrap.js';
import { cli } from './run-cli.js';
import { scene } from './scene.js';

const SIZES = [
  [80, 24],
  [100, 30],
  [200, 50],
] as const;
const NARROW = 40;
/** From where the tests run: a path of the same length everywhere. */
const API_DIR = 'mock-vpp/api';
/** So wide that nothing is wrapped or left out. */
const ENDLESS = 9000;

/** `OP`: asks the agent. Words that have to be there whatever the width. */
const COMMANDS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['op-list', ['OP'], ['operation', 'summary', 'interface list', 'Set an interface up or down']],
  ['op-interface-list', ['OP', 'interface', 'list'], ['name', 'state', 'loop0']],
  ['op-route-list', ['OP', 'route', 'list'], ['prefix', '10.1.0.0/16', '10.0.0.2']],
  ['op-acl-list', ['OP', 'acl', 'list'], ['web', '192.0.2.0/24']],
  ['op-route-add-help', ['OP', 'route', 'add', '--help'], ['--routes-file <file>']],
  ['describe-list', ['describe', 'ip_route_*'], ['ip_route_add_del_v2', 'ip_route_dump']],
  ['describe-request', ['describe', 'ip_route_add_del_v2'], ['route.prefix', 'route.paths[].nh.address']],
  ['describe-enum', ['describe', 'sw_interface_set_flags'], ['ADMIN_UP=1']],
  ['dump-interfaces', ['dump', 'sw_interface_dump'], ['sw_if_index', 'interface_name', 'loop0']],
  ['dump-routes', ['dump', 'ip_route_v2_dump'], ['route.prefix', '10.1.0.0/16', 'via', '10.0.0.2']],
  ['dump-acls', ['dump', 'acl_dump'], ['acl_index', 'tag', 'web']],
  ['call', ['call', 'show_version'], ['version:', '26.06-mock']],
  ['call-unknown', ['call', 'show_vresion'], ['did you mean', 'show_version']],
  ['call-bare', ['call', 'create_loopback'], ["'{}'", 'vppmux describe create_loopback']],
  ['compat', ['compat', API_DIR, '--against', API_DIR, 'show_version', 'acl_dump'], ['show_version', 'compatible']],
  ['plugin-list', ['plugin', 'list'], ['govpp', 'gateway']],
  ['plugin-help', ['plugin', 'help', 'govpp'], ['binapi-socket-path', 'reply-timeout']],
  ['help', ['help'], ['call', 'describe', 'op', 'top', 'plugin', 'vppmux help COMMAND']],
  ['help-exit-codes', ['help', 'exit-codes'], ['130']],
  ...[
    'call',
    'dump',
    'load',
    'watch',
    'ping',
    'compat',
    'generate',
    'validate',
    'adopt',
    'plan',
    'apply',
    'confirm',
    'rollback',
    'wish',
    'drift',
    'history',
    'doctor',
    'mock',
    'run',
    'proxy',
    'clients',
    'packet-trace',
    'pcap',
    'stats',
    'trace',
    'op',
    'plugin',
    'init',
    'status',
    'top',
    'cli',
    'completion',
    'repl',
    'fleet',
  ].map((name) => [`help-${name}`, ['help', name], [`vppmux ${name}`]] as const),
  ...['apply', 'status', 'rollback', 'diff', 'history', 'drive', 'repair', 'demo'].map(
    (name) => [`help-fleet-${name}`, ['fleet', name, '--help'], [`vppmux fleet ${name}`]] as const,
  ),
  ['help-plugin-check', ['plugin', 'check', '--help'], ['vppmux plugin check .']],
];
/** The output of these is another each time. */
const VOLATILE: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['doctor', ['doctor'], ['socket', 'handshake', 'version']],
  ['ping', ['ping', '-n', '3', '-i', '0'], ['seq=3', 'median']],
  ['trace', ['trace', '--last', '2', 'show_version*', 'AGENT'], ['show_version']],
  ['call-refused', ['call', 'sw_interface_set_flags', 'sw_if_index=77'], ['(-2)']],
  ['no-socket', ['call', 'show_version', '--socket', '/nowhere/api.sock'], ['--socket PATH']],
];

type Scene = Awaited<ReturnType<typeof scene>>;

/** Output, then what was said on standard error, both as the terminal shows them. */
async function capture({ env, agentUrl }: Scene, words: readonly string[], columns: number) {
  const agent = ['--agent', agentUrl];
  const argv = words.flatMap((word) => (word === 'OP' ? ['op', ...agent] : word === 'AGENT' ? agent : [word]));
  const { stdout, stderr } = await cli(argv, { terminal: columns, stderrTerminal: columns, env });
  return { stdout: timeless(stdout), text: timeless(stdout + stderr) };
}

/** The duration of a question to VPP is another each time. */
const timeless = (text: string) => text.replace(/^( *cost\.ms: +)\d+(\.\d)?$/gm, '$11.2');

const inOneLine = (text: string) => text.replace(/\s+/g, ' ');
const linesOf = (text: string) => stripVTControlCharacters(text).split('\n');
const wordsOf = (text: string) => stripVTControlCharacters(text).split(/\s+/);

function expectFits(text: string, columns: number): void {
  for (const line of linesOf(text)) {
    if (widthOf(line) <= columns) continue;
    // A command to copy, which the terminal may break.
    expect(line).toMatch(/^ *(vppmux|npx|echo|jq|sudo|`|--)/);
    expect([columns < 80, wrapped(line.trim(), columns)]).toEqual([true, [line.trim()]]);
  }
}

/** Each word stands as well where nothing is wrapped; only a part of a very long one may not. */
function expectWholeWords(text: string, endless: string, columns: number): void {
  const whole = new Set(wordsOf(endless));
  const long = [...whole].filter((word) => widthOf(word) > Math.min(columns / 3, 46));
  const broken = wordsOf(text).filter(
    (word) => !whole.has(word) && !word.endsWith('…') && !long.some((other) => other.includes(word)),
  );
  expect(broken).toEqual([]);
}

describe.each(SIZES)('a terminal of %d columns and %d lines', (columns, rows) => {
  it('what the commands show', async () => {
    const world = await scene();
    for (const [name, words, important] of COMMANDS) {
      const { text, stdout } = await capture(world, words, columns);
      for (const word of important) expect(inOneLine(text)).toContain(word);
      expectFits(text, columns);
      expectWholeWords(stdout, (await capture(world, words, ENDLESS)).stdout, columns);
      await expect(`$ vppmux ${words.join(' ').replace('OP', 'op')}\n${text}`).toMatchFileSnapshot(
        `captures/${columns}x${rows}/${name}.txt`,
      );
    }
  });

  it('what differs each time: no line too wide', async () => {
    const world = await scene();
    for (const [, words, important] of VOLATILE) {
      const { text } = await capture(world, words, columns);
      for (const word of important) expect(inOneLine(text)).toContain(word);
      expectFits(text, columns);
    }
  });

  it('help and doctor: one screen, with a line for the prompt', async () => {
    const world = await scene();
    for (const words of [['help'], ['doctor']]) {
      const { text } = await capture(world, words, columns);
      // On a busy machine the doctor has another piece of advice.
      const calm = stripVTControlCharacters(text).replace(/^ +→ VPP's main thread is busy.*?(?=^\S)/ms, '');
      expect(linesOf(calm.trimEnd()).length).toBeLessThan(rows);
    }
  });
});

it('40 columns: no line too wide but a command, and what is important is there', async () => {
  const world = await scene();
  for (const [, words, important] of [...COMMANDS, ...VOLATILE]) {
    const { text } = await capture(world, words, NARROW);
    for (const word of important) expect(inOneLine(text)).toContain(word);
    expectFits(text, NARROW);
  }
});

it('a pipe: the same whatever COLUMNS says', async () => {
  const { env } = await scene();
  for (const [, words] of COMMANDS.filter(([, [first]]) => first !== 'OP')) {
    const narrow = await cli(words, { env: { ...env, COLUMNS: '20' } });
    expect(narrow.stdout).toBe((await cli(words, { env })).stdout);
    expect(narrow.stderr.split('\n').length).toBeLessThan(4);
  }
});
