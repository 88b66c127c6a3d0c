/** A wish that has its form: finds interfaces by their names, and what follows from others. */

import { countNames, type NameCounts } from './name-counts.js';
import type { WishedInterface, WishedLoopback, WishedSubInterface, WishFile } from './schema.js';

/** MTU of what has none, nor a parent that has one. */
export const USUAL_MTU = 1500;

export interface Encapsulation {
  readonly dot1q: number;
  readonly dot1ad: number;
  readonly inner: number;
  readonly exact: boolean;
}

export interface SubName {
  readonly parent: string;
  readonly id: string;
}

/** `BondEthernet0.100` → its parent's name and its number; undefined for a name of another form. */
export function subName(name: string): SubName | undefined {
  const [parent, id, ...rest] = name.split('.');
  return id !== undefined && rest.length === 0 && /^\d+$/.test(id) ? { parent, id: String(Number(id)) } : undefined;
}

export class Wish {
  /** By the name of the interface that they belong to; there may be thousands of each. */
  private readonly subs = new Map<string, SubInterfaces>();

  constructor(
    readonly file: WishFile,
    /** Sections of `x-vppmux`, by their keys: each has the form that a kind of objects gives it. */
    readonly extra: Readonly<Record<string, unknown>> = {},
    /** Names of interfaces that kinds of `x-vppmux` make. */
    private readonly made: ReadonlySet<string> = new Set(),
    private readonly counts: NameCounts = countNames(file),
  ) {}

  /** The same wish, where kinds of `x-vppmux` make interfaces of these names. */
  making(names: readonly string[]): Wish {
    return new Wish(this.file, this.extra, new Set(names), this.counts);
  }

  get bridged(): NameCounts['bridged'] {
    return this.counts.bridged;
  }

  get targets(): NameCounts['targets'] {
    return this.counts.targets;
  }

  get lcps(): NameCounts['lcps'] {
    return this.counts.lcps;
  }

  /** Interfaces, each followed by its sub-interfaces. */
  *all(): Generator<readonly [name: string, itf: WishedInterface | WishedSubInterface]> {
    for (const [name, itf] of Object.entries(this.file.interfaces ?? {})) {
      yield [name, itf];
      for (const [id, sub] of Object.entries(itf['sub-interfaces'] ?? {})) yield [`${name}.${id}`, sub];
    }
  }

  /** An interface or a sub-interface; undefined where there is none of the name. */
  find(name: string): WishedInterface | WishedSubInterface | undefined {
    const sub = subName(name);
    if (sub !== undefined) return own(own(this.file.interfaces, sub.parent)?.['sub-interfaces'], sub.id);
    return own(this.file.interfaces, name);
  }

  loopback(name: string): WishedLoopback | undefined {
    return own(this.file.loopbacks, name);
  }

  isBond(name: string): boolean {
    return own(this.file.bondethernets, name) !== undefined;
  }

  /** Whether it is made by VPP, and no card. */
  isVirtual(name: string): boolean {
    if (this.made.has(name)) return true;
    const { loopbacks, vxlan_tunnels: tunnels, taps } = this.file;
    return this.isBond(name) || [loopbacks, tunnels, taps].some((made) => own<unknown>(made, name) !== undefined);
  }

  /** A bridge's member, or an end of a cross connect. */
  isLayer2(name: string): boolean {
    return this.bridged.has(name) || this.targets.has(name) || this.find(name)?.l2xc !== undefined;
  }

  isUnnumbered(name: string): boolean {
    return (this.find(name) ?? this.loopback(name))?.unnumbered !== undefined;
  }

  /** Its own MTU, or its parent's. */
  mtuOf(name: string): number {
    const parent = subName(name)?.parent;
    return this.find(name)?.mtu ?? (parent === undefined ? undefined : this.find(parent)?.mtu) ?? USUAL_MTU;
  }

  /** The tags of a sub-interface; undefined for any other name, and where they contradict each other. */
  tagsOf(name: string): Encapsulation | undefined {
    const sub = subName(name);
    return sub && this.subsOf(sub.parent).tags.get(`${sub.parent}.${sub.id}`);
  }

  /** The sub-interface that has the outer tag of one with two tags; undefined for any other name, and where there is none. */
  outerOf(name: string): string | undefined {
    const tags = this.tagsOf(name);
    if (tags === undefined || tags.inner === 0) return undefined;
    const { parent } = subName(name) as SubName;
    return this.subsOf(parent).byTags.get(tagsKey({ ...tags, inner: 0 }))?.[0];
  }

  /** Whether another sub-interface of the same interface has the same tags. */
  sharesTags(name: string): boolean {
    const sub = subName(name);
    const tags = this.tagsOf(name);
    if (sub === undefined || tags === undefined) return false;
    const { tags: all, byTags } = this.subsOf(sub.parent);
    const alike = byTags.get(tagsKey(tags)) ?? [];
    return alike.some((other) => other !== name && all.get(other)?.exact === tags.exact);
  }

  /** Names of an interface's sub-interfaces. */
  siblingsOf(parent: string): readonly string[] {
    return this.subsOf(parent).names;
  }

  private subsOf(parent: string): SubInterfaces {
    let subs = this.subs.get(parent);
    if (subs === undefined) {
      subs = readSubs(parent, own(this.file.interfaces, parent)?.['sub-interfaces'] ?? {});
      this.subs.set(parent, subs);
    }
    return subs;
  }
}

/** The sub-interfaces of an interface. */
interface SubInterfaces {
  readonly names: readonly string[];
  /** By name, of those whose tags do not contradict each other. */
  readonly tags: ReadonlyMap<string, Encapsulation>;
  /** Names by tags, whether those match exactly or not. */
  readonly byTags: ReadonlyMap<string, readonly string[]>;
}

function readSubs(parent: string, subs: Readonly<Record<string, WishedSubInterface>>): SubInterfaces {
  const tags = new Map<string, Encapsulation>();
  const byTags = new Map<string, string[]>();
  for (const [id, sub] of Object.entries(subs)) {
    if (!hasPossibleTags(sub)) continue;
    const name = `${parent}.${id}`;
    const its = encapsulationOf(id, sub);
    tags.set(name, its);
    const alike = byTags.get(tagsKey(its));
    if (alike === undefined) byTags.set(tagsKey(its), [name]);
    else alike.push(name);
  }
  return { names: Object.keys(subs).map((id) => `${parent}.${id}`), tags, byTags };
}

function encapsulationOf(id: string, { encapsulation: given }: WishedSubInterface): Encapsulation {
  if (given === undefined) return { dot1q: Number(id), dot1ad: 0, inner: 0, exact: true };
  return {
    dot1q: given.dot1q ?? 0,
    dot1ad: given.dot1q === undefined ? (given.dot1ad ?? 0) : 0,
    inner: given['inner-dot1q'] ?? 0,
    exact: given['exact-match'] ?? false,
  };
}

const tagsKey = ({ dot1q, dot1ad, inner }: Encapsulation) => `${dot1q}/${dot1ad}/${inner}`;

/** Whether the tags that are given can be meant together. A Linux interface takes exactly matching ones. */
export function hasPossibleTags({ encapsulation: tags, lcp }: WishedSubInterface): boolean {
  if (tags === undefined) return true;
  if (tags.dot1ad !== undefined && tags.dot1q !== undefined) return false;
  if (tags['inner-dot1q'] !== undefined && tags.dot1ad === undefined && tags.dot1q === undefined) return false;
  return !(tags['exact-match'] === false && lcp !== undefined);
}

/** The member of that name, never one of every object. */
function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
