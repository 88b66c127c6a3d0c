/** The door of the fleet. */

export { FLEET_ERRORS, FleetError, type FleetErrorCode } from './errors.js';
export { FleetKeys, NAME } from './keys.js';
export {
  type Answer,
  type Carried,
  type Mark,
  Member,
  type MemberPace,
  type MemberParts,
  type MemberStatus,
  type Order,
  type Progress,
  type RivalSeen,
  type StoreWayState,
  type WishCarrier,
} from './member/index.js';
export {
  type AgentOutcome,
  type AgentReport,
  type AgentState,
  type Assignment,
  agentReport,
  agentState,
  assignment,
  type GenerationPlan,
  type Group,
  generationPlan,
  group,
  labels,
  MAIN,
  outcome,
  type PlannedAgent,
  plannedAgent,
  plannedAgents,
  type RolloutState,
  rolloutState,
  wishes,
} from './records.js';
export { isNotAllowed, isStoreAway, STORE_ERRORS, StoreError, type StoreErrorCode } from './store/errors.js';
export { etcdStore } from './store/etcd.js';
export { openFolderStore } from './store/folder.js';
export type {
  Change,
  Comparison,
  Content,
  FleetStore,
  KeptState,
  KeyValue,
  Listing,
  Operation,
  Prefix,
  StoreKept,
  StoreLock,
  StoreWatch,
  StoreWatchOptions,
  Transaction,
  TransactionResult,
  WatchItem,
  WatchState,
} from './store/store.js';
export { readWish, type WishBounds, wishHash, writeWish } from './wishes.js';
