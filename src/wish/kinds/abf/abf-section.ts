/** ABF in a wish: `x-vppmux: { abf: { voice: { id: 10, acl: voice, paths: via 192.0.2.9 loop0, interfaces: { loop1: 5 } } } }`. */

import { z } from 'zod';
import { pathsText, type RoutePath, readRouteLine } from '../../../vpp/for-wish.js';
import { MAX_INDEX } from '../../../vpp/index.js';
import { form, named } from '../../form-parts.js';
import type { Wish } from '../../wish.js';
import { tableNumbers } from '../layer3/wished-tables.js';

export const ABF = 'abf';
const FAMILIES = ['ipv4', 'ipv6'] as const;
export type Family = (typeof FAMILIES)[number];

// VPP subtracts them as signed numbers.
const priority = z.int().min(0).max(0x7fff_ffff);

const policy = form(
  { acl: z.string(), paths: z.union([z.string(), z.array(z.string()).min(1).max(255)]) },
  {
    id: z.int().min(0).max(MAX_INDEX),
    interfaces: z.record(z.string(), z.union([priority, form({}, { priority, family: z.enum(FAMILIES) })])),
  },
);

export const abfSection = named(
  /^[A-Za-z0-9][\w.:-]{0,62}$/,
  'must be the name of a policy, of up to 63 letters, digits and . : _ -, or its number',
  policy,
);

export interface WishedAttachment {
  readonly interface: string;
  readonly priority: number;
  readonly family: Family;
}

/** A policy as it is wished. */
export interface WishedPolicy {
  /** NaN without a number, which a check refuses. */
  readonly id: number;
  /** Its number as a string where it was given no name. */
  readonly name: string;
  readonly acl: string;
  /** A string that explains the mistake in them. */
  readonly paths: readonly RoutePath[] | string;
  readonly attachments: readonly WishedAttachment[];
}

/** A prefix that is no single address: what paths are compared as does not depend on it. */
const ANY = '0.0.0.0/0';

/** The one text that stands for the paths of a policy. */
export const policyPaths = (paths: Parameters<typeof pathsText>[0]): string => pathsText(paths, ANY);

export function wishedPolicies(wish: Wish): WishedPolicy[] {
  const section = (wish.extra[ABF] ?? {}) as z.output<typeof abfSection>;
  const tables = tableNumbers(wish);
  return Object.entries(section).map(([name, { id, acl, paths: given, interfaces = {} }]) => {
    const paths = readPolicyPaths([given].flat().join(' '), tables);
    const usual = typeof paths === 'string' ? 'ipv4' : familyOf(paths);
    const attachments = Object.entries(interfaces).map(([itf, its]): WishedAttachment => {
      const { priority: at = 0, family = usual } = typeof its === 'number' ? { priority: its } : its;
      return { interface: itf, priority: at, family };
    });
    return { id: id ?? (/^\d+$/.test(name) ? Number(name) : Number.NaN), name, acl, paths, attachments };
  });
}

function readPolicyPaths(text: string, tables: Parameters<typeof readRouteLine>[1]): readonly RoutePath[] | string {
  const line = readRouteLine(`${ANY} ${text}`, tables);
  if (typeof line === 'string') return line;
  if (line.table !== 0) return 'a policy has no table: write next-hop-table behind a next hop';
  if (line.paths.length === 0) return 'it has no path: add via, or drop';
  const places = line.paths.map(placeOf);
  const twice = places.find((place, at) => places.indexOf(place) !== at);
  return twice === undefined ? line.paths : `it has ${twice} twice`;
}

/** A path without its weight: VPP has each of them once. */
export const placeOf = (path: Parameters<typeof pathsText>[0][number]): string => policyPaths([{ ...path, weight: 1 }]);

/** The family of packets that paths are for, unless something else is said: that of all next hops, else IPv4. */
export function familyOf(paths: readonly Pick<RoutePath, 'nextHop'>[]): Family {
  const hops = paths.flatMap(({ nextHop = [] }) => nextHop);
  return hops.length > 0 && hops.every((hop) => hop.includes(':')) ? 'ipv6' : 'ipv4';
}
