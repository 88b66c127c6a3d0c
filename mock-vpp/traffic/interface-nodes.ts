/**
 * The two nodes that VPP's graph has for each hardware interface, by their names: `loop0-tx` and `loop0-output`. Those of a
 * deleted interface get a name that says so, and are the next new one's, with all that was counted.
 */
import type { Interface } from '../dataplane/interfaces/interface.js';

const PARTS = ['tx', 'output'] as const;

export class InterfaceNodes {
  /** Name of a node → its place behind the nodes that are there from the beginning. */
  private readonly places = new Map<string, number>();
  /** sw_if_index → the pair that the interface has: nodes 2N and 2N + 1. */
  private readonly pairs = new Map<number, number>();
  private readonly names: string[] = [];
  /** Pairs of deleted interfaces; the last is taken first. */
  private readonly free: number[] = [];

  /** `named` is called for a new node, and for one that gets another name. */
  constructor(private readonly named: (place: number, name: string) => void) {}

  add(itf: Interface): void {
    const pair = this.free.pop() ?? this.names.length / PARTS.length;
    this.pairs.set(itf.swIfIndex, pair);
    this.name(pair, (part) => `${itf.name}-${part}`);
  }

  rename(itf: Interface): void {
    const pair = this.pairs.get(itf.swIfIndex);
    if (pair !== undefined) this.name(pair, (part) => `${itf.name}-${part}`);
  }

  forget({ swIfIndex, hardware }: Interface): void {
    const pair = this.pairs.get(swIfIndex);
    if (pair === undefined) return;
    this.pairs.delete(swIfIndex);
    this.free.push(pair);
    this.name(pair, (part) => `interface-${hardware.index}-${part}-deleted`);
  }

  /** Names of an interface's nodes. */
  of(swIfIndex: number): readonly string[] {
    const pair = this.pairs.get(swIfIndex);
    return pair === undefined ? [] : this.names.slice(pair * PARTS.length, (pair + 1) * PARTS.length);
  }

  nameAt(place: number): string | undefined {
    return this.names[place];
  }

  placeOf(node: string): number | undefined {
    return this.places.get(node);
  }

  private name(pair: number, nameOf: (part: string) => string): void {
    for (const [at, part] of PARTS.entries()) {
      const place = pair * PARTS.length + at;
      const before = this.names[place];
      if (this.places.get(before) === place) this.places.delete(before);
      const name = nameOf(part);
      this.names[place] = name;
      this.places.set(name, place);
      this.named(place, name);
    }
  }
}
