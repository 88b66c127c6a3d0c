/** Access control lists, and their places on interfaces. */
import type { Fields } from '../../../src/mux/internal.js';
import { Retval } from '../../retvals.js';
import { masked, parsePrefix, same } from '../l3/ip.js';
import { Pool } from '../pool.js';

export interface Acl {
  readonly index: number;
  tag: string;
  /** Fields as the message has them. */
  rules: readonly Fields[];
}

/** Indices of the lists for what comes in and goes out, in order. */
interface Applied {
  readonly input: readonly number[];
  readonly output: readonly number[];
}

const NEW = 0xffffffff;
const NONE: Applied = { input: [], output: [] };

export class Acls {
  /** Whether rules are found by hash; nothing else depends on it. */
  usesHash = true;
  private readonly pool = new Pool<Acl>();
  private readonly byInterface = new Map<number, Applied>();
  /** Uses of a list by other kinds: index → count. */
  private readonly lookups = new Map<number, number>();

  values(): Iterable<Acl> {
    return this.pool.values();
  }

  get(index: number): Acl | undefined {
    return this.pool.get(index);
  }

  /** Replaces the rules of a list; index ~0 makes a new one. Gives the index, or the number that VPP refuses it with. */
  put(index: number, tag: string, rules: readonly Fields[]): { readonly retval: number; readonly index: number } {
    if (isTooLong(tag)) return { retval: Retval.INVALID_VALUE, index };
    const retval = rules.map(refusalOf).find((refusal) => refusal !== Retval.OK) ?? Retval.OK;
    if (retval !== Retval.OK) return { retval, index };
    if (index === NEW) return { retval, index: this.pool.add((free) => ({ index: free, tag, rules })).index };
    const known = this.pool.get(index);
    if (known === undefined) return { retval: Retval.NO_SUCH_ENTRY, index };
    known.tag = tag;
    known.rules = rules;
    return { retval, index };
  }

  remove(index: number): number {
    if (this.pool.get(index) === undefined) return Retval.NO_SUCH_ENTRY;
    for (const { input, output } of this.byInterface.values()) {
      if (input.includes(index)) return Retval.ACL_IN_USE_INBOUND;
      if (output.includes(index)) return Retval.ACL_IN_USE_OUTBOUND;
    }
    if (this.lookups.has(index)) return Retval.ACL_IN_USE_BY_LOOKUP_CONTEXT;
    this.pool.remove(index);
    return Retval.OK;
  }

  appliedTo(swIfIndex: number): Applied {
    return this.byInterface.get(swIfIndex) ?? NONE;
  }

  apply(swIfIndex: number, applied: Applied): number {
    if ([...applied.input, ...applied.output].some((index) => this.get(index) === undefined)) {
      return Retval.NO_SUCH_ENTRY;
    }
    // VPP's own way: 1 for any refusal, and the lists for what goes out are in effect when those for what comes in are refused.
    const known = this.appliedTo(swIfIndex);
    if (isDoubled(applied.output)) return 1;
    this.byInterface.set(swIfIndex, isDoubled(applied.input) ? { ...known, output: applied.output } : applied);
    return isDoubled(applied.input) ? 1 : Retval.OK;
  }

  /** Puts one list behind those of an interface, for what comes in or goes out. */
  applyOne(swIfIndex: number, direction: keyof Applied, index: number): number {
    const known = this.appliedTo(swIfIndex);
    if (known[direction].includes(index)) {
      return direction === 'input' ? Retval.ACL_IN_USE_INBOUND : Retval.ACL_IN_USE_OUTBOUND;
    }
    if (this.get(index) === undefined) return Retval.NO_SUCH_ENTRY;
    this.byInterface.set(swIfIndex, { ...known, [direction]: [...known[direction], index] });
    return Retval.OK;
  }

  takeOff(swIfIndex: number, direction: keyof Applied, index: number): number {
    const known = this.appliedTo(swIfIndex);
    if (!known[direction].includes(index)) return Retval.NO_SUCH_ENTRY;
    this.byInterface.set(swIfIndex, { ...known, [direction]: known[direction].filter((each) => each !== index) });
    return Retval.OK;
  }

  /** Keeps a list from being deleted, until as many calls of `release`. */
  hold(index: number): void {
    this.lookups.set(index, (this.lookups.get(index) ?? 0) + 1);
  }

  release(index: number): void {
    const left = (this.lookups.get(index) ?? 0) - 1;
    if (left > 0) this.lookups.set(index, left);
    else this.lookups.delete(index);
  }

  /** Forgets an interface that is gone. */
  forget(swIfIndex: number): void {
    this.byInterface.delete(swIfIndex);
  }
}

const TAG_SIZE = 64;

/** Tells whether a tag leaves no room for the zero behind it. */
export const isTooLong = (tag: string) => Buffer.byteLength(tag) >= TAG_SIZE;

const isDoubled = (indices: readonly number[]) => new Set(indices).size < indices.length;

function refusalOf(rule: Fields): number {
  const [source, destination] = [networkOf(rule.src_prefix), networkOf(rule.dst_prefix)];
  if (source === undefined || (destination !== undefined && destination.v6 !== source.v6)) {
    return Retval.INVALID_SRC_ADDRESS;
  }
  if (destination === undefined) return Retval.INVALID_DST_ADDRESS;
  const backwards = ['srcport_or_icmptype', 'dstport_or_icmpcode'].some(
    (what) => Number(rule[`${what}_first`]) > Number(rule[`${what}_last`]),
  );
  return backwards ? Retval.INVALID_VALUE_2 : Retval.OK;
}

/** Checks a prefix: undefined for a length that is not possible, and for bits behind the length. */
function networkOf(prefix: unknown): { readonly v6: boolean } | undefined {
  if (typeof prefix !== 'string') return undefined;
  const { v6, bytes, length } = parsePrefix(prefix);
  return same(bytes, masked(bytes, length)) ? { v6 } : undefined;
}
