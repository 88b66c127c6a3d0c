/**
 * Writes the wish that describes a VPP as it is: applied there, it changes nothing. What no key of a file can say is listed in comments.
 */

import type { Channel, Untyped } from '../mux/index.js';
import { printableLine } from '../printable.js';
import { Slices, type Steps } from '../slices.js';
import { yamlText } from '../yaml-text.js';
import { Draft } from './draft.js';
import { orderedFile, sortable } from './file-order.js';
import type { LocatedProblem } from './form.js';
import { builtInKinds } from './kinds/index.js';
import type { Kind } from './kinds/kind.js';
import { VppSnapshot } from './kinds/snapshot.js';
import { differences } from './reconcile/differences.js';
import { type FoundObject, Inventory } from './reconcile/inventory.js';
import { type Pending, wantedObjects } from './reconcile/operation.js';
import { ownership } from './reconcile/ownership.js';
import { validateWishAsync } from './validate.js';
import { Wish } from './wish.js';

export interface AdoptOptions {
  /** Default: those of vppmux. */
  readonly kinds?: readonly Kind[];
  /** First lines of the file, as comments: where it is from, and when. */
  readonly header?: readonly string[];
  /** Ends it: it rejects with the reason. */
  readonly signal?: AbortSignal;
}

export interface Adoption {
  /** The file, ending in a line feed. */
  readonly text: string;
  /** Objects that the file does not describe, by their keys. Applying the file leaves them as they are. */
  readonly undescribed: readonly Pending[];
  /** Mistakes that the checks of a wish find in the file, since VPP takes what they refuse. */
  readonly problems: readonly LocatedProblem[];
  /** Objects that applying the file would change, with the reason: what it says of them is not what VPP has. */
  readonly differs: readonly Pending[];
}

/** Rejects where the connection fails, or VPP does not answer, and when it is aborted. */
export async function adopt(channel: Channel<Untyped>, options: AdoptOptions = {}): Promise<Adoption> {
  const { signal } = options;
  signal?.throwIfAborted();
  try {
    return await adopted(channel, options);
  } catch (error) {
    // The mux's own error names a request, of which the caller knows nothing.
    signal?.throwIfAborted();
    throw error;
  }
}

async function adopted(channel: Channel<Untyped>, options: AdoptOptions): Promise<Adoption> {
  const { kinds = builtInKinds, header = [], signal } = options;
  const vpp = await VppSnapshot.read(channel, signal);
  const inventory = await Inventory.read(vpp, kinds);
  const documents = await new Slices().take(described(kinds, inventory), signal);
  const { errors: problems, wish = new Wish({}) } = await validateWishAsync(documents, { kinds, signal });
  const { all: wanted } = await wantedObjects(kinds, wish);
  signal?.throwIfAborted();
  const owner = ownership({ kinds, wish });
  const rules = { wanted, owns: (found: FoundObject) => owner.owns(found, inventory) };
  const { operations, pending } = await differences(inventory, rules);
  signal?.throwIfAborted();
  const differs = [...operations.map(({ key, reason }) => ({ key, reason })), ...pending];
  const known = new Set([...wanted.keys(), ...differs.map(({ key }) => key)]);
  const undescribed = [...refused(inventory, vpp), ...leftOut(inventory, known)];
  const comments = [
    ...header,
    ...section(
      'VPP takes it, but vppmux validate refuses it:',
      problems.map(({ message }) => message),
    ),
    ...section('Applying this file would change:', differs.map(lineOf)),
    ...section('Not in this file, and left as it is when it is applied:', undescribed.map(lineOf)),
  ];
  const text = [...comments.map((line) => `# ${printableLine(line)}`.trimEnd()), documents].join('\n');
  return { text, undescribed, problems: moved(problems, comments.length), differs };
}

/** The two documents of the file: vppcfg's, and what its format cannot say. */
function* described(kinds: readonly Kind[], inventory: Inventory): Steps<string> {
  const byKind = new Map<Kind, FoundObject[]>(kinds.map((kind) => [kind, []]));
  for (const found of inventory.objects.values()) byKind.get(found.kind)?.push(found);
  for (const [kind, found] of byKind) {
    byKind.set(kind, inOrder(found));
    yield;
  }
  // Settings are said of interfaces that have an entry, and a later kind may make one: all of them are known the second time.
  const outline = (yield* filled(new Draft(), byKind)).outline();
  yield;
  const { file, extra } = orderedFile(yield* filled(outline, byKind));
  yield;
  const text = yamlText(file, NUMBERED);
  yield;
  const own = Object.keys(extra).length === 0 ? [] : ['---', yamlText(extra, NUMBERED)];
  return [text, ...own, ''].join('\n');
}

function* filled(draft: Draft, byKind: ReadonlyMap<Kind, readonly FoundObject[]>): Steps<Draft> {
  for (const [kind, found] of byKind) {
    kind.describe?.(found, draft);
    yield;
  }
  return draft;
}

const NUMBERED = { numberedKeys: true };

/** By name, with numbers as numbers: VPP lists objects in an order that is another each time. */
function inOrder(found: readonly FoundObject[]): FoundObject[] {
  const keyed = found.map((each) => ({ each, name: sortable(each.name) }));
  return keyed.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)).map(({ each }) => each);
}

/** Kinds that VPP does not list; of those whose messages it lacks it has no objects. */
function refused({ unread }: Inventory, vpp: VppSnapshot): Pending[] {
  const listed = [...unread].filter(([{ messages }]) => messages.every((name) => vpp.has(name)));
  return listed.map(([{ name }, reason]) => ({ key: name, reason }));
}

/** Objects that the wish does not ask for; settings, which every interface has, are none, nor is what comes with others. */
function leftOut({ objects }: Inventory, known: ReadonlySet<string>): Pending[] {
  return [...objects.values()]
    .filter(({ kind, comesWith }) => kind.remove !== undefined && !kind.vanishes && comesWith === undefined)
    .filter(({ key }) => !known.has(key))
    .map(({ key, kind }) => ({
      key,
      reason: kind.describe ? 'no key says it' : 'no key describes objects of its kind',
    }));
}

/** Lines of one kind of remark that a file has at most. */
const MOST_LINES = 100;

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - MOST_LINES;
  return [
    '',
    title,
    ...lines.slice(0, MOST_LINES).map((line) => `  ${line}`),
    ...(more > 0 ? [`  … ${more} more`] : []),
  ];
}

const lineOf = ({ key, reason }: Pending) => `${key}: ${reason}`;

/** The same mistakes, where their lines are behind the comments. */
function moved(problems: readonly LocatedProblem[], lines: number): LocatedProblem[] {
  return problems.map((each) => ({ ...each, place: { ...each.place, line: each.place.line + lines } }));
}
