/** NAT44-ED itself, with its options: `x-vppmux: { nat44: { sessions: 65536 } }`. All else of NAT44 stands on it. */

import type { Fields } from '../../../mux/index.js';
import { defineKind, type Found, type Message } from '../kind.js';
import { tableNeeds, tableReader } from '../layer3/table-reference.js';
import { checkNat } from './check-nat.js';
import { NAT44, natOf, natPath, natSchema } from './section.js';

interface Timeouts {
  readonly udp: number;
  readonly tcp_established: number;
  readonly tcp_transitory: number;
  readonly icmp: number;
}

interface Nat44 {
  /** Sessions per worker. */
  readonly sessions: number;
  readonly insideTable: number;
  readonly outsideTable: number;
  readonly forwarding: boolean;
  /** 0 for none. */
  readonly mssClamping: number;
  /** Seconds. */
  readonly timeouts: Timeouts;
}

const DEFAULT_SESSIONS = 63 * 1024;
const DEFAULT_TIMEOUTS: Timeouts = { udp: 300, tcp_established: 7440, tcp_transitory: 240, icmp: 60 };

/** Messages for the options that differ. Enabling sets them to their defaults. */
function setOptions(before: Nat44, { forwarding, mssClamping, timeouts }: Nat44): Message[] {
  const messages: Message[] = [];
  if (forwarding !== before.forwarding) {
    messages.push({ name: 'nat44_forwarding_enable_disable', fields: { enable: forwarding } });
  }
  if (mssClamping !== before.mssClamping) {
    const fields = { mss_value: mssClamping, enable: mssClamping > 0 };
    messages.push({ name: 'nat_set_mss_clamping', fields });
  }
  if (JSON.stringify(timeouts) !== JSON.stringify(before.timeouts)) {
    messages.push({ name: 'nat_set_timeouts', fields: { ...timeouts } });
  }
  return messages;
}

/** Refusals of a deletion that mean that the object, NAT44 itself or the interface is gone already. */
export const GONE = ['NO_SUCH_ENTRY', 'UNSUPPORTED', 'INVALID_SW_IF_INDEX'] as const;

/** The object that all others of NAT44 need. */
export const NAT44_KEY = `${NAT44}/${NAT44}`;

export const nat44Kind = defineKind<Nat44>({
  name: NAT44,
  ownership: 'wished',
  messages: ['nat44_ed_plugin_enable_disable', 'nat44_show_running_config'],
  section: { key: NAT44, schema: natSchema },
  check: checkNat,
  *wanted(wish) {
    const nat = natOf(wish);
    if (nat === undefined) return;
    const { timeouts = {} } = nat;
    const number = tableReader(wish);
    const value: Nat44 = {
      sessions: nat.sessions ?? DEFAULT_SESSIONS,
      insideTable: number(nat['inside-table']),
      outsideTable: number(nat['outside-table']),
      forwarding: nat.forwarding ?? false,
      mssClamping: nat['mss-clamping'] ?? 0,
      timeouts: {
        udp: timeouts.udp ?? DEFAULT_TIMEOUTS.udp,
        tcp_established: timeouts['tcp-established'] ?? DEFAULT_TIMEOUTS.tcp_established,
        tcp_transitory: timeouts['tcp-transitory'] ?? DEFAULT_TIMEOUTS.tcp_transitory,
        icmp: timeouts.icmp ?? DEFAULT_TIMEOUTS.icmp,
      },
    };
    yield { name: NAT44, value, path: natPath() };
  },
  async read(vpp): Promise<Found<Nat44>[]> {
    const config = await vpp.request('nat44_show_running_config');
    // VPP sets it to its default when it enables NAT, and to 0 when it disables it.
    if (config.sessions === 0) return [];
    const { enable, mss_value } = await vpp.request('nat_get_mss_clamping');
    const { udp, tcp_established, tcp_transitory, icmp } = config.timeouts as Fields & Timeouts;
    const value: Nat44 = {
      sessions: config.sessions as number,
      insideTable: config.inside_vrf as number,
      outsideTable: config.outside_vrf as number,
      forwarding: config.forwarding_enabled as boolean,
      mssClamping: enable ? (mss_value as number) : 0,
      timeouts: { udp, tcp_established, tcp_transitory, icmp },
    };
    return [{ name: NAT44, value }];
  },
  needs: ({ value }) => [...tableNeeds(value.insideTable), ...tableNeeds(value.outsideTable)],
  create({ value }) {
    const { sessions, insideTable, outsideTable } = value;
    const fields = { enable: true, sessions, inside_vrf: insideTable, outside_vrf: outsideTable };
    const defaults = { ...value, forwarding: false, mssClamping: 0, timeouts: DEFAULT_TIMEOUTS };
    return [{ name: 'nat44_ed_plugin_enable_disable', fields }, ...setOptions(defaults, value)];
  },
  change({ value: before }, { value: after }) {
    const isEnabledSo = (['sessions', 'insideTable', 'outsideTable'] as const).every(
      (key) => before[key] === after[key],
    );
    return isEnabledSo ? setOptions(before, after) : undefined;
  },
  remove: () => [
    {
      name: 'nat44_ed_plugin_enable_disable',
      fields: { enable: false },
      settledBy: ['FEATURE_ALREADY_DISABLED'],
    },
  ],
  describe([nat], { extra }) {
    if (nat === undefined) return;
    const { sessions, insideTable, outsideTable, forwarding, mssClamping, timeouts } = nat.value;
    const others = Object.entries(timeouts).filter(([key, value]) => value !== DEFAULT_TIMEOUTS[key as keyof Timeouts]);
    extra[NAT44] = {
      ...(sessions !== DEFAULT_SESSIONS && { sessions }),
      ...(insideTable !== 0 && { 'inside-table': insideTable }),
      ...(outsideTable !== 0 && { 'outside-table': outsideTable }),
      ...(forwarding && { forwarding }),
      ...(mssClamping !== 0 && { 'mss-clamping': mssClamping }),
      ...(others.length > 0 && {
        timeouts: Object.fromEntries(others.map(([key, value]) => [key.replace('_', '-'), value])),
      }),
    };
  },
});
