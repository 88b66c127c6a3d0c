/**
 * The state of a wish, as `state.json` keeps it. Which wish is in effect changes with one write, so a crash leaves the state before or
 * the state after:
 *
 *        apply                    apply with confirm
 *   ┌───────────── confirmed ──────────────────────┐
 *   │                  ▲   ▲                       ▼
 *   └──▶ the new one ──┘   └── confirm ──────  unconfirmed ──▶ the deadline has passed, or the agent was
 *                                                              ended: the one before is confirmed, and present
 */

import { z } from '../../../sdk/index.js';

const revision = z.int().min(1);

/** Facts about one VPP process. */
const vppRecord = z.object({
  /** Process and socket file: another one after a restart. */
  id: z.string(),
  /** Wishes whose objects it may have: the present one, and those before that were not wholly replaced. */
  held: z.array(revision),
  /** The wish that was carried out whole, so that what differs from then on is drift. */
  done: revision.optional(),
});

export const stateForm = z.object({
  version: z.literal(1),
  /** The wish that VPP is to be. */
  present: revision.optional(),
  /** The wish that takes the place of an unconfirmed one; else the present one. */
  confirmed: revision.optional(),
  unconfirmed: z.object({ revision, seconds: z.int().min(1) }).optional(),
  /** How many deletions the present wish was allowed when it was applied; until it is carried out. */
  allowDeletions: z.union([z.int().min(0), z.literal(true)]).optional(),
  /** VPPs, the one that was seen last at the end. */
  vpps: z.array(vppRecord),
  /** Digest of the file of `wish:` in desired-state.conf, when it was applied last. */
  fileDigest: z.string().optional(),
  takenBack: z.array(revision),
  /** The giver of the last wish that had one, such as a fleet. */
  origin: z
    .object({
      text: z.string(),
      /** Its wish. */
      revision,
      /** The wish from before its first one. */
      back: revision.optional(),
      /** Why its wish is not in effect any more. */
      end: z.enum(['taken-back', 'replaced']).optional(),
    })
    .optional(),
});

export type State = Readonly<z.output<typeof stateForm>>;
export type VppRecord = State['vpps'][number];
export type Origin = NonNullable<State['origin']>;

export const EMPTY: State = { version: 1, vpps: [], takenBack: [] };

/** VPPs that are remembered: one that serves again after a fail-over has kept what it had. */
const MOST_VPPS = 4;

export function vppIn(state: State, id: string): VppRecord {
  return state.vpps.find((each) => each.id === id) ?? { id, held: [] };
}

/** The records with this one at their end. */
export function withVpp({ vpps }: State, record: VppRecord): State['vpps'] {
  return [...vpps.filter(({ id }) => id !== record.id), record].slice(-MOST_VPPS);
}

/** Wishes whose text is needed still. */
export function neededWishes({ present, confirmed, unconfirmed, vpps, origin }: State): ReadonlySet<number> {
  const all = [present, confirmed, unconfirmed?.revision, origin?.back, ...vpps.flatMap(({ held }) => held)];
  return new Set(all.filter((each) => each !== undefined));
}
