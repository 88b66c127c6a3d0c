/**
 * Merges wishes: defaults of a fleet's groups, and an agent's own. Pure, so that a driver and an agent make the same text of the same
 * wishes.
 *
 * - Maps are merged key by key; of two values the later wish's counts. A key without a value says nothing.
 * - A list takes the place of the one before (addresses, terms of an ACL, members of a bridge): what a list means, it means as a whole.
 * - Lists whose items have a name of their own are joined, and of two items of one name the later counts: JOINED has them.
 */

import { reasonOf } from '../../thrown.js';
import { OWN_KEY, readYaml } from '../../wish/index.js';
import { yamlText } from '../../yaml-text.js';
import { FleetError } from '../errors.js';
import { joinRoutes } from './join-routes.js';

export interface NamedText {
  /** For errors: the name of a group, or of a file. */
  readonly name: string;
  readonly text: string;
}

type Map = Readonly<Record<string, unknown>>;

/** Way to a list, with `*` for any key → name of an item. */
const JOINED: ReadonlyMap<string, (item: unknown) => string> = new Map([
  [`${OWN_KEY}.bfd`, named('interface', 'local', 'peer')],
  [`${OWN_KEY}.raw`, named('name')],
  ...['inside', 'outside', 'output', 'pool', 'twice-nat-pool'].map(
    (key) => [`${OWN_KEY}.nat44.${key}`, whole] as const,
  ),
  [`${OWN_KEY}.nat44.static-mappings`, named('external', 'protocol', 'table')],
  [`${OWN_KEY}.nat44.identity-mappings`, named('address', 'protocol', 'table')],
  [`${OWN_KEY}.ipfix.other-exporters`, named('collector')],
  [`${OWN_KEY}.wireguard.*.peers`, named('public-key')],
]);
const ROUTES = `${OWN_KEY}.routes`;

/** One text stays as it is, comments and all; `{}` for none. @throws FleetError BAD_MERGE */
export function mergeWishes(texts: readonly NamedText[]): string {
  if (texts.length === 0) return '{}\n';
  if (texts.length === 1) return texts[0].text;
  const merged = texts.map(wishValue).reduce((before, later) => merge(before, later, '') as Map);
  return `${yamlText(merged, { numberedKeys: true })}\n`;
}

/** The value of a wish's text, with its second document as `x-vppmux`. @throws FleetError BAD_MERGE */
function wishValue({ name, text }: NamedText): Map {
  const { value, extra, problems } = readYaml(text);
  const bad = (message: string) => new FleetError('BAD_MERGE', `${name}: ${message}`);
  if (problems.length > 0) throw bad(`line ${problems[0].place?.line ?? 1}: ${problems[0].message}`);
  const file = value ?? {};
  if (!isMap(file)) throw bad('is no map of keys');
  if (extra === undefined || extra === null) return file;
  if (Object.hasOwn(file, OWN_KEY)) throw bad(`${OWN_KEY} is there twice: as a key, and as the second document`);
  return { ...file, [OWN_KEY]: extra };
}

function merge(before: unknown, later: unknown, path: string): unknown {
  if (later === null || later === undefined) return before;
  if (before === null || before === undefined) return later;
  if (isMap(before) && isMap(later)) return mergeMaps(before, later, path);
  if (path === ROUTES) return joinRoutes(before, later);
  const nameOf = JOINED.get(path) ?? JOINED.get(path.replace(/\.[^.]+\.peers$/, '.*.peers'));
  if (nameOf !== undefined && Array.isArray(before) && Array.isArray(later)) return join(before, later, nameOf);
  return later;
}

function mergeMaps(before: Map, later: Map, path: string): Map {
  const keys = new Set([...Object.keys(before), ...Object.keys(later)]);
  const own = (map: Map, key: string) => (Object.hasOwn(map, key) ? map[key] : undefined);
  // `fromEntries` makes own members of all names, `__proto__` included.
  return Object.fromEntries(
    [...keys].map((key) => [key, merge(own(before, key), own(later, key), path === '' ? key : `${path}.${key}`)]),
  );
}

function join(before: readonly unknown[], later: readonly unknown[], nameOf: (item: unknown) => string): unknown[] {
  const taken = new Set(later.map(nameOf));
  return [...before.filter((item) => !taken.has(nameOf(item))), ...later];
}

function named(...keys: readonly string[]): (item: unknown) => string {
  return (item) => (isMap(item) ? JSON.stringify(keys.map((key) => item[key] ?? null)) : whole(item));
}

function whole(item: unknown): string {
  try {
    return JSON.stringify(item);
  } catch (error) {
    throw new FleetError('BAD_MERGE', `an item of a list cannot be compared: ${reasonOf(error)}`);
  }
}

const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value);
