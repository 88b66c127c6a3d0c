/**
 * Requests that make VPP send events, and the ways in which VPP keeps the registrations (WIRE 3.7; read in VPP 26.06, tried on it).
 *
 * The usual form is `want_*` with a field that enables: VPP keeps it until it is disabled or the client leaves, by a key:
 *
 *   client     one for each client; a second enable, and a disable when it is off, are refused with -31
 *   fields     one for each set of fields (and pid), sent to each that fits: two that overlap send an event twice
 *   objects    at the objects that exist now (WireGuard peers); what is made later is not covered
 *   one owner  one in the whole VPP; any client's disable ends it
 *
 * All but the first are idempotent. What is not listed is taken for `client` where it has no further fields, for `fields`
 * otherwise. A few events come of a request that does something instead (a ping, a DHCP client): see `ACTIONS`.
 */

import { didYouMean } from '../../nearest.js';
import type { Fields, Message, Schema } from '../codec/codec.js';
import { type ErrorCode, VppmuxError } from '../errors.js';
import type { MessageTable } from './message-table.js';
import { pluginHint } from './why-unusable.js';

export interface EventRequestFacts {
  readonly keyed: 'client' | 'fields' | 'objects' | 'one-owner';
  /** VPP answers a second enable, and a disable when it is off, with 0; else with -31. */
  readonly idempotent: boolean;
  /** VPP gives each registration's pid back in its events, unchanged, so that a number in it tells them apart. */
  readonly echoesPid?: boolean;
  /** Registrations that VPP does not tell apart, whatever their names. */
  readonly slot?: string;
  /** Normalises fields to what they mean to VPP. */
  readonly normal?: (fields: Fields) => Fields;
  /** Fields that the disable has in place of the enable's fields, to leave VPP as it was. */
  readonly restoring?: Fields;
  /** Returns whether an event was asked for with `fields`, where the event shows it. */
  readonly isAbout?: (event: Fields, fields: Fields) => boolean;
  /** Reason why VPP sends no event for such fields, though it accepts them. */
  readonly inVain?: (fields: Fields) => string | undefined;
}

const ANY = 0xffffffff;
const NO_ADDRESS: readonly unknown[] = ['0.0.0.0', '::'];

const neighbors: EventRequestFacts = {
  keyed: 'fields',
  idempotent: true,
  echoesPid: true,
  // VPP takes interface 0 for any, and the address 0.0.0.0; its :: is never matched.
  normal: ({ ip, sw_if_index: at, ...others }) => ({
    ...others,
    ip: NO_ADDRESS.includes(ip) ? '0.0.0.0' : ip,
    sw_if_index: at === 0 ? ANY : at,
  }),
  inVain: ({ ip, sw_if_index: at }) =>
    at === ANY && !NO_ADDRESS.includes(ip)
      ? 'VPP sends none for an address without an interface; give its sw_if_index, too'
      : undefined,
};

const l2Macs = { keyed: 'one-owner', idempotent: true, slot: 'l2_macs' } as const;

const FACTS: Readonly<Record<string, EventRequestFacts>> = {
  want_ip_neighbor_events: neighbors,
  want_ip_neighbor_events_v2: neighbors,
  want_wireguard_peer_events: {
    keyed: 'objects',
    idempotent: true,
    isAbout: (event, { peer_index: peer }) => peer === ANY || peer === event.peer_index,
  },
  // learn_limit 0 in a disable is VPP's own limit; there is no message that reads the present one.
  want_l2_macs_events: { ...l2Macs, restoring: { learn_limit: 0 } },
  want_l2_macs_events2: l2Macs,
  want_ip6_dad_events: { keyed: 'client', idempotent: true },
};

export function factsOf({ name, def }: Message): EventRequestFacts {
  if (Object.hasOwn(FACTS, name)) return FACTS[name];
  return { keyed: ownFields(def.fields).length === 0 ? 'client' : 'fields', idempotent: false };
}

/** Requests after which registrations `objects` are made again: what they make is to be covered, too. */
const MAKES: Readonly<Record<string, readonly string[]>> = { wireguard_peer_add: ['want_wireguard_peer_events'] };

/** The registrations that do not cover what `name` makes. */
export function renewedAfter(name: string): readonly string[] | undefined {
  return Object.hasOwn(MAKES, name) ? MAKES[name] : undefined;
}

/** Requests used instead of the one that declares the event, unless a field is given that only that one has. */
const BETTER: Readonly<Record<string, string>> = { want_l2_macs_events: 'want_l2_macs_events2' };

