/**
 * Interfaces of the host that VPP takes packets from (af_packet): `x-vppmux: { host-interfaces: { host-eth1: {} } }`. The name has that of
 * the Linux interface, which must be there. VPP does not tell the numbers of queues: they count when it is created.
 */

import { z } from 'zod';
import { form, named } from '../../form-parts.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found } from '../kind.js';

const KEY = 'host-interfaces';
const PREFIX = 'host-';

/** VPP's numbers of modes begin with 1. */
const MODES = ['ethernet', 'ip'] as const;

interface HostInterface {
  readonly mode: (typeof MODES)[number];
  /** Wanted values only: VPP does not tell them. */
  readonly rxQueues?: number;
  readonly txQueues?: number;
}

const queues = z.int().min(1).max(255);

const schema = named(
  /^host-[^\s/]{1,15}$/,
  'must be host- and the name of a Linux interface',
  z.preprocess((value) => value ?? {}, form({}, { mode: z.enum(MODES), 'rx-queues': queues, 'tx-queues': queues })),
);

const interfacesOf = ({ extra }: Wish) => Object.entries((extra[KEY] ?? {}) as z.output<typeof schema>);

const NO_MAC = '00:00:00:00:00:00';

export const hostInterfaceKind = defineKind<HostInterface>({
  name: 'host-interface',
  family: 'interface',
  ownership: 'wished',
  messages: ['af_packet_create_v3', 'af_packet_delete', 'af_packet_dump'],
  section: { key: KEY, schema },
  *wanted(wish) {
    for (const [name, { mode = 'ethernet', 'rx-queues': rxQueues = 1, 'tx-queues': txQueues = 1 }] of interfacesOf(
      wish,
    )) {
      yield { name, value: { mode, rxQueues, txQueues }, path: [OWN_KEY, KEY, name] };
    }
  },
  read: async (vpp) =>
    (await vpp.dump('af_packet_dump')).flatMap(({ sw_if_index }): Found<HostInterface>[] => {
      const itf = vpp.interfaces.get(sw_if_index as number);
      if (itf === undefined) return [];
      const mode = itf.l2_address === NO_MAC ? 'ip' : 'ethernet';
      return [{ name: itf.interface_name, value: { mode }, index: itf.sw_if_index, tag: itf.tag }];
    }),
  needs: () => [],
  same: (wanted, found) => wanted.value.mode === found.value.mode,
  create: ({ name, value: { mode, rxQueues, txQueues } }) => [
    {
      name: 'af_packet_create_v3',
      fields: {
        ...{ host_if_name: name.slice(PREFIX.length), use_random_hw_addr: true, mode: MODES.indexOf(mode) + 1 },
        ...{ num_rx_queues: rxQueues, num_tx_queues: txQueues },
      },
    },
  ],
  indexOf: (reply) => reply.sw_if_index as number | undefined,
  remove: ({ name }) => [
    { name: 'af_packet_delete', fields: { host_if_name: name.slice(PREFIX.length) }, settledBy: ['SYSCALL_ERROR_1'] },
  ],
  describe(found, { extra }) {
    if (found.length === 0) return;
    extra[KEY] = Object.fromEntries(found.map(({ name, value: { mode } }) => [name, mode === 'ip' ? { mode } : {}]));
  },
});
