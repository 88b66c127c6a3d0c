/**
 * The dataplane behind the handlers: the state that a VPP would have. Tests and demos change it directly; clients
 * get events about interfaces either way.
 */
import type { Fields } from '../../src/mux/internal.js';
import { Retval } from '../retvals.js';
import { Indices } from './indices.js';
import { generatedMac } from './interfaces/generated-mac.js';
import type { Address, Interface, SubInterface } from './interfaces/interface.js';
import { InterfaceEvents } from './interfaces/interface-events.js';
import { Interfaces, type NewHardware } from './interfaces/interfaces.js';
import { Loopbacks } from './interfaces/loopbacks.js';
import { PHYSICAL_MTU, physicalDevice } from './interfaces/physical.js';
import { Addresses } from './l3/addresses.js';
import { parsePrefix } from './l3/ip.js';
import { Ip6Links } from './l3/ip6-links.js';
import { Source } from './routing/fib.js';
import { ownPath, type PathLookups, PathProto, PathType, pathList } from './routing/paths.js';
import { Tables } from './routing/tables.js';

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
export interface KindHooks<State = unknown> {
  /** Makes the state, anew for each run of the mocked VPP, when it is first asked for. Others get it by `dataplane.of(kind)`. */
  state?(dataplane: Dataplane): State;
  /** Takes note of a new interface. */
  interfaceAdded?(state: State, itf: Interface, dataplane: Dataplane): void;
  /** Takes note of a hardware interface that has got another name. */
  interfaceRenamed?(state: State, itf: Interface, dataplane: Dataplane): void;
  /** Forgets an interface that is about to be deleted; it is down, and without addresses. */
  interfaceDeleted?(state: State, itf: Interface, dataplane: Dataplane): void;
  /** Takes note of a hidden interface that its driver has given to the next of its own. */
  interfaceReused?(state: State, itf: Interface, dataplane: Dataplane): void;
  /** Takes note of an interface that has gone up or down. */
  adminChanged?(state: State, itf: Interface, dataplane: Dataplane): void;
  /** Takes note of an interface whose link has gone up or down. */
  linkChanged?(state: State, itf: Interface, dataplane: Dataplane): void;
  /** Takes note of an address that an interface has got. */
  addressAdded?(state: State, itf: Interface, address: Address, dataplane: Dataplane): void;
  /** Takes note of an address that an interface no longer has. */
  addressRemoved?(state: State, itf: Interface, address: Address, dataplane: Dataplane): void;
  /** Takes note of an interface that has left table `from` for another. */
  tableChanged?(state: State, itf: Interface, v6: boolean, from: number, dataplane: Dataplane): void;
  /** Takes note of IPv6 that is now on or off on an interface. */
  ip6Changed?(state: State, itf: Interface, isOn: boolean, dataplane: Dataplane): void;
  /** Gives fields to add to the interface's sw_interface_details. */
  interfaceDetails?(state: State, itf: Interface, dataplane: Dataplane): Fields;
  /** Tells whether an IP table that is deleted has to stay, because this kind uses it. */
  usesTable?(state: State, tableId: number, v6: boolean, dataplane: Dataplane): boolean;
}

export class Dataplane implements PathLookups {
  readonly events = new InterfaceEvents();
  readonly interfaces = new Interfaces(this.events);
  readonly loopbacks = new Loopbacks((hardware) => this.addInterface(hardware));
  /** Load-balance indices; VPP keeps 0 for itself. */
  readonly counters = new Indices(1);
  readonly tables = new Tables(this.counters);
  readonly ip6Links = new Ip6Links(this.counters);
  readonly addresses = new Addresses(this.tables, this.ip6Links);
  /** Events of other kinds that clients do not have yet. */
  readonly queuedEvents: { readonly name: string; readonly fields: Fields }[] = [];
  /** Called when `queuedEvents` has one. */
  onQueued: () => void = () => {};
  private readonly states = new Map<KindHooks, unknown>();
  private readonly detailing: readonly KindHooks[];

  constructor(private readonly kinds: readonly KindHooks[]) {
    this.interfaces.onLink = (itf) => {
      for (const kind of kinds) kind.linkChanged?.(this.of(kind), itf, this);
    };
    this.addresses.onAdded = (itf, address) => {
      this.tables.tunnels.use(itf.swIfIndex, true);
      for (const kind of kinds) kind.addressAdded?.(this.of(kind), itf, address, this);
    };
    this.addresses.onRemoved = (itf, address) => {
      this.tables.tunnels.use(itf.swIfIndex, false);
      for (const kind of kinds) kind.addressRemoved?.(this.of(kind), itf, address, this);
    };
    this.ip6Links.onChanged = (itf, isOn) => {
      this.tables.tunnels.use(itf.swIfIndex, isOn);
      for (const kind of kinds) kind.ip6Changed?.(this.of(kind), itf, isOn, this);
    };
    this.detailing = kinds.filter(({ interfaceDetails }) => interfaceDetails !== undefined);
  }

  /** The state of a kind, made when it is first asked for. */
  of<State>(kind: KindHooks<State>): State {
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
    return Object.assign({}, ...this.detailing.map((kind) => kind.interfaceDetails?.(this.of(kind), itf, this)));
  }

