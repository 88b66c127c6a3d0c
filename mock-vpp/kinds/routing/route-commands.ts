/** Routes on the command line, in VPP's layout. */
import { isIP } from 'node:net';
import type { Fields } from '../../../src/mux/internal.js';
import { type CliCall, type CliOutput, CliRefusal } from '../../cli/cli-command.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { addressBytes } from '../../dataplane/l3/ip.js';
import { type FibTable, keyOf, Source } from '../../dataplane/routing/fib.js';
import { NO_INTERFACE, normalPath, type Path, PathProto, PathType, pathList } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { interfaceNamed } from '../interfaces/interface-commands.js';
import { FibText } from './fib-text.js';
import { changeRoute } from './routes.js';

/** Most routes that one command makes; VPP makes any number, and serves nobody meanwhile. */
const MOST_ROUTES = 2 ** 20;
/** Numbers of 32 bits have no more digits. */
const NUMBER = /^\d{1,10}$/;
const SPECIAL: ReadonlyMap<string | undefined, number> = new Map([
  ['drop', PathType.DROP],
  ['local', PathType.LOCAL],
  ['null-send-unreach', PathType.ICMP_UNREACH],
  ['null-send-prohibit', PathType.ICMP_PROHIBIT],
]);

export const routeCommands = defineKind({
  name: 'routeCommands',
  title: 'routes on the command line',
  handlers: {},
  commands: {
    'show ip fib': {
      help: 'show ip fib [summary] [table <table-id>] [index <fib-id>] [<ip4-addr>[/<mask>]]',
      takesWords: true,
      run: (_, call) => show(call, false),
    },
    'show ip6 fib': {
      help: 'show ip6 fib [summary] [table <table-id>] [index <fib-id>] [<ip6-addr>[/<width>]]',
      takesWords: true,
      run: (_, call) => show(call, true),
    },
    'ip route': {
      help: 'ip route [add|del] [count <n>] <dst-ip-addr>/<width> [table <table-id>] via [next-hop-address] [next-hop-interface] [weight <n>]',
      takesWords: true,
      run: (_, { dataplane, words }) => change(dataplane, words),
    },
  },
});

function show({ dataplane, words }: CliCall, v6: boolean): CliOutput {
  const left = [...words];
  let fits = (_: FibTable): boolean => true;
  let isSummary = false;
  let address: { readonly bytes: Uint8Array; readonly length: number } | undefined;
  for (; left.length > 0; left.shift()) {
    const [word, next] = left;
    if (word === 'summary') isSummary = true;
    else if ((word === 'table' || word === 'index') && /^\d+$/.test(next ?? '')) {
      const number = Number(next);
      fits = word === 'table' ? ({ tableId }) => tableId === number : ({ index }) => index === number;
      left.shift();
    } else if (isIP(word.split('/')[0]) === (v6 ? 6 : 4)) address = prefixOf(word);
    else if (word !== 'detail' && word !== 'verbose') break;
  }
  const texts = [...dataplane.tables.values()]
    .filter((table) => table.v6 === v6 && fits(table))
    .map((table) => {
      const text = new FibText(dataplane, table);
      if (isSummary) return `${text.heading}${text.summary}`;
      return `${text.heading}${address ? text.best(address.bytes, address.length) : text.entries}`;
    });
  return { text: texts.join(''), left };
}