/** Requests that do something, and send an event about it to the client that sent them. */
const ACTIONS: Readonly<Record<string, { readonly does: string; readonly asking?: (fields: Fields) => Fields }>> = {
  want_ping_finished_events: { does: 'sends pings, and VPP serves no other request meanwhile' },
  dhcp_client_config: {
    does: 'configures a DHCP client on an interface',
    asking: ({ is_add = true, client, ...others }) => ({
      ...others,
      is_add,
      client: { ...(client as Fields), want_dhcp_event: true, pid: process.pid },
    }),
  },
  nat44_ei_ha_resync: {
    does: 'has the NAT sessions sent to the other NAT again',
    asking: (fields) => ({ ...fields, want_resync_event: 1, pid: process.pid }),
  },
  nat_ha_resync: {
    does: 'has the NAT sessions sent to the other NAT again',
    asking: (fields) => ({ ...fields, want_resync_event: 1, pid: process.pid }),
  },
};

export interface EventRequest {
  readonly name: string;
  /** `registration`: it enables and disables. `action`: it does something once. */
  readonly form: 'registration' | 'action';
}

/**
 * The request that makes VPP send `event`, among those that `has` says yes to; undefined where VPP sends it unasked. `given`:
 * the names of the fields that are to go with it. Throws UNKNOWN_MESSAGE and WRONG_KIND.
 */
export function eventRequest(
  schema: Schema,
  event: string,
  given: readonly string[],
  has: (request: string) => boolean = () => true,
): EventRequest | undefined {
  const def = schema.find(event)?.def;
  if (!def) throw unknownEvent(event, schema);
  if (def.role !== 'event') {
    throw new VppmuxError('WRONG_KIND', `${event} is not an event but a ${def.role}`, { messageName: event });
  }
  const declared = [...schema.model.services.values()].filter(({ events }) => events.includes(event));
  const names = declared.map(({ request }) => request).filter(has);
  const registering = names.find((name) => name.startsWith('want_') && isRegistration(schema.find(name)));
  if (registering !== undefined) {
    const better = Object.hasOwn(BETTER, registering) ? BETTER[registering] : undefined;
    const fits = (fields: MessageFields = []) => given.every((each) => fields.some(({ name }) => name === each));
    const isBetter = better !== undefined && has(better) && fits(schema.find(better)?.def.fields);
    return { name: isBetter ? better : registering, form: 'registration' };
  }
  return names.length > 0 ? { name: names[0], form: 'action' } : undefined;
}

/** Returns whether the mux keeps registrations of this request, for its own event or for that of the request it replaces. */
export function isRegistration(message: Message | undefined): boolean {
  if (!message?.name.startsWith('want_')) return false;
  const { events = [] } = message.def.service ?? {};
  return (events.length > 0 || Object.values(BETTER).includes(message.name)) && enableField(message) !== undefined;
}

/** Events that a request makes VPP send; those of the request that it replaces, where it declares none of its own. */
export function eventsOf(message: Message, schema: Schema): readonly string[] {
  const { events = [] } = message.def.service ?? {};
  if (events.length > 0) return events;
  const replaced = Object.keys(BETTER).find((name) => BETTER[name] === message.name);
  return (replaced !== undefined && schema.find(replaced)?.def.service?.events) || [];
}

/** The field of a want_* request that switches on and off. */
export function enableField({ def }: Message): string | undefined {
  return def.fields.find(({ name }) => name === 'enable_disable' || name === 'enable')?.name;
}

/** The fields of an action as they have VPP send its event. Throws BAD_OPTION where there are none. */
export function actionFields(event: string, { name, def }: Message, given: Fields): Fields {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (Object.keys(given).length > 0) return action?.asking?.(given) ?? given;
  const does = action ? `, which ${action.does}` : '';
  const fields = ownFields(def.fields).map((field) => field.name);
  throw new VppmuxError(
    'BAD_OPTION',
    `${event} is not had by a registration: VPP sends it to whoever sent ${name}${does}; give that request's fields (${fields.join(', ')}) as \`want\` (vppmux watch ${event} FIELD=VALUE …) and it is sent, once; or listen only, with subscribe: false`,
    { messageName: event },
  );
}

type MessageFields = Message['def']['fields'];

const HEADER: readonly string[] = ['_vl_msg_id', 'client_index', 'context', 'enable_disable', 'enable', 'pid'];

/** Fields of a request that are neither header, nor say who wants it and whether. */
function ownFields(fields: MessageFields): MessageFields {
  return fields.filter(({ name }) => !HEADER.includes(name));
}

export function unknownEvent(event: string, { model }: Schema, table: MessageTable = new Map()): VppmuxError {
  const code: ErrorCode = 'UNKNOWN_MESSAGE';
  const events = [...model.messages.values()].filter(({ role }) => role === 'event').map(({ name }) => name);
  const { near, text } = didYouMean(event, events);
  const plugin = table.size > 0 ? pluginHint(event, table) : '';
  return new VppmuxError(code, `no event ${event}${text}${plugin}`, { messageName: event, nearest: near });
}
