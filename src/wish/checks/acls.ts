/** ACLs: sources and destinations of one address family, and ports and ICMP types where the protocol has them. */

import type { Steps } from '../../slices.js';
import { addressOf, prefixOf } from '../../vpp/index.js';
import { portNumber, protocolNumber } from '../known-numbers.js';
import type { Problem } from '../problem.js';
import type { WishedTerm } from '../schema.js';
import type { Wish } from '../wish.js';
import { Report } from './report.js';

type Family = 4 | 6;

const WITH_PORTS: ReadonlySet<number | undefined> = new Set([6, 17]);
const WITH_ICMP: ReadonlySet<number | undefined> = new Set([1, 58]);
const MOST_PORT = 65_535;
const MOST_ICMP = 255;

export function* checkAcls(wish: Wish, problems: Problem[]): Steps<void> {
  for (const [name, { terms }] of Object.entries(wish.file.acls ?? {})) {
    for (const [at, term] of terms.entries()) {
      checkTerm(new Report(problems, `acl ${name} term ${at + 1}`, ['acls', name, 'terms', at]), wish, term);
      yield;
    }
  }
}

function checkTerm(report: Report, wish: Wish, term: WishedTerm): void {
  const { family = 'any' } = term;
  const wanted: readonly Family[] = family === 'any' ? [4, 6] : [family === 'ipv4' ? 4 : 6];
  const [source, destination] = [term.source, term.destination].map((text = 'any') =>
    familiesOf(wish, text).filter((each) => wanted.includes(each)),
  );
  report.when(source.length === 0, `family ${family} has no source${unknown(wish, term.source)}`, 'source');
  report.when(
    destination.length === 0,
    `family ${family} has no destination${unknown(wish, term.destination)}`,
    'destination',
  );
  if (source.length === 0 || destination.length === 0) return;
  const isApart = !source.some((each) => destination.includes(each));
  report.when(isApart, 'source and destination family do not overlap', 'destination');
  if (isApart) return;
  const protocol = protocolOf(term.protocol);
  report.when(protocol === undefined, `could not understand protocol ${term.protocol}`, 'protocol');
  const hasPorts = WITH_PORTS.has(protocol);
  for (const key of ['source-port', 'destination-port'] as const) {
    const isGiven = term[key] !== undefined;
    report.when(isGiven && !hasPorts, `${key} can only be specified for protocol tcp or udp`, key);
    if (isGiven && hasPorts) checkPorts(report, key, term[key] as string | number);
  }
  const hasIcmp = WITH_ICMP.has(protocol);
  for (const key of ['icmp-code', 'icmp-type'] as const) {
    const isGiven = term[key] !== undefined;
    report.when(isGiven && !hasIcmp, `${key} can only be specified for protocol icmp or ipv6-icmp`, key);
    const range = isGiven && hasIcmp ? rangeOf(term[key] as string | number, MOST_ICMP) : undefined;
    report.when(range !== undefined && range[0] > range[1], `${key} low value is greater than high value`, key);
  }
}

function checkPorts(report: Report, key: string, given: string | number): void {
  const named = typeof given === 'string' && given !== 'any' ? portNumber(given) : undefined;
  const range = named === undefined ? rangeOf(given, MOST_PORT) : ([named, named] as const);
  report.when(range === undefined, `could not understand ${key} ${given}`, key);
  if (range === undefined) return;
  const [low, high] = range;
  report.when(low > high, `${key} low value is greater than high value`, key);
  report.when(low > MOST_PORT, `${key} low value is not between [0,65535]`, key);
  report.when(high > MOST_PORT, `${key} high value is not between [0,65535]`, key);
}

/** `1024-`, `-1024`, `10-20`, a number, or any; undefined for a word. */
function rangeOf(given: string | number, most: number): readonly [low: number, high: number] | undefined {
  if (typeof given === 'number') return [given, given];
  if (given === 'any') return [0, most];
  const [, low, high] = /^(\d*)-(\d*)$/.exec(given) ?? [];
  if (low === undefined) return undefined;
  return [low === '' ? 0 : Number(low), high === '' ? most : Number(high)];
}

function protocolOf(given: string | number | undefined): number | undefined {
  if (given === undefined || given === 'any') return 0;
  return typeof given === 'number' ? given : protocolNumber(given);
}

/** The families of an address, a prefix, a prefix list, or any. */
function familiesOf(wish: Wish, text: string): readonly Family[] {
  if (text === 'any') return [4, 6];
  if (isAddress(text)) return [familyOf(text)];
  const { prefixlists: lists = {} } = wish.file;
  const members = Object.hasOwn(lists, text) ? lists[text].members : [];
  return [...new Set(members.map(familyOf))];
}

const isAddress = (text: string) => addressOf(text) !== undefined || prefixOf(text) !== undefined;
const familyOf = (text: string): Family => (text.includes(':') ? 6 : 4);

/** Says it where the name is none of a prefix list. */
function unknown(wish: Wish, text: string | undefined): string {
  if (text === undefined || text === 'any' || isAddress(text)) return '';
  return Object.hasOwn(wish.file.prefixlists ?? {}, text) ? '' : `: there is no prefixlist ${text}`;
}
