import type { Dataplane } from '../../dataplane/dataplane.js';
import type { DeviceInstance, Devices } from '../../dataplane/interfaces/devices.js';
import { Retval } from '../../retvals.js';

/** Deletes a driver's interface by its index, or by that of one of its sub-interfaces; gives the retval. */
export function deleteDevice(dataplane: Dataplane, devices: Devices<DeviceInstance>, swIfIndex: unknown): number {
  const itf = devices.behind(dataplane.interfaces, Number(swIfIndex));
  if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
  dataplane.deleteInterface(itf);
  return Retval.OK;
}
