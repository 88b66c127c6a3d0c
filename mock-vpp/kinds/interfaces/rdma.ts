/** RDMA interfaces: cards of Mellanox, by the names that the host has for them. There is no host: any name that Linux allows will do. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { type DeviceInstance, Devices } from '../../dataplane/interfaces/devices.js';
import { generatedMac } from '../../dataplane/interfaces/generated-mac.js';
import { isHostName } from '../../dataplane/interfaces/host-name.js';
import type { Device } from '../../dataplane/interfaces/interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const MTU = 9000;

const DEFAULT_QUEUES = 2;
const DEFAULT_RING = 1024;
const MIN_RING = 256;

export const rdma = defineKind({
  name: 'rdma',
  title: 'RDMA',
  state: () => new Devices<DeviceInstance>(),
  interfaceDeleted: (devices, itf) => void devices.forget(itf),
  handlers: {
    rdma_create: (fields, { dataplane }, devices) => create(dataplane, devices, fields),
    rdma_create_v2: (fields, { dataplane }, devices) => create(dataplane, devices, fields),
    rdma_create_v3: (fields, { dataplane }, devices) => create(dataplane, devices, fields),
    rdma_create_v4: (fields, { dataplane }, devices) => create(dataplane, devices, fields),

    rdma_delete: (fields, { dataplane }, devices) => {
      const itf = devices.behind(dataplane.interfaces, Number(fields.sw_if_index));
      if (itf === undefined) return Retval.INVALID_INTERFACE;
      dataplane.deleteInterface(itf);
      return Retval.OK;
    },
  },
});

function create(dataplane: Dataplane, devices: Devices<DeviceInstance>, fields: Fields): Fields {
  const hostName = String(fields.host_if);
  // A refusal has the index 0.
  const refused = (retval: number) => ({ retval, sw_if_index: 0 });
  if (!isRing(fields.rxq_size) || !isRing(fields.txq_size)) return refused(Retval.INVALID_VALUE);
  if (!isHostName(hostName)) return refused(Retval.INVALID_INTERFACE);
  const itf = dataplane.addInterface({
    name: String(fields.name) || `${hostName}/${devices.nextIndex}`,
    device: deviceOf(Number(fields.rxq_num) || DEFAULT_QUEUES),
    mac: generatedMac(dataplane.interfaces.nextIndex),
    mtu: MTU,
  });
  devices.add((index) => ({ index, itf }));
  dataplane.setLink(itf.swIfIndex, true);
  return { sw_if_index: itf.swIfIndex };
}

const isRing = (asked: unknown) => {
  const size = Number(asked) || DEFAULT_RING;
  return size >= MIN_RING && (size & (size - 1)) === 0;
};

function deviceOf(queues: number): Device {
  return {
    ...{ type: 'RDMA interface', isEthernet: true, linkFollowsAdmin: true, takesMacs: true, takesPromisc: true },
    ...{ queues, txQueues: 1 },
  };
}
