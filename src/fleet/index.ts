/** The door of the fleet. */

export { FLEET_ERRORS, FleetError, type FleetErrorCode } from './errors.js';
export { BATCH_FORM, type Batch, type FleetFile, parseBatch } from './files/fleet-file.js';
export { mergeWishes, type NamedText } from './files/merge.js';
export { type FleetFolder, type FleetMistake, readFleetFolder } from './files/read-folder.js';
export { type FleetWishes, type WishTexts, wishesOf } from './files/wishes-of.js';
export { FleetKeys, NAME } from './keys.js';
export {
  type Answer,
  type Carried,
  type Mark,
  Member,
  type MemberParts,
  type MemberStatus,
  type Order,
  type Progress,
  type WishCarrier,
} from './member/index.js';
export {
  type AgentOutcome,
  type AgentReport,
  type AgentState,
  type Assignment,
  agentReport,
  assignment,
  type GenerationPlan,
  type Group,
  group,
  labels,
  MAIN,
  outcome,
  type PlannedAgent,
  type RolloutState,
  wishes,
} from './records.js';
export type { Damage, Mending } from './repair/damage.js';
export { findDamage, mend } from './repair/repair.js';
export {
  type ApplyOptions,
  beginApply,
  type PreparedWishes,
  prepareWishes,
  previewAgents,
  readAgents,
} from './rollout/apply-folder.js';
export { ask, stateText, type Wanted } from './rollout/ask.js';
export { begin, type GivenPlan } from './rollout/begin.js';
export { Driver } from './rollout/driver.js';
export type { DriverEvent, DriverOptions } from './rollout/driver-options.js';
export {
  type AgentStatus,
  type FleetStatus,
  fleetStatus,
  holderOf,
  type Standing,
} from './rollout/fleet-status.js';
export { type Forgotten, forget } from './rollout/forget.js';
export { history, type PastRollout } from './rollout/history.js';
export { type Hashes, planAgents } from './rollout/plan.js';
export { wayBack, withGroupWishes } from './rollout/plan-rollback.js';
export { readNewest, readPlan, readPlannedAgents, stateOf } from './rollout/read-records.js';
export { type AgentView, isOver } from './rollout/view.js';
export { isNotAllowed, isStoreAway, STORE_ERRORS, StoreError, type StoreErrorCode } from './store/errors.js';
export { etcdStore } from './store/etcd.js';
export { type FolderOptions, openFolderStore } from './store/folder.js';
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
  Transaction,
  TransactionResult,
  WatchItem,
  WatchState,
} from './store/store.js';
export { readWish, wishHash, writeWish } from './wishes.js';