/** Several `via` are several paths. What is said of a path follows it. */
function change(dataplane: Dataplane, words: readonly string[]): string {
  if (words.length === 0) return '';
  const left = [...words];
  const paths: Fields[] = [];
  let prefix: ReturnType<typeof prefixOf> | undefined;
  let isAdd = true;
  let tableId = 0;
  let count = 1;
  while (left.length > 0) {
    const [word, next = ''] = left;
    if (word === 'add' || word === 'del') isAdd = word === 'add';
    else if ((word === 'table' || word === 'count') && NUMBER.test(next)) {
      if (word === 'table') tableId = Number(next);
      else count = Number(next);
      left.shift();
    } else if (word === 'via' && prefix !== undefined) {
      const taken = pathOf(dataplane, left.slice(1), prefix.v6);
      if (taken === undefined) break;
      paths.push(taken.path);
      left.splice(0, taken.words);
    } else if (word.includes('/') && isIP(word.split('/')[0]) > 0) prefix = prefixOf(word);
    else break;
    left.shift();
  }
  if (left.length > 0 && (prefix !== undefined || left[0] !== 'via')) {
    throw new CliRefusal(`ip route: parse error \`${left.join(' ')}'\n`);
  }
  if (prefix === undefined) throw new CliRefusal('ip route: expected ip4/ip6 destination address/length.\n');
  if (isAdd && paths.length === 0) throw new CliRefusal('ip route: expected paths.\n');
  if (count > MOST_ROUTES) throw new CliRefusal(`ip route: at most ${MOST_ROUTES} routes, not ${count}\n`);
  const table = dataplane.tables.find(tableId, prefix.v6);
  if (table === undefined) throw new CliRefusal(`ip route: Nonexistent table id ${tableId}\n`);
  const normal = paths.map(normalPath).filter((path): path is Path => typeof path !== 'number');
  const { length } = prefix;
  for (let at = 0; at < count; at++) {
    const key = keyOf({ ...prefix, bytes: moved(prefix.bytes, length, at) });
    // Paths are added to those that are there; without any, the route goes.
    const isMultipath = paths.length > 0;
    changeRoute({ isAdd, isMultipath, table, key, length, source: Source.CLI, paths: pathList(normal) }, dataplane);
  }
  return '';
}

/** A path and the number of words that it takes; undefined for words that are none. A next hop is looked up in table 0. */
function pathOf(dataplane: Dataplane, given: readonly string[], v6: boolean) {
  const left = [...given];
  const proto = v6 ? PathProto.IP6 : PathProto.IP4;
  const path: Record<string, unknown> = { type: PathType.NORMAL, proto, sw_if_index: NO_INTERFACE, table_id: 0 };
  const special = SPECIAL.get(left[0]);
  if (special !== undefined) {
    path.type = special;
    left.shift();
  } else {
    if (isIP(left[0] ?? '') === (v6 ? 6 : 4)) path.nh = { address: { [v6 ? 'ip6' : 'ip4']: left.shift() } };
    const itf = interfaceNamed(dataplane, left[0]);
    if (itf !== undefined) {
      path.sw_if_index = itf.swIfIndex;
      left.shift();
    } else if (path.nh === undefined && left.length > 0 && left[0] !== 'via') return undefined;
  }
  while ((left[0] === 'weight' || left[0] === 'preference') && NUMBER.test(left[1] ?? '')) {
    // Both are bytes.
    path[left[0]] = Number(left[1]) % 256;
    left.splice(0, 2);
  }
  if (left.length > 0 && left[0] !== 'via') return undefined;
  return { path: path as Fields, words: given.length - left.length };
}

function prefixOf(text: string) {
  const [address, length] = text.split('/');
  const bytes = addressBytes(address);
  const bits = 8 * bytes.length;
  const given = length === undefined || !/^\d+$/.test(length) ? bits : Number(length);
  return { v6: bits === 128, bytes, length: Math.min(given, bits) };
}

/** The `at`th prefix of this length behind the first one. */
function moved(bytes: Uint8Array, length: number, at: number): Uint8Array {
  if (at === 0 || length === 0) return bytes;
  const bits = 8 * bytes.length;
  const number = BigInt(`0x${Buffer.from(bytes).toString('hex')}`) + (BigInt(at) << BigInt(bits - length));
  return Buffer.from(
    BigInt.asUintN(bits, number)
      .toString(16)
      .padStart(bits / 4, '0'),
    'hex',
  );
}
