/** The records of a fleet as they are stored: JSON, checked by whoever reads them, since anybody with rights may have written them. */

import * as z from 'zod';
import { NAME } from './keys.js';

const name = z.string().regex(NAME);
const generation = z.int().min(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const when = z.iso.datetime();
/** Text for people. */
const text = z.string().max(2000);
const seconds = z.int().min(1).max(86_400);

/** Name of the dataplane of an agent that has one only. */
export const MAIN = 'main';

/** SHA-256 of a wish's text, for each dataplane by its name. */
export const wishes = z.record(name, sha256);

/** Labels of an agent, for selectors: `role: edge`. */
export const labels = z.record(z.string().regex(NAME), z.string().max(63));

export const assignment = z.object({
  generation,
  /** None at all: the agent is to have no wish, whatever its groups say. */
  wishes,
  /** The agent goes back by itself where this has not become true so many seconds after the wish was carried out. */
  confirmSeconds: seconds.optional(),
  confirmed: z.boolean().optional(),
  allowDeletions: z.union([z.int().min(0), z.literal(true)]).optional(),
});
export type Assignment = z.output<typeof assignment>;

export const outcome = z.enum([
  /** Read, and on its way. */
  'applying',
  /** VPP is what the wish says. */
  'applied',
  /** VPP is away; it is carried out when it comes. */
  'waiting',
  /** Objects failed, or wait for others. */
  'incomplete',
  /** The wish is not valid, deletes too much, or cannot be read. Nothing was changed. */
  'refused',
  /** It was not confirmed in time: the wish before it is there again. */
  'taken-back',
]);
export type AgentOutcome = z.output<typeof outcome>;

export const agentState = z.object({
  /** Another one for each process: a second agent with the same label is noticed. */
  instance: z.string().max(64),
  /** Versions of vppmux, and of VPP where one is there. */
  agent: z.string().max(64),
  vpp: z.string().max(128).optional(),
  labels,
  /** Undefined while it has carried out none. */
  generation: generation.optional(),
  outcome: outcome.optional(),
  /** Why it is not applied. */
  reason: text.optional(),
  /** Objects of VPP that differ from the wish. */
  drift: z.int().min(0).default(0),
  health: z.enum(['ok', 'degraded', 'error']),
  at: when,
});
export type AgentState = z.output<typeof agentState>;

export const agentReport = z.object({ generation, outcome, reason: text.optional(), at: when });
export type AgentReport = z.output<typeof agentReport>;

export const group = z.object({
  /** Labels that an agent must have; an empty selector is every agent. */
  selector: labels,
  generation,
  wishes,
});
export type Group = z.output<typeof group>;

export const generationPlan = z.object({
  generation,
  at: when,
  /** Name of the one who asked for it. */
  by: text,
  comment: text.optional(),
  /** Number of agents, of waves, and of parts that list the agents. */
  agents: z.int().min(0),
  waves: z.int().min(0),
  parts: z.int().min(0),
  pauseOnFailure: z.boolean(),
  /** Agents that are away when their wave ends are no failures: they carry it out when they come. */
  allowAway: z.boolean().default(false),
  /** The roll-out is taken back where nobody confirms it so many seconds after its last wave. */
  confirmSeconds: seconds.optional(),
  /** How long a wave may take. */
  waveSeconds: seconds,
  allowDeletions: assignment.shape.allowDeletions,
  /** Groups that it defines; they count once the roll-out is done. */
  groups: z.record(name, z.object({ selector: labels, wishes })).default({}),
  /** Groups that are no more. */
  droppedGroups: z.array(name).max(1000).default([]),
  /** It stands in place of records that were damaged: nobody knows what it did. */
  isDamaged: z.literal(true).optional(),
  /** The generation whose wishes these are, for a rollback. */
  rollbackTo: generation.optional(),
});
export type GenerationPlan = z.output<typeof generationPlan>;

/** One agent of a plan. */
export const plannedAgent = z.object({
  label: name,
  /** From 1. */
  wave: z.int().min(1),
  /** Undefined: it is to have none. */
  wishes: wishes.optional(),
  /** Its assignment before, to go back to; with `confirmSeconds` where that was never confirmed. */
  before: z.object({ generation, wishes, confirmSeconds: seconds.optional() }).optional(),
});
export type PlannedAgent = z.output<typeof plannedAgent>;
export const plannedAgents = z.array(plannedAgent).max(5000);

export const rolloutState = z.object({
  state: z.enum(['running', 'paused', 'confirming', 'done', 'taking-back', 'taken-back']),
  /** The wave under way, from 1. */
  wave: z.int().min(0),
  /** When this state, or this wave, began. */
  since: when,
  /** Name of the one who drives it, and why it stopped. */
  driver: text.optional(),
  reason: text.optional(),
  /** A person's wish to the driver. */
  wanted: z.enum(['confirm', 'take-back', 'pause', 'go-on']).optional(),
});
export type RolloutState = z.output<typeof rolloutState>;
