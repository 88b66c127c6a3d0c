/** The MAC/IP ACL that an interface has for the senders of its packets: `x-vppmux.interface-macip-acls`. */

import { closest } from '../../../nearest.js';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { OWN_KEY } from '../../read-yaml.js';
import { defineKind, type Found, type KindObject, type References } from '../kind.js';
import { NONE } from '../snapshot.js';
import { foundMacipAcls } from './macip-acl.js';
import {
  INTERFACE_MACIP_ACLS,
  interfaceMacipSection,
  MACIP_ACLS,
  macipAclsOf,
  macipInterfacesOf,
} from './macip-section.js';

interface Applied {
  readonly acl: string;
}

const set = ({ name, value }: KindObject<Applied>, refs: References, is_add: boolean) => ({
  name: 'macip_acl_interface_add_del',
  fields: { is_add, sw_if_index: refs.interface(name), acl_index: refs.index(`macip-acl/${value.acl}`) },
});

export const interfaceMacipAclKind = defineKind<Applied>({
  name: 'interface-macip-acl',
  ownership: 'wished',
  messages: ['macip_acl_interface_add_del', 'macip_acl_interface_list_dump', 'macip_acl_dump'],
  section: { key: INTERFACE_MACIP_ACLS, schema: interfaceMacipSection },
  *check(wish) {
    const known = Object.keys(macipAclsOf(wish));
    for (const [itf, acl] of macipInterfacesOf(wish)) {
      if (known.includes(acl)) continue;
      const message = `interface ${itf} has no MAC/IP ACL ${acl}${closest(acl, known).text}`;
      yield { path: [OWN_KEY, INTERFACE_MACIP_ACLS, itf], message };
    }
    yield* unknownInterfaces(
      wish,
      macipInterfacesOf(wish).map(([itf]) => [itf, [INTERFACE_MACIP_ACLS, itf]] as const),
    );
  },
  *wanted(wish) {
    for (const [name, acl] of macipInterfacesOf(wish)) {
      yield { name, value: { acl }, path: [OWN_KEY, INTERFACE_MACIP_ACLS, name] };
    }
  },
  async read(vpp) {
    const acls = new Map((await foundMacipAcls(vpp)).map(({ index, name }) => [index, name]));
    const lists = await vpp.dump('macip_acl_interface_list_dump', { sw_if_index: NONE });
    return lists.flatMap(({ sw_if_index, acls: given }): Found<Applied>[] => {
      const [name, [index = NONE]] = [vpp.nameOf(sw_if_index), given as number[]];
      return name === undefined || index === NONE ? [] : [{ name, value: { acl: acls.get(index) ?? `#${index}` } }];
    });
  },
  needs: ({ name, value }) => [`interface/${name}`, `macip-acl/${value.acl}`],
  create: (wanted, refs) => [set(wanted, refs, true)],
  // VPP takes the other one off.
  change: (_found, wanted, refs) => [set(wanted, refs, true)],
  remove: (found, refs) => [{ ...set(found, refs, false), settledBy: ['NO_SUCH_ENTRY', 'INVALID_SW_IF_INDEX'] }],
  describe(found, { extra }) {
    const said = (extra[MACIP_ACLS] ?? {}) as object;
    const entries = found
      .filter(({ value }) => Object.hasOwn(said, value.acl))
      .map(({ name, value }) => [name, value.acl]);
    if (entries.length > 0) extra[INTERFACE_MACIP_ACLS] = Object.fromEntries(entries);
  },
});
