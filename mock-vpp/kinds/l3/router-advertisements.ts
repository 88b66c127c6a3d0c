/** Router advertisements: one configuration for each Ethernet interface with IPv6. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { now } from '../../dataplane/l3/neighbors.js';
import { Pool } from '../../dataplane/pool.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const DEFAULTS = {
  adv_managed_flag: false,
  adv_other_flag: false,
  /** Seconds, as intervals are. */
  adv_router_lifetime: 600,
  send_radv: false,
  cease_radv: false,
  send_unicast: false,
  adv_link_layer_address: true,
  max_radv_interval: 200,
  min_radv_interval: 150,
  initial_adverts_count: 3,
  initial_adverts_interval: 16,
};
const MAX_LIFETIME = 9000;
const FOR_EVER = 0xffffffff;
const DEFAULT_VALID = 2_592_000;
const DEFAULT_PREFERRED = 604_800;

type Settings = typeof DEFAULTS;

interface AdvertisedPrefix {
  readonly index: number;
  readonly prefix: string;
  onlink_flag: boolean;
  autonomous_flag: boolean;
  val_lifetime: number;
  pref_lifetime: number;
  decrement_lifetime_flag: boolean;
  no_advertise: boolean;
  /** Seconds, by the clock of the process. */
  setAt: number;
}

export class Advertisements {
  settings: Settings = { ...DEFAULTS };
  readonly prefixes = new Pool<AdvertisedPrefix>();

  /** `mtu`: that of the interface when IPv6 came on. */
  constructor(readonly mtu: number) {}

  /** Finds a prefix by its address alone. */
  find(prefix: string): AdvertisedPrefix | undefined {
    return [...this.prefixes.values()].find((each) => addressOf(each.prefix) === addressOf(prefix));
  }
}

export const routerAdvertisements = defineKind({
  name: 'routerAdvertisements',
  title: 'router advertisements',
  state: () => new Map<Interface, Advertisements>(),
  ip6Changed: (all, itf, isOn) => {
    if (!isOn) all.delete(itf);
    else if (itf.device.isEthernet) all.set(itf, new Advertisements(mtuOf(itf)));
  },
  handlers: {
    sw_interface_ip6nd_ra_config: onInterface((itf, fields, _, all) => {
      const known = all.get(itf);
      if (known === undefined) return Retval.IP6_NOT_ENABLED;
      const settings = changed(known.settings, fields);
      // VPP sends from now on, also when it refuses the rest.
      if (settings === undefined) known.settings.send_radv = true;
      else known.settings = settings;
      return settings === undefined ? Retval.INVALID_VALUE : Retval.OK;
    }),

    sw_interface_ip6nd_ra_prefix: onInterface((itf, fields, _, all) => {
      const known = all.get(itf);
      if (known === undefined) return Retval.IP6_NOT_ENABLED;
      const text = fields.prefix;
      if (typeof text !== 'string') return Retval.INVALID_VALUE; // of an impossible length
      const found = known.find(text);
      if (found !== undefined && found.prefix !== text) return Retval.INVALID_VALUE_2;
      if (fields.is_no) {
        if (found === undefined) return Retval.INVALID_VALUE;
        known.prefixes.remove(found.index);
        return Retval.OK;
      }
      const prefix = found ?? known.prefixes.add((index) => newPrefix(index, text));
      if (found !== undefined || !fields.use_default) change(prefix, fields);
      prefix.setAt = now();
      return Retval.OK;
    }),

    sw_interface_ip6nd_ra_dump: (fields, { dataplane }, all) => detailed(dataplane, all, Number(fields.sw_if_index)),
  },
});

