/** Requests that have a card sort the packets of a tunnel: the mock has no card that could. */
import type { Dataplane } from '../../dataplane/dataplane.js';
import { isV6 } from '../../dataplane/interfaces/tunnels.js';
import { Retval } from '../../retvals.js';

/** The tunnel of an offload request, as far as it is looked at. */
interface Offloaded {
  readonly dst: string;
  readonly tableId: number;
  /** Whether its driver can offload what is in its packets. */
  readonly canOffload: boolean;
}

/** Answers a request for the hardware interface `hwIfIndex` and a tunnel's interface. */
export function offload(
  { interfaces }: Dataplane,
  hwIfIndex: number,
  swIfIndex: number,
  tunnel: Offloaded | undefined,
): number {
  // VPP numbers hardware interfaces apart from others, in the order in which they were made.
  const receiving = [...interfaces.values()].filter(({ sub }) => sub === undefined)[hwIfIndex];
  if (receiving === undefined) return Retval.NO_SUCH_ENTRY;
  if (interfaces.get(swIfIndex) === undefined) return Retval.INVALID_SW_IF_INDEX;
  if (tunnel === undefined) return Retval.INVALID_SW_IF_INDEX_2;
  if (isV6(tunnel.dst) || !tunnel.canOffload) return Retval.INVALID_ADDRESS_FAMILY;
  return tunnel.tableId === receiving.table4 ? Retval.UNSPECIFIED : Retval.NO_SUCH_FIB;
}
