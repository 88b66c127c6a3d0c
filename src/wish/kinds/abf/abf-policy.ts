/**
 * Policies of ABF (ACL-based forwarding): `x-vppmux.abf`. An object is known by its number, which is all that VPP has of a policy.
 *
 * VPP loses the paths of a policy that gets one a second time, and dies of a policy whose last path goes while it is on an interface:
 * paths are added before others go, and each of them once.
 */

import type { Fields } from '../../../mux/index.js';
import { type RouteDetails, routePathsOf } from '../../../vpp/for-wish.js';
import { OWN_KEY } from '../../read-yaml.js';
import { defineKind, type Found, type Index, type Message, type References } from '../kind.js';
import { listedAcls } from '../layer3/acl.js';
import { pathFields, readPaths } from '../layer3/route-paths.js';
import { NONE, type VppSnapshot } from '../snapshot.js';
import { ABF, abfSection, familyOf, placeOf, policyPaths, wishedPolicies } from './abf-section.js';
import { checkAbf } from './check-abf.js';

interface Policy {
  readonly acl: string;
  /** The one text that stands for its paths. */
  readonly paths: string;
  /** Paths as VPP has them; of found policies only. */
  readonly has?: readonly Path[];
  /** Attachments that deleted interfaces have left behind, as messages have them; of found policies only. */
  readonly orphans?: readonly Fields[];
}

interface Path {
  /** Its text without the weight: VPP tells paths apart by that. */
  readonly place: string;
  readonly text: string;
  readonly fields: Fields;
}

const message = (is_add: boolean, id: string, acl_index: Index, paths: readonly Path[]): Message => ({
  name: 'abf_policy_add_del',
  fields: {
    is_add,
    policy: { policy_id: Number(id), acl_index, n_paths: paths.length, paths: paths.map(({ fields }) => fields) },
  },
});

function wantedPaths({ paths: text }: Policy, refs: References): Path[] {
  const { list = [], needs = [] } = readPaths(text) ?? {};
  const isV6 = familyOf(list) === 'ipv6';
  return list.map((path) => {
    const [fields] = pathFields({ list: [path], needs }, isV6, refs);
    return { place: placeOf(path), text: policyPaths([path]), fields };
  });
}

function foundPath(fields: Fields, vpp: VppSnapshot): Path {
  const route = { paths: [fields] } as unknown as RouteDetails;
  const [path] = routePathsOf(route, { nameOf: (index) => vpp.nameOf(index) ?? `#${index}` });
  return { place: placeOf(path), text: policyPaths([path]), fields };
}

async function foundPolicies(vpp: VppSnapshot): Promise<Found<Policy>[]> {
  const acls = await listedAcls(vpp);
  const attachments = (await vpp.dump('abf_itf_attach_dump')).map(({ attach }) => attach as Fields);
  const orphans = attachments.filter(({ sw_if_index }) => vpp.nameOf(sw_if_index) === undefined);
  return (await vpp.dump('abf_policy_dump')).map(({ policy }) => {
    const { policy_id, acl_index, paths } = policy as { policy_id: number; acl_index: number; paths: Fields[] };
    const has = paths.map((fields) => foundPath(fields, vpp));
    const value: Policy = {
      acl: acls.get(acl_index)?.name ?? `#${acl_index}`,
      paths: textOf(has),
      has,
      orphans: orphans.filter((each) => each.policy_id === policy_id),
    };
    return { name: String(policy_id), value };
  });
}

/** As `pathsText` puts them together. */
const textOf = (paths: readonly Path[]) =>
  paths
    .map(({ text }) => text)
    .sort()
    .join(' ');

/** Messages that make the paths of one policy those of another; undefined where none of them could stay meanwhile. */
function changePaths(name: string, acl: Index, has: readonly Path[], wanted: readonly Path[]): Message[] | undefined {
  const fresh = wanted.filter(({ place }) => !has.some((each) => each.place === place));
  const gone = has.filter(({ text }) => !wanted.some((each) => each.text === text));
  // Another weight: VPP keeps that of a path which is there.
  const anew = wanted.filter(({ place, text }) => has.some((each) => each.place === place && each.text !== text));
  if (fresh.length === 0 && gone.length === has.length) return undefined;
  const steps = [[true, fresh] as const, [false, gone] as const, [true, anew] as const];
  const messages = steps
    .filter(([, paths]) => paths.length > 0)
    .map(([isAdd, paths]) => message(isAdd, name, acl, paths));
  return messages.length > 0 ? messages : undefined;
}

export const abfPolicyKind = defineKind<Policy>({
  name: 'abf',
  ownership: 'wished',
  messages: ['abf_policy_add_del', 'abf_policy_dump', 'abf_itf_attach_add_del', 'abf_itf_attach_dump', 'acl_dump'],
  section: { key: ABF, schema: abfSection },
  check: checkAbf,
  *wanted(wish) {
    for (const { id, name, acl, paths } of wishedPolicies(wish)) {
      const value = { acl, paths: typeof paths === 'string' ? '' : policyPaths(paths) };
      yield { name: String(id), value, path: [OWN_KEY, ABF, name] };
    }
  },
  read: foundPolicies,
  needs: ({ value: { acl, paths } }) => [`acl/${acl}`, ...(readPaths(paths)?.needs ?? [])],
  same: ({ value }, found) => value.acl === found.value.acl && value.paths === found.value.paths,
  create: ({ name, value }, refs) => [message(true, name, refs.index(`acl/${value.acl}`), wantedPaths(value, refs))],
  // VPP never changes the ACL of a policy.
  change: ({ value: { acl, has = [] } }, { name, value }, refs) =>
    acl === value.acl ? changePaths(name, refs.index(`acl/${acl}`), has, wantedPaths(value, refs)) : undefined,
  remove: ({ name, value: { has = [], orphans = [] } }) => [
    ...orphans.map((attach) => ({
      ...{ name: 'abf_itf_attach_add_del', fields: { is_add: false, attach }, settledBy: ['NO_SUCH_ENTRY'] },
    })),
    // VPP looks at the paths alone.
    { ...message(false, name, NONE, has), settledBy: ['INVALID_VALUE'] },
  ],
  show: ({ acl, paths }) => ({ acl, paths }),
  describe(found, { file, extra }) {
    const said = found.filter(
      ({ value }) => file.acls?.[value.acl] !== undefined && readPaths(value.paths) !== undefined,
    );
    const entries = said.map(({ name, value: { acl, has = [] } }) => {
      const paths = has.map(({ text }) => text);
      return [name, { acl, paths: paths.length === 1 ? paths[0] : paths }];
    });
    if (entries.length > 0) extra[ABF] = Object.fromEntries(entries);
  },
});
