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

export { Draft } from './draft.js';
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
export { type Problem, showPath } from './problem.js';
export type { Place } from './read-yaml.js';
export { NOTHING_SAID, saysNothing } from './says-nothing.js';
export type { WishFile } from './schema.js';
export { type LocatedProblem, type ValidateOptions, type Verdict, validateWish } from './validate.js';
export { Wish } from './wish.js';
