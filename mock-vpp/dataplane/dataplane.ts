/**
 * The dataplane behind the handlers: the state that a VPP would have. Tests and demos change it directly; clients
 * get events about interfaces either way.
 */
import type { Fields } from '../../src/mux/internal.js';
import { Retval } from '../retvals.js';
import { Addresses } from './addresses.js';
import { Source } from './fib.js';
import { Indices } from './indices.js';
import { InterfaceEvents } from './interface-events.js';
import { type Interface, Interfaces } from './interfaces.js';
import { parsePrefix } from './ip.js';
import { ownPath, type PathLookups, PathProto, PathType, pathList } from './paths.js';
import { Tables } from './tables.js';

export interface LoopbackOptions {
  /** Default: VPP's own, de:ad:00:00:00:NN. */
  readonly mac?: string;
  /** N of loopN. Default: the lowest free one. */
  readonly instance?: number;
  /** Admin (and with it link) up. Default false. */
  readonly up?: boolean;
  /** Prefixes such as `192.0.2.1/24`. */
  readonly addresses?: readonly string[];
}

/** The part of a kind that the dataplane knows: its state, and its hooks, called in the order of the kinds. */
export interface Part<State = unknown> {
  /** Makes the state, anew for each run of the mocked VPP, when it is first asked for. Others get it by `dataplane.of(kind)`. */
  state?(dataplane: Dataplane): State;
  /** Forgets an interface that is about to be deleted; it is down, and without addresses. */
  interfaceDeleted?(state: State, itf: Interface, dataplane: Dataplane): void;
  /** Gives fields to add to the interface's sw_interface_details. */
  interfaceDetails?(state: State, itf: Interface, dataplane: Dataplane): Fields;
  /** Tells whether an IP table that is deleted has to stay, because this kind uses it. */
  usesTable?(state: State, tableId: number, v6: boolean, dataplane: Dataplane): boolean;
}

export class Dataplane implements PathLookups {
  readonly events = new InterfaceEvents();
  readonly interfaces = new Interfaces(this.events);
  /** Load-balance indices; VPP keeps 0 for itself. */
  readonly counters = new Indices(1);
  readonly tables = new Tables(this.counters);
  readonly addresses = new Addresses(this.interfaces, this.tables, this.counters);
  /** Events of other kinds that clients do not have yet. */
  readonly queuedEvents: { readonly name: string; readonly fields: Fields }[] = [];
  /** Called when `queuedEvents` has one. */
  onQueued: () => void = () => {};
  private readonly states = new Map<Part, unknown>();

  constructor(private readonly parts: readonly Part[]) {}

  /** The state of a kind, made when it is first asked for. */
  of<State>(kind: Part<State>): State {
    if (!this.states.has(kind)) this.states.set(kind, kind.state?.(this));
    return this.states.get(kind) as State;
  }

  /** Sends an event for each registration that it fits, at the end of the tick or behind the reply of the present request. */
  emit(name: string, fields: Fields): void {
    this.queuedEvents.push({ name, fields });
    this.onQueued();
  }

  /** The fields of an interface's details that kinds add. */
  detailsOf(itf: Interface): Fields {
    return Object.assign({}, ...this.parts.map((part) => part.interfaceDetails?.(this.of(part), itf, this)));
  }

  /** Adds a loopback and returns its sw_if_index. Throws RangeError when VPP would refuse it. */
  addLoopback(options: LoopbackOptions = {}): number {
    const itf = this.interfaces.addLoopback(options.mac, options.instance);
    if (itf === undefined) throw new RangeError(`no loopback with instance ${options.instance}: taken or too large`);
    if (options.up) this.setAdmin(itf.swIfIndex, true);
    for (const address of options.addresses ?? []) {
      const retval = this.addresses.add(itf, address);
      if (retval !== Retval.OK) throw new RangeError(`VPP would refuse ${address} on ${itf.name} with ${retval}`);
    }
    return itf.swIfIndex;
  }

  /** Deletes a loopback, with all that hangs on it. */
  deleteLoopback(swIfIndex: number): number {
    const itf = this.interfaces.get(swIfIndex);
    if (itf?.deviceType !== 'Loopback') return Retval.INVALID_SW_IF_INDEX;
    this.deleteInterface(itf);
    return Retval.OK;
  }

  /** Takes an interface out of everything, and deletes it. */
  deleteInterface(itf: Interface): void {
    this.addresses.removeAll(itf);
    this.setAdmin(itf.swIfIndex, false);
    for (const part of this.parts) part.interfaceDeleted?.(this.of(part), itf, this);
    this.interfaces.remove(itf);
  }

  /** Deletes an IP table, unless it is in use. */
  deleteTable(tableId: number, v6: boolean): void {
    if (!this.parts.some((part) => part.usesTable?.(this.of(part), tableId, v6, this))) this.tables.remove(tableId, v6);
  }

  setAdmin(swIfIndex: number, up: boolean): number {
    const itf = this.interfaces.get(swIfIndex);
    if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
    if (this.interfaces.setAdmin(itf, up)) this.addresses.followAdmin(itf);
    return Retval.OK;
  }

  /** Pulls the cable of an interface, or plugs it in. Throws RangeError for an unknown interface. */
  setLink(swIfIndex: number, up: boolean): void {
    this.interfaces.setLink(this.interfaceAt(swIfIndex), up);
  }

  interfaceAt(swIfIndex: number): Interface {
    const itf = this.interfaces.get(swIfIndex);
    if (itf === undefined) throw new RangeError(`no interface with sw_if_index ${swIfIndex}`);
    return itf;
  }

  /**
   * Adds `count` IPv4 host routes to table 0, from `from` upwards, all through one next hop: material for
   * long dumps. At most 16 million.
   */
  addRoutes(count: number, options: { from?: string; nextHop?: string; swIfIndex?: number } = {}): void {
    const table = this.tables.find(0, false)!;
    const hop = ownPath(PathProto.IP4, PathType.NORMAL, options.swIfIndex ?? 1, options.nextHop ?? '10.9.0.2');
    const paths = pathList([hop]);
    const first = Buffer.from(parsePrefix(options.from ?? '100.0.0.0').bytes).readInt32BE(0);
    for (let i = 0; i < count; i++) table.set((first + i) | 0, 32, Source.API, paths);
  }

  hasInterface(swIfIndex: number): boolean {
    return this.interfaces.get(swIfIndex) !== undefined;
  }

  hasTable(tableId: number, v6: boolean): boolean {
    return this.tables.find(tableId, v6) !== undefined;
  }
}
