/// <reference types="node" preserve="true" />
/** The public door `vppmux/built-ins`: the plugins that come with vppmux, and the declarations of their operations. */

export {
  clientsDrain,
  clientsKill,
  clientsList,
  clientsPause,
  clientsResume,
} from './api-socket/operations.js';
export { builtIns } from './built-ins.js';
export {
  packetTracePackets,
  packetTraceStart,
  packetTraceStatus,
  packetTraceStop,
} from './capture/packet-trace-operations.js';
export { pcapRead, pcapStart, pcapStatus, pcapStop } from './capture/pcap-operations.js';
export {
  wishAdopt,
  wishApply,
  wishConfirm,
  wishDrift,
  wishGraph,
  wishHistory,
  wishPlan,
  wishRollback,
  wishShow,
  wishStatus,
  wishValidate,
} from './desired-state/declarations.js';
export {
  fleetAgents,
  fleetConfirm,
  fleetHistory,
  fleetPause,
  fleetResume,
  fleetStatus,
  fleetTakeBack,
} from './etcd/declarations.js';
export { aclList } from './operations/acls.js';
export { bridgeAdd, bridgeList, bridgeRemove } from './operations/bridges.js';
export { dataplaneSwitch } from './operations/dataplane.js';
export { interfaceAddAddress, interfaceRemoveAddress } from './operations/interface-addresses.js';
export { interfaceCreateLoopback, interfaceDelete, interfaceList, interfaceSetState } from './operations/interfaces.js';
export { neighborList } from './operations/neighbors.js';
export { routeAdd, routeList, routeLookup, routeRemove } from './operations/routes.js';
export { systemCli, systemVersion } from './operations/system.js';
export {
  statsBuffers,
  statsDump,
  statsErrors,
  statsGet,
  statsInterfaces,
  statsLs,
  statsMemory,
  statsNodes,
  statsSystem,
} from './stats/definitions.js';
