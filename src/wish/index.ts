/**
 * Wishes: files that say what VPP should be, in the format of vppcfg; and what makes VPP be so.
 *
 *   const { valid, errors, wish } = validateWish(readFileSync('vpp.yaml', 'utf8'));
 *   const reconciliation = await Reconciliation.read(channel, {
 *     ...{ kinds: builtInKinds, wish },
 *     ...ownership({ kinds: builtInKinds, wish }),
 *   });
 *   const results = await carryOut(channel, reconciliation);
 */

export { type Adoption, type AdoptOptions, adopt } from './adopt.js';
export { Draft } from './draft.js';
export type { LocatedProblem } from './form.js';
export { builtInKinds } from './kinds/index.js';
export {
  type CliLine,
  defineKind,
  type Found,
  type Index,
  type Kind,
  type KindObject,
  keyOf,
  type Message,
  type Ownership,
  type References,
  type Section,
  type Wanted,
} from './kinds/kind.js';
export { type InterfaceDetails, VppSnapshot } from './kinds/snapshot.js';
export { type Problem, showPath } from './problem.js';
export { OWN_KEY, type Place, type ReadText, readYaml } from './read-yaml.js';
export { asCli, cliLines, cliLinesAsync } from './reconcile/as-cli.js';
export { type CarryOutOptions, carryOut, type Outcome, type Result } from './reconcile/carry-out.js';
export {
  type GraphEdge,
  type GraphObject,
  type GraphOptions,
  type GraphState,
  graphOf,
  graphOfAsync,
  type WishGraph,
} from './reconcile/graph.js';
export { toDot, toMermaid } from './reconcile/graph-text.js';
export { type FoundObject, Inventory } from './reconcile/inventory.js';
export type { Action, Operation, Pending, WantedObject } from './reconcile/operation.js';
export type { Order } from './reconcile/order.js';
export { type Owner, type OwnershipOptions, ownership, ownershipAsync, type Unmanaged } from './reconcile/ownership.js';
export { type Plan, type PlannedChange, type PlannedMessage, planOf, planOfAsync } from './reconcile/plan.js';
export { type Question, Reconciliation } from './reconcile/reconciliation.js';
export { type Withheld, withhold } from './reconcile/withhold.js';
export { NOTHING_SAID, saysNothing } from './says-nothing.js';
export type { WishFile } from './schema.js';
export {
  type ValidateAsyncOptions,
  type ValidateOptions,
  type Verdict,
  validateWish,
  validateWishAsync,
} from './validate.js';
export { Wish } from './wish.js';
