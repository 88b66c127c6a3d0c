/**
 * Requests that only read: those that a read-only channel may send, and that `reads` means in a policy. The effect counts.
 * The definition shows it, except for a table of exceptions, found by reading the handlers of all 349 such requests of VPP
 * 26.06 (earlier releases have a part of them). In doubt a request writes: a refusal is a nuisance, an unwanted change of a
 * router is an accident.
 *
 * Dumps and gets (a `stream` of details, or a name with `get`), `show`, pings, and the want_* that only
 * register for events.
 */

import { forbidden } from '../hazards/find.js';
import type { MessageDef } from '../schema/model.js';

/** Requests that only read, whatever their names say. */
const OTHER_NAMES: ReadonlySet<string> = new Set([
  'api_versions',
  'classify_table_by_interface',
  'classify_table_ids',
  'classify_table_info',
  'feature_is_enabled',
  'ip_route_lookup',
  'ip_route_lookup_v2',
  'map_summary_stats',
]);

/**
 * Effects of requests that their names do not tell: so they write. (`wireguard_*_dump` and `want_wireguard_peer_events` start
 * the plugin's timers where nobody has: nothing is seen of that, so they are no exceptions.)
 */
const EFFECTS: Readonly<Record<string, string>> = {
  mfib_signal_dump: "takes the signals that it lists out of VPP's queue, so that nobody else gets them",
  want_l2_macs_events: 'flushes all learnt MAC addresses and sets the limit of how many are learnt',
  want_l2_macs_events2: 'flushes all learnt MAC addresses',
  trace_dump: 'can clear what it shows',
  trace_v2_dump: 'can clear what it shows',
  want_ping_finished_events: 'sends pings, and VPP serves no other request meanwhile',
};

/** An effect of a request that nobody would expect of its name; undefined for most. */
export function sideEffect(name: string): string | undefined {
  return Object.hasOwn(EFFECTS, name) ? EFFECTS[name] : undefined;
}

/** Fields of a want_* request that only say who wants which events. */
const REGISTERING: ReadonlySet<string> = new Set([
  ...['client_index', 'context', '_vl_msg_id', 'enable_disable', 'enable', 'pid'],
  ...['sw_if_index', 'ip', 'peer_index'],
]);

const GETS = /^(get|show)_|_(get|show)_|_get(_v\d+)?$/;
/** A get that takes away what it has read does more than read. */
const CHANGES = /(^|_)(clear|reset|flush|purge|pop)(_|$)/;

/** Returns whether a request of this definition only reads; false for a message that is no request. */
export function reads({ name, service, fields }: MessageDef): boolean {
  if (!service || service.kind === 'oneway' || forbidden(name) || sideEffect(name) !== undefined) return false;
  if (name.startsWith('want_')) return isRegistration(fields);
  if (CHANGES.test(name) || fields.some((field) => CHANGES.test(field.name))) return false;
  if (service.kind !== 'unary') return true;
  return /(^|_)control_ping$/.test(name) || GETS.test(name) || OTHER_NAMES.has(name);
}

function isRegistration(fields: MessageDef['fields']): boolean {
  const names = fields.map(({ name }) => name);
  return names.some((name) => name.startsWith('enable')) && names.every((name) => REGISTERING.has(name));
}
