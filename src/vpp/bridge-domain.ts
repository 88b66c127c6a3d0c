/** A bridge domain as VPP has it, and the settings that one is created with. */

import type { Channel, DetailsFields, RequestFields, Untyped } from '../mux/index.js';
import { type ExchangeOptions, NONE, typed } from './exchange.js';
import type { InterfaceTable } from './interface-table.js';
import type { Messages } from './release.js';

/** Treatment of frames, and the tag. VPP takes these when it creates a bridge domain, and never later. */
export interface BridgeDomainSettings {
  /** Flood broadcast and multicast. Default true. */
  readonly flood: boolean;
  /** Flood unicast to unknown MAC addresses (`uu_flood`). Default true. */
  readonly uuFlood: boolean;
  /** Forward unicast. Default true. */
  readonly forward: boolean;
  /** Learn MAC addresses. Default true. */
  readonly learn: boolean;
  /** Answer ARP requests (`arp_term`). Default false. */
  readonly arpTerm: boolean;
  /** Forward ARP requests that it cannot answer as unicast (`arp_ufwd`). Default false. */
  readonly arpUfwd: boolean;
  /** Minutes after which a learnt MAC address is forgotten, 0 to 255; 0: never (`mac_age`). Default 0. */
  readonly macAge: number;
  /** Text of at most 63 bytes (`bd_tag`). Default ''. */
  readonly tag: string;
}

/** An interface of a bridge domain. */
export interface BridgePort {
  readonly name: string;
  readonly swIfIndex: number;
}

export interface BridgeMember extends BridgePort {
  /** Split-horizon group: members of one group but 0 do not see each other's frames. */
  readonly shg: number;
}

/** `bridge_domain_details`. */
export interface BridgeDomain extends BridgeDomainSettings {
  /** VPP's number for it, 1 to 16777215 (`bd_id`). */
  readonly id: number;
  /** Interface through which the domain is routed: bridged virtual interface. */
  readonly bvi?: BridgePort;
  /** Interface that unicast to unknown MAC addresses goes out of (`uu_fwd_sw_if_index`). */
  readonly uuFwd?: BridgePort;
  /** All interfaces in it, the bvi among them. */
  readonly members: BridgeMember[];
}

/** VPP's defaults; a domain that VPP creates for its first interface has them, too. */
const DEFAULTS: BridgeDomainSettings = {
  flood: true,
  uuFlood: true,
  forward: true,
  learn: true,
  arpTerm: false,
  arpUfwd: false,
  macAge: 0,
  tag: '',
};

export const SETTINGS = Object.keys(DEFAULTS) as (keyof BridgeDomainSettings)[];

/** Fields of bridge_domain_add_del, of its v2 as well, that say the settings. */
export type SettingFields = Omit<RequestFields<Messages, 'bridge_domain_add_del'>, 'bd_id' | 'is_add'>;

/** The fields for the settings, with defaults for those that are not given. */
export function settingFields(settings: Partial<BridgeDomainSettings>): SettingFields {
  const { flood, uuFlood, forward, learn, arpTerm, arpUfwd, macAge, tag } = { ...DEFAULTS, ...given(settings) };
  return {
    flood,
    uu_flood: uuFlood,
    forward,
    learn,
    arp_term: arpTerm,
    arp_ufwd: arpUfwd,
    mac_age: macAge,
    bd_tag: tag,
  };
}

/** The settings that are not undefined. */
function given(settings: Partial<BridgeDomainSettings>): Partial<BridgeDomainSettings> {
  return Object.fromEntries(SETTINGS.flatMap((key) => (settings[key] === undefined ? [] : [[key, settings[key]]])));
}

/** `loop0, loop1, and 5 more`: the names of the first `most`. */
export function namesOf(ports: readonly BridgePort[], most: number): string {
  const names = ports.slice(0, most).map(({ name }) => name);
  const more = ports.length - names.length;
  return `${names.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

/** Reads all bridge domains, by id (`bridge_domain_dump`). */
export async function readBridgeDomains(
  channel: Channel<Untyped>,
  interfaces: InterfaceTable | Promise<InterfaceTable>,
  options: ExchangeOptions,
): Promise<BridgeDomain[]> {
  const domains = typed(channel).dump('bridge_domain_dump', { bd_id: NONE, sw_if_index: NONE }, options).toArray();
  const [details, table] = await Promise.all([domains, interfaces]);
  return details.map((each) => bridgeDomainOf(each, table)).sort((a, b) => a.id - b.id);
}

function bridgeDomainOf(
  details: DetailsFields<Messages, 'bridge_domain_dump'>,
  interfaces: InterfaceTable,
): BridgeDomain {
  const port = (swIfIndex: number): BridgePort => ({ name: interfaces.nameOf(swIfIndex), swIfIndex });
  const portAt = (key: 'bvi' | 'uuFwd', index: number) => (index === NONE ? {} : { [key]: port(index) });
  return {
    id: details.bd_id,
    tag: details.bd_tag,
    flood: details.flood,
    uuFlood: details.uu_flood,
    forward: details.forward,
    learn: details.learn,
    arpTerm: details.arp_term,
    arpUfwd: details.arp_ufwd,
    macAge: details.mac_age,
    ...portAt('bvi', details.bvi_sw_if_index),
    ...portAt('uuFwd', details.uu_fwd_sw_if_index),
    members: details.sw_if_details.map(({ sw_if_index, shg }) => ({ ...port(sw_if_index), shg })),
  };
}
