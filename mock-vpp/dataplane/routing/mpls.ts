/** MPLS: tables, the labels in them, and interfaces that take labelled packets. Facts of VPP 26.06, odd ones included. */
import type { Indices } from '../indices.js';
import { Pool } from '../pool.js';
import { ownPath, type Path, type PathList, PathProto, PathType, pathList } from './paths.js';

/** `proto` of a path to a label, and of a label that is not the last. */
export const MPLS_PROTO = 2;

/** Entries of each table: label, end of stack, protocol behind it. They are stronger than those of clients. */
const RESERVED: readonly (readonly [label: number, eos: number, eosProto: number])[] = [
  [0, 0, MPLS_PROTO],
  [0, 1, PathProto.IP4],
  [1, 0, MPLS_PROTO],
  [1, 1, MPLS_PROTO],
  [2, 0, MPLS_PROTO],
  [2, 1, PathProto.IP6],
];
const LOOKUP = pathList([ownPath(MPLS_PROTO, PathType.NORMAL)]);
const DROP = pathList([ownPath(MPLS_PROTO, PathType.DROP)]);

/** A path to a label of the same table. */
export interface LabelPath extends Path {
  readonly viaLabel: number;
}

export interface MplsRoute {
  readonly label: number;
  readonly eos: number;
  readonly eosProto: number;
  readonly statsIndex: number;
  paths: PathList;
}

export class MplsTable {
  private readonly routes = new Map<string, MplsRoute>();
  private readonly reserved: ReadonlyMap<string, MplsRoute>;
  /** Whether a client has made it, and not deleted it again. */
  isAsked = true;

  constructor(
    readonly index: number,
    readonly tableId: number,
    readonly name: string,
    private readonly counters: Indices,
  ) {
    this.reserved = new Map(
      RESERVED.map(([label, eos, eosProto]) => [
        keyOf(label, eos),
        { label, eos, eosProto, statsIndex: counters.take(), paths: LOOKUP },
      ]),
    );
  }

  find(label: number, eos: number): MplsRoute | undefined {
    return this.routes.get(keyOf(label, eos));
  }

  /** Sets the paths of a label; gives its stats index. */
  set(label: number, eos: number, eosProto: number, paths: PathList): number {
    const key = keyOf(label, eos);
    const reserved = this.reserved.get(key);
    const known = this.routes.get(key);
    const statsIndex = known?.statsIndex ?? reserved?.statsIndex ?? this.counters.take();
    const proto = eos === 0 ? MPLS_PROTO : eosProto;
    this.routes.set(key, { label, eos, eosProto: known?.eosProto ?? proto, statsIndex, paths });
    return statsIndex;
  }

  remove(label: number, eos: number): void {
    const key = keyOf(label, eos);
    const known = this.routes.get(key);
    if (known === undefined) return;
    this.routes.delete(key);
    if (!this.reserved.has(key)) this.counters.giveBack(known.statsIndex);
  }

  /** All entries by label, then by end of stack; one that a path looks up is there as well. */
  values(): MplsRoute[] {
    const all = new Map([...this.routes, ...this.reserved]);
    for (const { paths } of this.routes.values()) {
      for (const label of paths.paths.flatMap(lookedUp)) {
        const key = keyOf(label, 0);
        if (!all.has(key)) all.set(key, { label, eos: 0, eosProto: MPLS_PROTO, statsIndex: 0, paths: DROP });
      }
    }
    return [...all.values()].sort((a, b) => a.label - b.label || a.eos - b.eos);
  }

  clear(): PathList[] {
    const gone = [...this.routes.values()];
    for (const { label, eos } of gone) this.remove(label, eos);
    for (const { statsIndex } of this.reserved.values()) this.counters.giveBack(statsIndex);
    return gone.map(({ paths }) => paths);
  }
}

export class Mpls {
  readonly tables = new Pool<MplsTable>();
  /** sw_if_index → how often MPLS was enabled there, modulo 256; VPP keeps it when the interface goes. */
  private readonly enabled = new Map<number, number>();

  constructor(private readonly counters: Indices) {}

  table(tableId: number): MplsTable | undefined {
    return [...this.tables.values()].find((table) => table.tableId === tableId);
  }

  /** Adds a table; one that is there keeps its name. */
  add(tableId: number, name: string): void {
    const known = this.table(tableId);
    if (known !== undefined) known.isAsked = true;
    else {
      const own = name || `MPLS-VRF:${tableId | 0}`;
      this.tables.add((index) => new MplsTable(index, tableId, own, this.counters));
    }
  }

  isEnabled(swIfIndex: number): boolean {
    return (this.enabled.get(swIfIndex) ?? 0) !== 0;
  }

  /** Counts; disabling where it is not enabled makes it 255, so that it counts as enabled. */
  count(swIfIndex: number, step: 1 | -1): void {
    this.enabled.set(swIfIndex, ((this.enabled.get(swIfIndex) ?? 0) + step + 256) % 256);
  }

  /** Whether a table has to stay: it was asked for, or interfaces use it. */
  isUsed({ isAsked, tableId }: MplsTable): boolean {
    return isAsked || (tableId === 0 && [...this.enabled.keys()].some((swIfIndex) => this.isEnabled(swIfIndex)));
  }
}

const keyOf = (label: number, eos: number) => `${label} ${eos}`;

function lookedUp(path: Path): number[] {
  return 'viaLabel' in path ? [(path as LabelPath).viaLabel] : [];
}