/** The settings that a request leaves; undefined when VPP refuses it. `is_no` brings back the default of what is named. */
function changed(known: Settings, fields: Fields): Settings | undefined {
  const isNo = Boolean(fields.is_no);
  const numbers = (field: string, name: keyof Settings, asked = Number(fields[field])) =>
    asked === 0 ? Number(known[name]) : isNo ? Number(DEFAULTS[name]) : asked;
  const flag = (field: string, name: keyof Settings, off = false) =>
    fields[field] === 1 ? isNo === off : Boolean(known[name]);
  const askedMax = Number(fields.max_interval);
  const max = numbers('max_interval', 'max_radv_interval');
  const askedMin = Number(fields.min_interval) || (askedMax === 0 ? 0 : Math.trunc(0.75 * askedMax));
  const min = numbers('min_interval', 'min_radv_interval', askedMin);
  const given = isNo ? DEFAULTS.adv_router_lifetime : Math.min(MAX_LIFETIME, Number(fields.lifetime));
  const lifetime = fields.default_router === 1 ? given : known.adv_router_lifetime;
  if (lifetime > 0 && lifetime <= max) return undefined;
  if (min > 0.75 * max || min < 3) return undefined;
  if (Number(fields.initial_count) > 3 || Number(fields.initial_interval) > 16) return undefined;
  return {
    adv_managed_flag: flag('managed', 'adv_managed_flag'),
    adv_other_flag: flag('other', 'adv_other_flag'),
    adv_router_lifetime: lifetime,
    send_radv: fields.suppress === 1 ? isNo : true,
    cease_radv: flag('cease', 'cease_radv'),
    send_unicast: flag('send_unicast', 'send_unicast'),
    adv_link_layer_address: flag('ll_option', 'adv_link_layer_address', true),
    max_radv_interval: max,
    min_radv_interval: min,
    initial_adverts_count: numbers('initial_count', 'initial_adverts_count'),
    initial_adverts_interval: numbers('initial_interval', 'initial_adverts_interval'),
  };
}

function newPrefix(index: number, prefix: string): AdvertisedPrefix {
  const lifetimes = { val_lifetime: DEFAULT_VALID, pref_lifetime: DEFAULT_PREFERRED, decrement_lifetime_flag: true };
  return { index, prefix, onlink_flag: true, autonomous_flag: true, ...lifetimes, no_advertise: false, setAt: 0 };
}

/** One lifetime for ever makes both so. */
function change(prefix: AdvertisedPrefix, fields: Fields): void {
  const lifetimes = [Number(fields.val_lifetime), Number(fields.pref_lifetime)];
  if (lifetimes.includes(FOR_EVER)) prefix.decrement_lifetime_flag = false;
  [prefix.val_lifetime, prefix.pref_lifetime] = lifetimes.includes(FOR_EVER) ? [FOR_EVER, FOR_EVER] : lifetimes;
  prefix.no_advertise = Boolean(fields.no_advertise);
  prefix.onlink_flag = !fields.off_link && !fields.no_onlink;
  prefix.autonomous_flag = !fields.no_autoconfig;
}

/** Details of one interface, or with ~0 of all. */
function detailed({ interfaces }: Dataplane, all: Map<Interface, Advertisements>, at: number): Fields[] {
  const wanted = [...interfaces.values()].filter((itf) => at === NO_INTERFACE || itf.swIfIndex === at);
  return wanted.flatMap((itf) => {
    const found = all.get(itf);
    if (found === undefined) return [];
    const prefixes = [...found.prefixes.values()].map(prefixFields);
    return {
      ...found.settings,
      sw_if_index: itf.swIfIndex,
      cur_hop_limit: 64,
      adv_link_mtu: found.mtu,
      initial_adverts_sent: found.settings.initial_adverts_count === 1,
      n_prefixes: prefixes.length,
      prefixes,
    };
  });
}

function prefixFields({ index: _, setAt, ...fields }: AdvertisedPrefix): Fields {
  const left = (lifetime: number) => (lifetime === FOR_EVER ? 0 : lifetime - (now() - setAt));
  const { val_lifetime, pref_lifetime } = fields;
  return { ...fields, valid_lifetime_expires: left(val_lifetime), pref_lifetime_expires: left(pref_lifetime) };
}

const addressOf = (prefix: string) => prefix.split('/')[0];
/** The MTU of IPv6, else that of L3, else that of the link. */
const mtuOf = ({ mtu, linkMtu }: Interface) => mtu[2] || mtu[0] || linkMtu;
