/** Reads records of a fleet out of the store. Whoever has rights may have written them: what has another form is an error, or counts as none. */

import type * as z from 'zod';
import { FleetError } from '../errors.js';
import type { FleetKeys } from '../keys.js';
import {
  type GenerationPlan,
  generationPlan,
  type PlannedAgent,
  plannedAgents,
  type RolloutState,
  rolloutState,
} from '../records.js';
import type { FleetStore, KeyValue } from '../store/store.js';

/** Undefined for what is no such record. */
export function recordOf<Schema extends z.ZodType>(
  schema: Schema,
  kv: Pick<KeyValue, 'value'> | undefined,
): z.output<Schema> | undefined {
  if (kv === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(kv.value.toString())).data;
  } catch {
    return undefined;
  }
}

/** Names what to do: a newer vppmux may know what it is. */
const badRecord = (what: string) =>
  new FleetError(
    'BAD_RECORD',
    `${what}: another program has written it, or a newer vppmux; "vppmux fleet repair" says what is damaged, and mends it`,
  );

/** @throws FleetError BAD_RECORD; undefined where there is no such key. */
function checked<Schema extends z.ZodType>(schema: Schema, kv: KeyValue | undefined): z.output<Schema> | undefined {
  const record = recordOf(schema, kv);
  if (record === undefined && kv !== undefined) {
    throw badRecord(`${kv.key} holds what this version of vppmux has not written`);
  }
  return record;
}

export interface Latest {
  /** 0 where nothing was ever rolled out. */
  readonly generation: number;
  /** Revision in which the key was written; 0 where it is not there. */
  readonly revision: number;
}

/** @throws FleetError BAD_RECORD */
export async function readLatest(store: FleetStore, keys: FleetKeys): Promise<Latest> {
  return latestOf(await store.get(keys.latest));
}

/** @throws FleetError BAD_RECORD */
export function latestOf(kv: KeyValue | undefined): Latest {
  if (kv === undefined) return { generation: 0, revision: 0 };
  const text = kv.value.toString();
  if (!/^[1-9]\d{0,7}$/.test(text)) throw badRecord(`${kv.key} holds no number of a generation`);
  return { generation: Number(text), revision: kv.modRevision };
}

export interface KnownState {
  readonly state: RolloutState;
  /** Revision in which it was written. */
  readonly revision: number;
}

/** @throws FleetError BAD_RECORD */
export function stateOf(kv: KeyValue | undefined): KnownState | undefined {
  const state = checked(rolloutState, kv);
  return state === undefined ? undefined : { state, revision: kv?.modRevision ?? 0 };
}

/** @throws FleetError NO_GENERATION, BAD_RECORD */
export async function readPlan(store: FleetStore, keys: FleetKeys, generation: number): Promise<GenerationPlan> {
  const plan = checked(generationPlan, await store.get(keys.plan(generation)));
  if (plan !== undefined) return plan;
  throw new FleetError('NO_GENERATION', `generation ${generation} is not kept any more, or was never there`);
}

/** @throws FleetError BAD_RECORD */
export async function readPlannedAgents(
  store: FleetStore,
  keys: FleetKeys,
  { generation, parts }: Pick<GenerationPlan, 'generation' | 'parts'>,
): Promise<PlannedAgent[]> {
  const agents: PlannedAgent[] = [];
  for (let part = 0; part < parts; part++) {
    const key = keys.planAgents(generation, part);
    const found = checked(plannedAgents, await store.get(key));
    if (found === undefined) throw badRecord(`${key} is missing, a part of generation ${generation}`);
    agents.push(...found);
  }
  return agents;
}

export interface KnownRollout extends KnownState {
  readonly plan: GenerationPlan;
}

/** The newest roll-out; undefined where there was none. @throws FleetError BAD_RECORD */
export async function readNewest(store: FleetStore, keys: FleetKeys): Promise<KnownRollout | undefined> {
  const { generation } = await readLatest(store, keys);
  if (generation === 0) return undefined;
  const state = stateOf(await store.get(keys.rollout(generation)));
  if (state === undefined) throw badRecord(`${keys.rollout(generation)} is missing`);
  return { ...state, plan: await readPlan(store, keys, generation) };
}
