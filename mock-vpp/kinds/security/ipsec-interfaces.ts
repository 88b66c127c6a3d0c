/** IPsec interfaces: tunnels whose ends are those of the security associations that protect them. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import { Pool } from '../../dataplane/pool.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { createdReply } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const ANY_INSTANCE = 0xffffffff;
const INSTANCES = 16 * 1024;
const MULTI_POINT = 1;
const MTU = 9000;

const DEVICE: Device = { type: 'IPSEC Tunnel', isEthernet: false, linkFollowsAdmin: true, takesMacs: false };

export interface IpsecInterface {
  readonly index: number;
  readonly itf: Interface;
  readonly instance: number;
  readonly mode: number;
}

export const ipsecInterfaces = defineKind({
  name: 'ipsecInterfaces',
  title: 'IPsec interfaces',
  state: () => new Pool<IpsecInterface>(),
  interfaceDeleted: (pool, itf) => {
    for (const { index, itf: at } of pool.values()) if (at === itf) pool.remove(index);
  },
  handlers: {
    ipsec_itf_create: (fields, { dataplane }, pool) => {
      const asked = fields.itf as Fields;
      const mode = Number(asked.mode);
      if (mode > MULTI_POINT) return createdReply(Retval.INVALID_VALUE_2);
      const instance = freeInstance(pool, Number(asked.user_instance));
      if (instance === undefined) return createdReply(Retval.INVALID_REGISTRATION);
      const device = { ...DEVICE, tunnel: { isMultiPoint: mode === MULTI_POINT, hasEnds: false } };
      const itf = dataplane.addInterface({ name: `ipsec${instance}`, device, mtu: 0 });
      itf.mtu = [MTU, 0, 0, 0];
      pool.add((index) => ({ index, itf, instance, mode }));
      return createdReply(itf);
    },

    ipsec_itf_delete: ({ sw_if_index }, { dataplane }, pool) => {
      const made = [...pool.values()].find(({ itf }) => itf.swIfIndex === Number(sw_if_index));
      if (made === undefined) return Retval.INVALID_SW_IF_INDEX;
      dataplane.deleteInterface(made.itf);
      return Retval.OK;
    },

    ipsec_itf_dump: ({ sw_if_index }, _, pool) =>
      [...pool.values()]
        .filter(({ itf }) => [NO_INTERFACE, itf.swIfIndex].includes(Number(sw_if_index)))
        .map(({ itf, instance, mode }) => ({ itf: { user_instance: instance, mode, sw_if_index: itf.swIfIndex } })),
  },
});

/** The instance that is asked for, or the lowest free one; undefined when there is none such. */
function freeInstance(pool: Pool<IpsecInterface>, asked: number): number | undefined {
  const used = new Set([...pool.values()].map(({ instance }) => instance));
  let instance = asked === ANY_INSTANCE ? 0 : asked;
  while (asked === ANY_INSTANCE && used.has(instance)) instance++;
  return instance < INSTANCES && !used.has(instance) ? instance : undefined;
}
