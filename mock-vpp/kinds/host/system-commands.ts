/** VPP itself on the command line: version, clock, log, clients, errors and nodes. */
import { center, columns, seconds } from '../../cli/cli-layout.js';
import { defineKind } from '../../kind.js';
import type { Graph, NodeCounts } from '../../traffic/graph.js';
import type { Vpp } from '../../vpp.js';
import { traffic } from '../interfaces/traffic.js';
import { pluginsText, threadsText } from './process-text.js';
import { LOG } from './system.js';

/** Nodes that are processes, with their state; the others are shown while packets go through them. */
const PROCESSES: Readonly<Record<string, string>> = {
  'api-rx-from-ring': 'running',
  'statseg-collector-process': 'suspended',
  'unix-epoll-input': 'polling',
};
/** The listener and the files before it; each client has the next one. */
const FIRST_DESCRIPTOR = 12;

export const systemCommands = defineKind({
  name: 'systemCommands',
  title: 'VPP itself on the command line',
  handlers: {},
  commands: {
    'show clock': { help: 'Show current clock', run: (_, { vpp }) => clockText(vpp) },
    'show version': {
      help: 'Show version information',
      takesWords: true,
      run: (_, { vpp, words: [word, ...left] }) =>
        word === 'verbose'
          ? { text: versionLines(vpp), left }
          : { text: versionText(vpp), left: word === undefined ? [] : [word, ...left] },
    },
    'show log': { help: 'Show log', run: (_, { vpp }) => logText(vpp) },
    'show logging': { help: 'Show log', run: (_, { vpp }) => logText(vpp) },
    'show errors': { help: 'Show error counts', run: (_, { dataplane }) => errorsText(dataplane.of(traffic).graph) },
    'show error': { help: 'Show error counts', run: (_, { dataplane }) => errorsText(dataplane.of(traffic).graph) },
    'show threads': {
      help: 'Show threads',
      run: (_, { vpp, dataplane }) => threadsText(vpp, dataplane.of(traffic).threads),
    },
    'show plugins': { help: 'show loaded plugins', run: (_, { vpp }) => pluginsText(vpp) },
    'show runtime': { help: 'Show packet processing runtime', run: (_, { vpp }) => runtimeText(vpp) },
    'show api clients': { help: 'Client information', run: (_, { vpp }) => clientsText(vpp) },
  },
});

/** `Time now` counts from VPP's start. */
function clockText({ started }: Vpp): string {
  const now = Date.now();
  const since = seconds((now - started) / 1000, 6);
  return [
    `Time now ${since}, ${new Date(now).toUTCString()}`,
    'Time last barrier release 0.000000000',
    `0: Time now ${since}`,
    'Thread 0 offset 0.000000000 error 0.000000000',
    '',
  ].join('\n');
}

function versionText({ build }: Vpp): string {
  return `vpp v${build.version} built by mock on mock at ${build.date}\n`;
}

function versionLines({ build, pid }: Vpp): string {
  const rows = [
    ['Version:', `v${build.version}`],
    ['Compiled by:', 'mock'],
    ['Compile host:', 'mock'],
    ['Compile date:', build.date],
    ['Compile location:', build.directory],
    ['Compiler:', 'none: it is a mock'],
    ['Current PID:', `${pid}`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(26)}${value}\n`).join('');
}

function logText({ started }: Vpp): string {
  const at = new Date(started).toISOString().replaceAll('-', '/').replace('T', ' ').replace('.', ':').replace('Z', '');
  return LOG.map(([name, message]) => `${at} ${'notice'.padEnd(10)} ${name.padEnd(14)} ${message}\n`).join('');
}

function errorsText({ errors }: Graph): string {
  const widths = [10, 35, 35, 10];
  const heading = columns(widths, ['Count', 'Node', 'Reason', 'Severity'], '');
  const counted = errors.map(({ node, reason, threads }) => ({ node, reason, count: sum(threads) }));
  const rows = counted
    .filter(({ count }) => count > 0)
    .map(
      ({ node, reason, count }) => `${`${count}`.padStart(10)}${columns(widths.slice(1), [node, reason, 'error'], '')}`,
    );
  return [heading, ...rows, ''].join('\n');
}

function runtimeText({ started, dataplane }: Vpp): string {
  const titles = ['Calls', 'Vectors', 'Suspends', 'Packet-Clocks', 'Vectors/Call'];
  const heading = columns([30, 12, 16, 16, 16, 16, 16], ['Name', 'State', ...titles], '');
  const rows = [...dataplane.of(traffic).graph.nodes]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, threads }) => {
      const of = (counter: keyof NodeCounts) => sum(threads.map((counts) => counts[counter]));
      const [calls, vectors, suspends] = [of('calls'), of('vectors'), of('suspends')];
      if (calls + suspends === 0 && !Object.hasOwn(PROCESSES, name)) return [];
      const clocks = scientific(of('clocks') / (vectors || calls || suspends || 1));
      const perCall = (calls > 0 ? vectors / calls : 0).toFixed(2);
      const state = Object.hasOwn(PROCESSES, name) ? PROCESSES[name] : 'active';
      const numbers = [calls, vectors, suspends, clocks, perCall].map((value) => `${value}`.padStart(16));
      return [
        `${name.slice(0, 30).padEnd(30)}${center(name in PROCESSES ? `"${state}"` : state, 12)}${numbers.join('')}`,
      ];
    });
  return [
    `Time ${seconds((Date.now() - started) / 1000, 1)}, 10.000000 sec internal node vector rate 0.00 loops/sec 1000.00`,
    '  vector rates in 0.0000e0, out 0.0000e0, drop 0.0000e0, punt 0.0000e0',
    heading,
    ...rows,
    '',
  ].join('\n');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

/** As VPP's %.2e: `1.40e4`. */
function scientific(value: number): string {
  return value.toExponential(2).replace('e+', 'e');
}

function clientsText({ clientNames }: Vpp): string {
  const rows = clientNames().map((name, at) => `${name.padStart(20)} ${`${FIRST_DESCRIPTOR + at + 1}`.padStart(8)}`);
  return ['Socket clients', `${'Name'.padStart(20)} ${'Fildesc'.padStart(8)}`, ...rows, ''].join('\n');
}
