/** The interfaces of VPP at one moment: names by sw_if_index, and the other way round. */

import type { Channel, DetailsFields, Untyped } from '../mux/index.js';
import { didYouMean, suggesting } from '../nearest.js';
import { ObjectError } from './errors.js';
import { type ExchangeOptions, NONE, typed } from './exchange.js';
import type { Messages } from './release.js';

type InterfaceDetails = DetailsFields<Messages, 'sw_interface_dump'>;

const ADMIN_UP = 1;
const LINK_UP = 2;

/** An interface as VPP has it (`sw_interface_details`). */
export interface Interface {
  /** VPP's name for it: `loop0`, `GigabitEthernet0/8/0`. */
  readonly name: string;
  /** VPP's number for it (`sw_if_index`). A deleted interface leaves it to the next one that is created. */
  readonly swIfIndex: number;
  /** Kind of its device: `Loopback`, `dpdk`, `memif`, … (`interface_dev_type`). */
  readonly type: string;
  /** sw_if_index of the interface that a sub-interface belongs to (`sup_sw_if_index`); undefined for all others. */
  readonly parent?: number;
  /** Whether it has been set up. */
  readonly adminUp: boolean;
  readonly linkUp: boolean;
  /** MAC address in lower case, `de:ad:00:00:00:00`; all zero where it has none (`l2_address`). */
  readonly mac: string;
  /** Bytes of the largest packet: the interface's own MTU, or where it has none that of its link. */
  readonly mtu: number;
  /** Text that somebody tagged it with; often empty. */
  readonly tag: string;
}

/** An interface after a change, and whether it differs from before. */
export interface InterfaceChange {
  readonly interface: Interface;
  readonly changed: boolean;
}

/** An interface by its name or sw_if_index. */
export type InterfaceRef = string | number;

export class InterfaceTable {
  private readonly byName = new Map<string, Interface>();
  private readonly byIndex = new Map<number, Interface>();

  /** Reads all interfaces, in one dump (`sw_interface_dump`). */
  static async read(channel: Channel<Untyped>, options: ExchangeOptions = {}): Promise<InterfaceTable> {
    return new InterfaceTable(await typed(channel).dump('sw_interface_dump', { sw_if_index: NONE }, options).toArray());
  }

  constructor(details: readonly InterfaceDetails[]) {
    for (const each of details) {
      const found = interfaceOf(each);
      this.byName.set(found.name, found);
      this.byIndex.set(found.swIfIndex, found);
    }
  }

  /** All of them, by sw_if_index. */
  get list(): Interface[] {
    return [...this.byIndex.values()];
  }

  /**
   * The interface of this name or sw_if_index; a string of digits is a sw_if_index, unless it is a name. Throws NOT_FOUND with the
   * nearest names; `path` says which argument it was.
   */
  find(ref: InterfaceRef, path = 'interface'): Interface {
    const found = this.byName.get(String(ref)) ?? (isIndex(ref) ? this.byIndex.get(Number(ref)) : undefined);
    if (found !== undefined) return found;
    const what = isIndex(ref) ? `with sw_if_index ${ref}` : `"${ref}"`;
    const { near, text: hint } = isIndex(ref) ? suggesting([]) : didYouMean(String(ref), this.byName.keys());
    const text = `there is no interface ${what}${hint}`;
    throw new ObjectError('NOT_FOUND', 'interface', text, { path, nearest: near });
  }

  /** Name of an interface; its sw_if_index as a string where the table has none, because it is newer or gone. */
  nameOf(swIfIndex: number): string {
    return this.byIndex.get(swIfIndex)?.name ?? String(swIfIndex);
  }
}

/** Looks an interface up by name or sw_if_index; one that was read before is taken as it is. Rejects with NOT_FOUND. */
export async function resolveInterface(
  channel: Channel<Untyped>,
  itf: Interface | InterfaceRef,
  options: ExchangeOptions,
): Promise<Interface> {
  return typeof itf === 'object' ? itf : (await InterfaceTable.read(channel, options)).find(itf);
}

const isIndex = (ref: InterfaceRef) => /^\d+$/.test(String(ref));

function interfaceOf(details: InterfaceDetails): Interface {
  const { sw_if_index: swIfIndex, sup_sw_if_index: parent, flags } = details;
  const [mtu] = details.mtu;
  return {
    name: details.interface_name,
    swIfIndex,
    type: details.interface_dev_type,
    ...(parent !== swIfIndex && { parent }),
    adminUp: (flags & ADMIN_UP) !== 0,
    linkUp: (flags & LINK_UP) !== 0,
    mac: details.l2_address,
    mtu: mtu || details.link_mtu,
    tag: details.tag,
  };
}
