/** Mistakes of the section of NAT44 that its form cannot tell. */

import { unknownInterfaces } from '../../checks/known-interfaces.js';
import type { Problem } from '../../problem.js';
import type { Wish } from '../../wish.js';
import { type TableReference, unknownTables } from '../layer3/table-reference.js';
import { endpointOf, interfaceOf, isAddress } from './endpoint.js';
import { addressesOf } from './ranges.js';
import { NAT44, natOf, natPath, type WishedNat } from './section.js';

type Path = readonly (string | number)[];

export function* checkNat(wish: Wish): Generator<Problem> {
  const nat = natOf(wish);
  if (nat === undefined) return;
  yield* unknownInterfaces(wish, interfacesOfNat(nat));
  yield* unknownTables(wish, tablesOfNat(nat));
  yield* checkInterfaces(nat);
  yield* checkPools(nat);
  yield* checkMappings(nat);
}

const problem = (path: Path, message: string): Problem => ({ path: natPath(...path), message: `nat44 ${message}` });

/** Names of interfaces, with their places below `x-vppmux`. */
function* interfacesOfNat(nat: WishedNat): Generator<readonly [name: string, path: Path]> {
  for (const key of ['inside', 'outside', 'output'] as const) {
    for (const [at, name] of (nat[key] ?? []).entries()) yield [name, [NAT44, key, at]];
  }
  for (const key of ['pool', 'twice-nat-pool'] as const) {
    for (const [at, entry] of (nat[key] ?? []).entries()) {
      const text = typeof entry === 'string' ? entry : entry.addresses;
      if (addressesOf(text) === undefined) yield [text, [NAT44, key, at]];
    }
  }
  const sides = [
    ...(nat['static-mappings'] ?? []).map(
      ({ external }, at) => [external, ['static-mappings', at, 'external']] as const,
    ),
    ...(nat['identity-mappings'] ?? []).map(
      ({ address }, at) => [address, ['identity-mappings', at, 'address']] as const,
    ),
  ];
  for (const [text, path] of sides) {
    const itf = endpointOf(text) && interfaceOf(text);
    if (itf !== undefined) yield [itf, [NAT44, ...path]];
  }
}

/** References to tables, with their places below `x-vppmux`. */
function* tablesOfNat(nat: WishedNat): Generator<readonly [table: TableReference | undefined, path: Path]> {
  for (const key of ['inside-table', 'outside-table'] as const) yield [nat[key], [NAT44, key]];
  for (const key of ['pool', 'twice-nat-pool'] as const) {
    for (const [at, entry] of (nat[key] ?? []).entries()) {
      if (typeof entry !== 'string') yield [entry.table, [NAT44, key, at, 'table']];
    }
  }
  for (const key of ['static-mappings', 'identity-mappings'] as const) {
    for (const [at, { table }] of (nat[key] ?? []).entries()) yield [table, [NAT44, key, at, 'table']];
  }
}

function* checkInterfaces({ inside = [], outside = [], output = [] }: WishedNat): Generator<Problem> {
  for (const [key, list] of Object.entries({ inside, outside, output })) {
    for (const [at, name] of list.entries()) {
      if (list.indexOf(name) < at) yield problem([key, at], `has ${name} twice in ${key}`);
    }
  }
  for (const [at, name] of output.entries()) {
    if (inside.includes(name) || outside.includes(name)) {
      yield problem(['output', at], `cannot have ${name} in output, since it is in inside or outside`);
    }
  }
}

function* checkPools(nat: WishedNat): Generator<Problem> {
  for (const key of ['pool', 'twice-nat-pool'] as const) {
    const known = new Set<string>();
    for (const [at, entry] of (nat[key] ?? []).entries()) {
      const { addresses: text, table } = typeof entry === 'string' ? { addresses: entry, table: undefined } : entry;
      const addresses = addressesOf(text);
      if (addresses === undefined && table !== undefined) {
        yield problem([key, at, 'table'], `${key} ${text} cannot have a table: it is an interface`);
      }
      const twice = (addresses ?? [text]).find((each) => known.has(each));
      if (twice !== undefined) yield problem([key, at], `has ${twice} twice in ${key}`);
      for (const each of addresses ?? [text]) known.add(each);
    }
  }
}

function* checkMappings(nat: WishedNat): Generator<Problem> {
  const externals = new Set<string>();
  for (const [at, mapping] of (nat['static-mappings'] ?? []).entries()) {
    const { local, external, protocol } = mapping;
    const path = ['static-mappings', at];
    const what = `static mapping of ${external}`;
    const [inner, outer] = [endpointOf(local), endpointOf(external)];
    if (inner === undefined || !isAddress(inner.host)) {
      yield problem([...path, 'local'], `${what}: local must be an IPv4 address, with a port or without: ${local}`);
    } else if (outer === undefined) {
      yield problem([...path, 'external'], `${what}: external has a port that is none`);
    } else if ((inner.port === undefined) !== (outer.port === undefined)) {
      yield problem(path, `${what}: local and external need a port each, or none`);
    } else if ((outer.port === undefined) !== (protocol === undefined)) {
      yield problem(path, `${what}: a protocol and ports need each other`);
    }
    const isTwice = mapping['twice-nat'] || mapping['self-twice-nat'];
    if (isTwice && protocol === undefined) yield problem(path, `${what}: twice-nat and self-twice-nat need ports`);
    if (mapping['twice-nat'] && mapping['self-twice-nat']) {
      yield problem(path, `${what}: it cannot be twice-nat and self-twice-nat`);
    }
    const side = `${external} ${protocol}`;
    if (externals.has(side)) yield problem([...path, 'external'], `${what} is there twice`);
    externals.add(side);
  }
  yield* checkIdentities(nat);
}

function* checkIdentities(nat: WishedNat): Generator<Problem> {
  const known = new Set<string>();
  for (const [at, { address, protocol, table }] of (nat['identity-mappings'] ?? []).entries()) {
    const path = ['identity-mappings', at];
    const what = `identity mapping of ${address}`;
    const endpoint = endpointOf(address);
    if (endpoint === undefined) yield problem([...path, 'address'], `${what}: it has a port that is none`);
    else if ((endpoint.port === undefined) !== (protocol === undefined)) {
      yield problem(path, `${what}: a protocol and a port need each other`);
    }
    const own = `${address} ${protocol} ${table}`;
    if (known.has(own)) yield problem(path, `${what} is there twice`);
    known.add(own);
  }
}
