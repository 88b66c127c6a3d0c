/** Loopback interfaces: `loopbacks`. Their addresses, MTU and MAC address are kinds of their own. */

import { macText } from './devices/mac-text.js';
import { instanceOf } from './interfaces-of.js';
import { defineKind, type Found } from './kind.js';

/** VPP makes one up. */
const ANY_MAC = '00:00:00:00:00:00';

interface Loopback {
  readonly instance: number;
  /** For its creation only: `mac` compares it afterwards. Only for what is wanted. */
  readonly mac?: string;
}

export const loopbackKind = defineKind<Loopback>({
  name: 'loopback',
  family: 'interface',
  ownership: 'all',
  messages: ['create_loopback_instance', 'delete_loopback'],
  *wanted({ file }) {
    for (const [name, { mac }] of Object.entries(file.loopbacks ?? {})) {
      const value = { instance: instanceOf(name), ...(mac !== undefined && { mac: macText(mac) }) };
      yield { name, value, path: ['loopbacks', name] };
    }
  },
  read: async (vpp) =>
    vpp.ofType('Loopback').map(({ interface_name: name, sw_if_index: index, tag }): Found<Loopback> => {
      return { name, value: { instance: instanceOf(name) }, index, tag };
    }),
  needs: () => [],
  same: ({ value }, { value: found }) => value.instance === found.instance,
  create: ({ value: { instance, mac = ANY_MAC } }) => [
    { name: 'create_loopback_instance', fields: { mac_address: mac, is_specified: true, user_instance: instance } },
  ],
  indexOf: (reply) => reply.sw_if_index as number | undefined,
  remove: ({ name }, refs) => [{ name: 'delete_loopback', fields: { sw_if_index: refs.interface(name) } }],
  describe(found, { file }) {
    file.loopbacks ??= {};
    for (const { name } of found) file.loopbacks[name] ??= {};
  },
  cli: (before, after) =>
    after === undefined
      ? [{ block: 'prune', line: `delete loopback interface intfc ${before?.name}` }]
      : [{ block: 'create', line: createLine(after.value) }],
});

const createLine = ({ instance, mac }: Loopback) =>
  `create loopback interface instance ${instance}${mac === undefined ? '' : ` mac ${mac}`}`;