  /** Adds a loopback and returns its sw_if_index. Throws RangeError when VPP would refuse it. */
  addLoopback(options: LoopbackOptions = {}): number {
    const itf = this.loopbacks.add(options.mac, options.instance);
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
    const known = this.interfaces.get(swIfIndex);
    const itf = known && this.interfaces.superOf(known);
    if (itf === undefined || !this.loopbacks.has(itf)) return Retval.INVALID_SW_IF_INDEX;
    this.deleteInterface(itf);
    return Retval.OK;
  }

  /** Adds a physical interface, of type "dpdk", such as `GigabitEthernet3/0/0`; returns its sw_if_index. */
  addPhysical(name: string): number {
    const mac = generatedMac(this.interfaces.nextIndex);
    return this.addInterface({ name, device: physicalDevice(name), mac, mtu: PHYSICAL_MTU }).swIfIndex;
  }

  /** Adds a hardware interface. */
  addInterface(hardware: NewHardware): Interface {
    return this.added(this.interfaces.addHardware(hardware));
  }

  /** Adds a sub-interface, without a look at its tags. */
  addSub(sup: Interface, sub: SubInterface): Interface {
    return this.added(this.interfaces.addSub(sup, sub));
  }

  /** Gives a hardware interface another name, and with it its sub-interfaces. */
  renameInterface(itf: Interface, name: string): void {
    itf.hardware.name = name;
    for (const kind of this.kinds) kind.interfaceRenamed?.(this.of(kind), itf, this);
  }

  /** Takes an interface out of everything, and deletes it; its sub-interfaces go with it. */
  deleteInterface(itf: Interface): void {
    for (const sub of this.interfaces.subsOf(itf)) this.deleteInterface(sub);
    this.addresses.removeAll(itf);
    this.ip6Links.forget(itf);
    this.changeAdmin(itf, false);
    for (const kind of this.kinds) kind.interfaceDeleted?.(this.of(kind), itf, this);
    this.tables.tunnels.forget(itf);
    this.interfaces.remove(itf);
    this.tableLeft(itf.table4, false);
    this.tableLeft(itf.table6, true);
  }

  /**
   * Takes an interface down and out of sight, as those drivers do that give it to the next of their own. Its index is not free,
   * and addresses, tag and sub-interfaces stay.
   */
  hideInterface(itf: Interface): void {
    this.changeAdmin(itf, false);
    this.interfaces.hide(itf);
  }

  /** Shows a hidden interface again. */
  reuseInterface(itf: Interface): void {
    this.interfaces.show(itf);
    for (const kind of this.kinds) kind.interfaceReused?.(this.of(kind), itf, this);
  }

  /** Deletes an IP table; one in use stays until `tableLeft` finds that it is not. */
  deleteTable(tableId: number, v6: boolean): void {
    const table = this.tables.find(tableId, v6);
    if (table === undefined) return;
    table.isDeleted = true;
    this.tableLeft(tableId, v6);
  }

  /** Lets a deleted IP table go, if it was its last user that has left it. */
  tableLeft(tableId: number, v6: boolean): void {
    if (!this.tables.find(tableId, v6)?.isDeleted) return;
    if (!this.kinds.some((kind) => kind.usesTable?.(this.of(kind), tableId, v6, this))) this.tables.remove(tableId, v6);
  }

  setAdmin(swIfIndex: number, up: boolean): number {
    const itf = this.interfaces.get(swIfIndex);
    if (itf === undefined) return Retval.INVALID_SW_IF_INDEX;
    // A sub-interface is up only on one that is.
    const needsSuper = itf.sub !== undefined && !itf.device.subsFollowAdmin;
    if (up && needsSuper && !this.interfaces.get(itf.supSwIfIndex)?.adminUp) return Retval.UNSPECIFIED;
    this.changeAdmin(itf, up);
    return Retval.OK;
  }

  private changeAdmin(itf: Interface, up: boolean): void {
    if (!this.interfaces.setAdmin(itf, up)) return;
    this.addresses.followAdmin(itf);
    if (up) this.tables.tunnels.wentUp(itf);
    for (const kind of this.kinds) kind.adminChanged?.(this.of(kind), itf, this);
  }

  /** Puts an interface into an IP table, which has to be there. */
  setTable(itf: Interface, tableId: number, v6: boolean): void {
    const from = v6 ? itf.table6 : itf.table4;
    if (v6) itf.table6 = tableId;
    else itf.table4 = tableId;
    this.addresses.followTable(itf, v6, from);
    for (const kind of this.kinds) kind.tableChanged?.(this.of(kind), itf, v6, from, this);
    this.tableLeft(from, v6);
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

  private added(itf: Interface): Interface {
    for (const kind of this.kinds) kind.interfaceAdded?.(this.of(kind), itf, this);
    return itf;
  }

  hasInterface(swIfIndex: number): boolean {
    return this.interfaces.get(swIfIndex) !== undefined;
  }

  hasTable(tableId: number, v6: boolean): boolean {
    return this.tables.find(tableId, v6) !== undefined;
  }
}
