/** Makes the wishes of all agents out of a fleet's files: those of the groups that an agent belongs to, in the order of their names, and its own. */

import { Slices } from '../../slices.js';
import { type Place, readYaml, validateWish } from '../../wish/index.js';
import { isSelected } from './fleet-file.js';
import { mergeWishes } from './merge.js';
import type { FleetFolder, FleetMistake, WishFileText } from './read-folder.js';

type Labels = Readonly<Record<string, string>>;
/** Text of the wish of each dataplane. */
export type WishTexts = ReadonlyMap<string, string>;

export interface FleetWishes {
  /** By label, in their order. */
  readonly agents: ReadonlyMap<string, WishTexts>;
  readonly groups: ReadonlyMap<string, { readonly selector: Labels; readonly texts: WishTexts }>;
  readonly mistakes: readonly FleetMistake[];
  readonly warnings: readonly FleetMistake[];
}

/** `known`: labels of the agents of the store, which say theirs; undefined for those that are away. */
export async function wishesOf(
  folder: FleetFolder,
  known: ReadonlyMap<string, Labels | undefined>,
): Promise<FleetWishes> {
  const maker = new Maker(folder);
  const agents = new Map<string, WishTexts>();
  const slices = new Slices();
  for (const label of [...new Set([...folder.agents.keys(), ...known.keys()])].sort()) {
    const texts = maker.wishesOfAgent(label, known.get(label));
    if (texts !== undefined && texts.size > 0) agents.set(label, texts);
    if (slices.isOver) await slices.next();
  }
  const groups = new Map(
    [...folder.defaults].flatMap(([name, files]) => {
      const selector = folder.options.groups[name]?.selector;
      const texts = new Map([...files].map(([dataplane, { text }]) => [dataplane, text]));
      return selector === undefined ? [] : [[name, { selector, texts }] as const];
    }),
  );
  return { agents, groups, mistakes: maker.mistakes, warnings: maker.warnings };
}

class Maker {
  readonly mistakes: FleetMistake[] = [];
  readonly warnings: FleetMistake[] = [];
  /** Texts that were checked: many agents may have the same. */
  private readonly checked = new Set<string>();

  constructor(private readonly folder: FleetFolder) {}

  /** Undefined where it cannot be known. */
  wishesOfAgent(label: string, labelsNow: Labels | undefined): WishTexts | undefined {
    const { defaults, options, agents } = this.folder;
    const own = agents.get(label);
    const labels = labelsNow ?? (Object.hasOwn(options.labels, label) ? options.labels[label] : undefined);
    const groups = [...defaults.keys()].sort().flatMap((name) => {
      const selector = options.groups[name]?.selector;
      return selector === undefined ? [] : [{ name, selector }];
    });
    if (labels === undefined && own === undefined) return undefined;
    const isUnknown = labels === undefined && groups.some(({ selector }) => Object.keys(selector).length > 0);
    if (isUnknown) {
      const how = `its labels are not known, and so not its groups; add "labels: { ${label}: { role: edge } }" to fleet.yaml`;
      const file = [...(own?.values() ?? [])][0]?.file ?? 'fleet.yaml';
      this.mistakes.push({ file, line: 1, column: 1, message: `${label} is not connected: ${how}` });
      return undefined;
    }
    const matching = groups.filter(({ selector }) => isSelected(selector, labels ?? {}));
    const below = matching.map(({ name }) => defaults.get(name) ?? new Map<string, WishFileText>());
    const all = own === undefined ? below : [...below, own];
    const dataplanes = new Set(all.flatMap((each) => [...each.keys()]));
    const texts = [...dataplanes].sort().flatMap((dataplane) => {
      const sources = all.flatMap((each) => each.get(dataplane) ?? []);
      const text = this.merged(label, sources);
      return text === undefined ? [] : [[dataplane, text] as const];
    });
    return new Map(texts);
  }

  /** Undefined where it has mistakes. */
  private merged(label: string, sources: readonly WishFileText[]): string | undefined {
    if (!this.isReadable(sources)) return undefined;
    const text = mergeWishes(sources.map(({ file, text: each }) => ({ name: file, text: each })));
    if (this.checked.has(text)) return text;
    const { errors, warnings } = validateWish(text);
    const read = errors.length + warnings.length === 0 ? [] : sources.map(readSource);
    const located = ({ path, message }: (typeof errors)[number]) => {
      const { file, place } = placeIn(read, path);
      const where =
        sources.length === 1 ? '' : ` (of ${label}, merged of ${sources.map((each) => each.file).join(', ')})`;
      return { file, ...place, message: message + where };
    };
    this.warnings.push(...warnings.map(located));
    this.mistakes.push(...errors.map(located));
    if (errors.length > 0) return undefined;
    this.checked.add(text);
    return text;
  }

  /** Whether all of them are maps of YAML, so that they can be merged. */
  private isReadable(sources: readonly WishFileText[]): boolean {
    let isGood = true;
    for (const { file, text } of sources) {
      if (this.checked.has(text)) continue;
      const { value, problems, placeOf } = readYaml(text);
      const isMap = typeof (value ?? {}) === 'object' && !Array.isArray(value);
      const found = isMap ? problems : [{ path: [], message: 'is no map of keys' }];
      if (found.length === 0) continue;
      isGood = false;
      const isNew = !this.mistakes.some((each) => each.file === file);
      if (isNew)
        this.mistakes.push(
          ...found.map((each) => ({
            file,
            ...('place' in each && each.place ? each.place : placeOf(each.path)),
            message: each.message,
          })),
        );
    }
    return isGood;
  }
}

interface ReadSource {
  readonly file: string;
  readonly root: unknown;
  placeOf(path: readonly (string | number)[]): Place;
}

/** Read once for all mistakes of a wish: there may be thousands. */
function readSource({ file, text }: WishFileText): ReadSource {
  const { value, extra, placeOf } = readYaml(text);
  return { file, root: extra === undefined ? value : { ...(value as object), 'x-vppmux': extra }, placeOf };
}

/** The file that says what is at this path, the last one that says most of the way to it. */
function placeIn(sources: readonly ReadSource[], path: readonly (string | number)[]) {
  let best = sources[0];
  let longest = -1;
  for (const source of sources) {
    const length = stepsInto(source.root, path);
    if (length < longest) continue;
    longest = length;
    best = source;
  }
  return { file: best.file, place: best.placeOf(path) };
}

/** Number of steps of the path that the value has. */
function stepsInto(value: unknown, path: readonly (string | number)[]): number {
  let inner = value;
  for (const [at, step] of path.entries()) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return at;
    inner = (inner as Record<string | number, unknown>)[step];
  }
  return path.length;
}
