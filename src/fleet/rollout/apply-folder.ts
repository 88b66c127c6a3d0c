/** Rolls out the files of a fleet: what they ask for is compared with what the agents have, and the rest becomes a generation. */

import type { Batch } from '../files/fleet-file.js';
import type { FleetFolder } from '../files/read-folder.js';
import { type FleetWishes, type WishTexts, wishesOf } from '../files/wishes-of.js';
import { type FleetKeys, NAME } from '../keys.js';
import type { GenerationPlan } from '../records.js';
import type { FleetStore } from '../store/store.js';
import { wishHash, writeWish } from '../wishes.js';
import { AgentsView } from './agents-view.js';
import { begin, type GivenPlan } from './begin.js';
import { groupText, readGroups } from './groups.js';
import { type Hashes, planAgents, someOf } from './plan.js';
import type { AgentView } from './view.js';

export interface ApplyOptions extends Omit<GivenPlan, 'at' | 'groups' | 'droppedGroups' | 'rollbackTo'> {
  readonly batch?: Batch;
  /** Whether agents and groups without a file lose their wish. */
  readonly prune: boolean;
  /** Whether agents that have their wish already get the new generation as well. */
  readonly isAll: boolean;
}

export interface PreparedWishes extends FleetWishes {
  /** Agents of the store as they were when their labels were read. */
  readonly seen: ReadonlyMap<string, AgentView>;
  /** Agents with an assignment that the files say nothing of. */
  readonly unnamed: readonly string[];
  /** The same that are away: the files may say something of their groups. */
  readonly unknown: readonly string[];
}

/** Agents of the store by label. */
export async function readAgents(store: FleetStore, keys: FleetKeys): Promise<ReadonlyMap<string, AgentView>> {
  const { kvs, revision } = await store.list({ prefix: keys.agents });
  const view = new AgentsView(keys);
  await view.take({ kind: 'snapshot', because: 'start', kvs, revision });
  return view.seen;
}

/** Makes the wishes of all agents; nothing is written. */
export async function prepareWishes(store: FleetStore, keys: FleetKeys, folder: FleetFolder): Promise<PreparedWishes> {
  const seen = await readAgents(store, keys);
  const wishes = await wishesOf(folder, new Map([...seen].map(([label, { state }]) => [label, state?.labels])));
  const unnamed = [...seen].flatMap(([label, { assignment }]) =>
    someOf(assignment?.wishes) !== undefined && !wishes.agents.has(label) && !folder.agents.has(label) ? [label] : [],
  );
  const isUnknown = (label: string) =>
    seen.get(label)?.state === undefined && folder.defaults.size > 0 && !Object.hasOwn(folder.options.labels, label);
  const unknown = unnamed.filter(isUnknown);
  return { ...wishes, seen, unnamed: unnamed.filter((label) => !isUnknown(label)), unknown };
}

/** Agents that would be touched, by wave; nothing is written. */
export function previewAgents(prepared: PreparedWishes, options: ApplyOptions) {
  return planned(prepared, options, prepared.seen);
}

/** Undefined where all is as the files say. @throws FleetError */
export async function beginApply(
  store: FleetStore,
  keys: FleetKeys,
  prepared: PreparedWishes,
  { batch, prune, isAll, ...options }: ApplyOptions,
): Promise<GenerationPlan | undefined> {
  return begin(store, keys, async () => {
    const agents = planned(prepared, { ...options, batch, prune, isAll }, await readAgents(store, keys));
    const groups = groupsOf(prepared);
    const known = await readGroups(store, keys);
    const isOld = (name: string) => !Object.hasOwn(groups, name) && NAME.test(name);
    const droppedGroups = prune ? [...known.keys()].filter(isOld) : [];
    const isSameGroups = Object.entries(groups).every(([name, each]) => known.get(name) === groupText(each));
    if (agents.length === 0 && droppedGroups.length === 0 && isSameGroups) return undefined;
    const touched = new Set(agents.map(({ label }) => label));
    const texts = [...prepared.agents].flatMap(([label, own]) => (touched.has(label) ? [...own.values()] : []));
    await writeAll(store, keys, [
      ...texts,
      ...[...prepared.groups.values()].flatMap((each) => [...each.texts.values()]),
    ]);
    return { plan: { ...options, at: new Date().toISOString(), groups, droppedGroups }, agents };
  });
}

function planned(
  { agents, unnamed }: PreparedWishes,
  { batch, prune, isAll }: ApplyOptions,
  seen: ReadonlyMap<string, AgentView>,
) {
  const wanted = new Map<string, Hashes | undefined>([...agents].map(([label, texts]) => [label, hashesOf(texts)]));
  if (prune) for (const label of unnamed) wanted.set(label, undefined);
  const assigned = new Map([...seen].map(([label, { assignment }]) => [label, assignment]));
  return planAgents({ wanted, assigned, isAll, ...(batch && { batch }) });
}

const groupsOf = ({ groups }: PreparedWishes): GenerationPlan['groups'] =>
  Object.fromEntries([...groups].map(([name, { selector, texts }]) => [name, { selector, wishes: hashesOf(texts) }]));

const hashesOf = (texts: WishTexts): Hashes =>
  Object.fromEntries([...texts].map(([dataplane, text]) => [dataplane, wishHash(text)]));

/** Texts that are written at a time. */
const AT_ONCE = 16;

async function writeAll(store: FleetStore, keys: FleetKeys, texts: readonly string[]): Promise<void> {
  const left = [...new Set(texts)];
  const worker = async () => {
    for (let text = left.pop(); text !== undefined; text = left.pop()) await writeWish(store, keys, text);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
