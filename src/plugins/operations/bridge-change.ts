/** What a change of bridge domains needs: how they are now, what is to be done about it, and doing it. */

import { Fault, fault } from '../../agent/operations/fault.js';
import { muxFault } from '../mux-fault.js';
import { type BridgeDomain, bridgeDomains, SETTINGS, type Setting } from './bridge-table.js';
import { type Interface, InterfaceTable, NO_INTERFACE } from './interface-table.js';
import type { InterfaceRef } from './values.js';
import type { VppCall } from './vpp-call.js';

const ANY_ID = 0xffffffff;
const PORT_NORMAL = 0;
const PORT_BVI = 1;

/** VPP's own: what a domain has that comes into being by its first interface. */
const NEW: Readonly<Record<Setting, boolean | number | string>> = {
  flood: true,
  uuFlood: true,
  forward: true,
  learn: true,
  arpTerm: false,
  arpUfwd: false,
  macAge: 0,
  tag: '',
};

export type Settings = { readonly [S in Setting]?: boolean | number | string };

interface Plan {
  /** Undefined: any. */
  readonly id: number | undefined;
  readonly create: boolean;
  readonly joining: readonly { readonly swIfIndex: number; readonly port: number }[];
  readonly isChange: boolean;
}

export class BridgeChange {
  readonly #vpp: VppCall;
  readonly #domains: readonly BridgeDomain[];
  readonly interfaces: InterfaceTable;
  /** bridge_domain_add_del, as the running VPP has it. */
  readonly addDel: string;

  static async look(vpp: VppCall): Promise<BridgeChange> {
    const [domains, interfaces] = await Promise.all([bridgeDomains(vpp), InterfaceTable.read(vpp)]);
    return new BridgeChange(vpp, domains, interfaces);
  }

  constructor(vpp: VppCall, domains: readonly BridgeDomain[], interfaces: InterfaceTable) {
    this.#vpp = vpp;
    this.#domains = domains;
    this.interfaces = interfaces;
    this.addDel = vpp.newest('bridge_domain_add_del_v2', 'bridge_domain_add_del');
  }

  /** Throws ENOENT. */
  existing(id: number): BridgeDomain {
    const found = this.#domains.find((each) => each.id === id);
    if (found !== undefined) return found;
    throw fault('ENOENT', `there is no bridge domain ${id}`, { path: 'id' });
  }

  /** Throws what stands in the way of it. */
  plan(id: number | undefined, refs: readonly InterfaceRef[], bvi: InterfaceRef | undefined, settings: Settings): Plan {
    if (id === undefined && !this.addDel.endsWith('_v2')) {
      throw fault('ENOTSUP', 'this VPP cannot choose a number for a bridge domain; give one', { path: 'id' });
    }
    const known = this.#domains.find((each) => each.id === id);
    if (known !== undefined) checkSettings(known, settings);
    const router = bvi === undefined ? undefined : this.interfaces.find(bvi, 'bvi');
    if (known !== undefined && router !== undefined) this.#checkBvi(known, router);
    const wanted = new Map(
      refs.map((ref, i) => this.interfaces.find(ref, `interfaces[${i}]`)).map((itf) => [itf.swIfIndex, itf]),
    );
    if (router !== undefined) wanted.set(router.swIfIndex, router);
    const joining = [...wanted.values()]
      .filter((itf) => this.#joins(itf, known, itf === router))
      .map(({ swIfIndex }) => ({ swIfIndex, port: swIfIndex === router?.swIfIndex ? PORT_BVI : PORT_NORMAL }));
    const create = known === undefined;
    return { id, create, joining, isChange: create || joining.length > 0 };
  }

  /** Gives the number of the domain. */
  async carryOut({ id, create, joining }: Plan, settings: Settings): Promise<number> {
    const made = create ? await this.#create(id, settings) : Number(id);
    for (const { swIfIndex, port } of joining) {
      const fields = { rx_sw_if_index: swIfIndex, bd_id: made, port_type: port, enable: true };
      try {
        await this.#vpp.request('sw_interface_set_l2_bridge', fields);
      } catch (error) {
        const known = muxFault(error);
        if (known === undefined) throw error;
        const text = `bridge domain ${made} is there, but ${this.interfaces.nameOf(swIfIndex)} did not join it`;
        throw new Fault(known.code, `${text}: ${known.message}`, {}, error);
      }
    }
    return made;
  }

  /** Those of a domain that are to leave it. Throws EBUSY. */
  leaving({ id, members }: BridgeDomain, refs: readonly InterfaceRef[] | undefined, force: boolean): readonly Member[] {
    const all = members.map(({ swIfIndex }) => ({ swIfIndex, name: this.interfaces.nameOf(swIfIndex) }));
    if (refs !== undefined) {
      const wanted = new Set(refs.map((ref, i) => this.interfaces.find(ref, `interfaces[${i}]`).swIfIndex));
      return all.filter(({ swIfIndex }) => wanted.has(swIfIndex));
    }
    if (all.length === 0 || force) return all;
    const names = all.slice(0, 3).map(({ name }) => name);
    const more = all.length > names.length ? `, and ${all.length - names.length} more` : '';
    throw fault('EBUSY', `bridge domain ${id} has interfaces (${names.join(', ')}${more}); force takes them out first`);
  }

  async unbridge(id: number, swIfIndex: number): Promise<void> {
    await this.#vpp.request('sw_interface_set_l2_bridge', { rx_sw_if_index: swIfIndex, bd_id: id, enable: false });
  }

  async #create(id = ANY_ID, settings: Settings): Promise<number> {
    const keys = Object.keys(SETTINGS) as Setting[];
    const fields = Object.fromEntries(keys.map((key) => [SETTINGS[key], settings[key] ?? NEW[key]]));
    const { bd_id } = await this.#vpp.request(this.addDel, { ...fields, is_add: true, bd_id: id });
    return Number(bd_id ?? id);
  }

  /** Whether it is to be put into the domain. Throws EBUSY when it is in another one, or is there as something else. */
  #joins({ name, swIfIndex }: Interface, known: BridgeDomain | undefined, asBvi: boolean): boolean {
    const home = this.#domains.find(
      ({ members, details }) =>
        Number(details.uu_fwd_sw_if_index) === swIfIndex || members.some((member) => member.swIfIndex === swIfIndex),
    );
    if (home === undefined) return true;
    if (home !== known) {
      throw fault('EBUSY', `${name} is in bridge domain ${home.id}; bridge.remove takes it out there`);
    }
    return asBvi && Number(home.details.bvi_sw_if_index) !== swIfIndex;
  }

  #checkBvi({ id, details }: BridgeDomain, { swIfIndex }: Interface): void {
    const present = Number(details.bvi_sw_if_index);
    if (present === NO_INTERFACE || present === swIfIndex) return;
    throw fault('EBUSY', `bridge domain ${id} has the bvi ${this.interfaces.nameOf(present)} already`, { path: 'bvi' });
  }
}

interface Member {
  readonly swIfIndex: number;
  readonly name: string;
}

function checkSettings({ id, details }: BridgeDomain, settings: Settings): void {
  const keys = (Object.keys(SETTINGS) as Setting[]).filter((key) => settings[key] !== undefined);
  const other = keys.filter((key) => details[SETTINGS[key]] !== settings[key]);
  if (other.length === 0) return;
  const list = other.map((key) => `${key}: ${details[SETTINGS[key]]}`).join(', ');
  throw fault('EEXIST', `bridge domain ${id} is there with other settings (${list})`, { path: other[0] });
}
