/** ACLs that interfaces have for packets that come in and go out: `x-vppmux.interface-acls`. The first that decides counts. */

import { z } from 'zod';
import { closest } from '../../../nearest.js';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { form } from '../../form-parts.js';
import type { Problem } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found, type KindObject, type References } from '../kind.js';
import { NONE } from '../snapshot.js';
import { listedAcls } from './acl.js';

const KEY = 'interface-acls';
const DIRECTIONS = ['input', 'output'] as const;
const names = z.array(z.string()).min(1).max(100);
const section = z.record(z.string(), form({}, { input: names, output: names }));

/** Names of ACLs, in order. */
interface Applied {
  readonly input: readonly string[];
  readonly output: readonly string[];
}

const applied = ({ extra }: Wish) => Object.entries((extra[KEY] ?? {}) as z.output<typeof section>);

const set = (name: string, { input, output }: Applied, refs: References) => {
  const acls = [...input, ...output].map((acl) => refs.index(`acl/${acl}`));
  const fields = { sw_if_index: refs.interface(name), n_input: input.length, acls };
  return [{ name: 'acl_interface_set_acl_list', fields }];
};

export const interfaceAclsKind = defineKind<Applied>({
  name: 'interface-acls',
  ownership: 'wished',
  messages: ['acl_interface_set_acl_list', 'acl_interface_list_dump', 'acl_dump'],
  section: { key: KEY, schema: section },
  *check(wish) {
    for (const [itf, lists] of applied(wish)) yield* checkNames(wish, itf, lists);
    yield* unknownInterfaces(
      wish,
      applied(wish).map(([name]) => [name, [KEY, name]] as const),
    );
  },
  *wanted(wish) {
    for (const [name, { input = [], output = [] }] of applied(wish)) {
      yield { name, value: { input, output }, path: [OWN_KEY, KEY, name] };
    }
  },
  async read(vpp) {
    const acls = await listedAcls(vpp);
    const lists = await vpp.dump('acl_interface_list_dump', { sw_if_index: NONE });
    return lists.flatMap(({ sw_if_index, n_input, acls: given }): Found<Applied>[] => {
      const name = vpp.nameOf(sw_if_index);
      const all = (given as number[]).map((index) => acls.get(index)?.name ?? `#${index}`);
      if (name === undefined || all.length === 0) return [];
      return [{ name, value: { input: all.slice(0, n_input as number), output: all.slice(n_input as number) } }];
    });
  },
  needs: ({ name, value: { input, output } }: KindObject<Applied>) => [
    `interface/${name}`,
    ...[...new Set([...input, ...output])].map((acl) => `acl/${acl}`),
  ],
  create: ({ name, value }, refs) => set(name, value, refs),
  change: (_found, { name, value }, refs) => set(name, value, refs),
  remove: ({ name }, refs) => set(name, { input: [], output: [] }, refs),
  describe(found, draft) {
    const entries = found.map(({ name, value: { input, output } }) => {
      return [name, { ...(input.length > 0 && { input }), ...(output.length > 0 && { output }) }] as const;
    });
    const isSaid = (acl: string) => draft.file.acls?.[acl] !== undefined;
    const said = entries.filter(([, { input = [], output = [] }]) => [...input, ...output].every(isSaid));
    if (said.length > 0) draft.extra[KEY] = Object.fromEntries(said);
  },
});

function* checkNames(wish: Wish, itf: string, lists: z.output<typeof section>[string]): Generator<Problem> {
  const known = Object.keys(wish.file.acls ?? {});
  for (const direction of DIRECTIONS) {
    for (const [at, acl] of (lists[direction] ?? []).entries()) {
      const path = [OWN_KEY, KEY, itf, direction, at];
      if (!known.includes(acl)) {
        yield { path, message: `interface ${itf} has no ACL ${acl} for its ${direction}${closest(acl, known).text}` };
      } else if (lists[direction]?.indexOf(acl) !== at) {
        yield { path, message: `interface ${itf} has ACL ${acl} twice for its ${direction}` };
      }
    }
  }
}
