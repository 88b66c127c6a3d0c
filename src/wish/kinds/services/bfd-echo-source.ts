/** The interface that BFD takes the addresses of its echo packets from: `x-vppmux.bfd-echo-source`. */

import { z } from 'zod';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found } from '../kind.js';

const KEY = 'bfd-echo-source';

const nameIn = ({ extra }: Wish) => extra[KEY] as string | undefined;

/** The only object, if there is one, has the name of the interface. */
export const bfdEchoSourceKind = defineKind<null>({
  name: 'bfd-echo-source',
  ownership: 'wished',
  messages: ['bfd_udp_set_echo_source', 'bfd_udp_del_echo_source', 'bfd_udp_get_echo_source'],
  section: { key: KEY, schema: z.string() },
  check(wish) {
    const name = nameIn(wish);
    return name === undefined ? [] : unknownInterfaces(wish, [[name, [KEY]]]);
  },
  *wanted(wish) {
    const name = nameIn(wish);
    if (name !== undefined) yield { name, value: null, path: [OWN_KEY, KEY] };
  },
  async read(vpp) {
    const { is_set: isSet, sw_if_index: index } = await vpp.request('bfd_udp_get_echo_source');
    const name = vpp.nameOf(index);
    return isSet && name !== undefined ? [{ name, value: null } satisfies Found<null>] : [];
  },
  needs: ({ name }) => [`interface/${name}`],
  create: ({ name }, refs) => [{ name: 'bfd_udp_set_echo_source', fields: { sw_if_index: refs.interface(name) } }],
  remove: () => [{ name: 'bfd_udp_del_echo_source', fields: {} }],
  describe([found], draft) {
    if (found === undefined) return;
    draft.layer3(found.name);
    draft.extra[KEY] = found.name;
  },
});
