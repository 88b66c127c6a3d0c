/** BVIs of their own kind: bviN for the lowest free N, or the one asked for. */
import { type Device, type Interface, NO_MAC } from '../../dataplane/interfaces/interface.js';
import { createdReply } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** bviN is possible for N below this. */
const MAX_INSTANCE = 16 * 1024;
const ANY_INSTANCE = 0xffffffff;
const MTU = 9000;
const DEVICE: Device = { type: 'BVI', isEthernet: true, linkFollowsAdmin: true, takesMacs: true, flood: 'bvi' };

export const bvis = defineKind({
  name: 'bvis',
  title: 'BVIs',
  /** Instance → the interface. */
  state: () => new Map<number, Interface>(),
  interfaceDeleted: (all, itf) => {
    for (const [instance, each] of all) if (each === itf) all.delete(instance);
  },
  handlers: {
    bvi_create: (fields, { dataplane }, all) => {
      let instance = Number(fields.user_instance);
      if (instance === ANY_INSTANCE) for (instance = 0; all.has(instance); ) instance++;
      if (instance >= MAX_INSTANCE || all.has(instance)) return createdReply(Retval.INVALID_REGISTRATION);
      const own = `b0:b0:00:00:00:${(instance & 255).toString(16).padStart(2, '0')}`;
      const mac = fields.mac === NO_MAC ? own : String(fields.mac);
      const itf = dataplane.addInterface({ name: `bvi${instance}`, device: DEVICE, mac, mtu: MTU });
      all.set(instance, itf);
      return createdReply(itf);
    },

    bvi_delete: (fields, { dataplane }, all) => {
      const itf = [...all.values()].find(({ swIfIndex }) => swIfIndex === Number(fields.sw_if_index));
      if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
      dataplane.deleteInterface(itf);
      return Retval.OK;
    },
  },
});
