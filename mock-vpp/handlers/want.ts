/**
 * Event registrations by VPP's keys and with its return codes (facts of VPP 26.06). Most are one per client: enabling twice is
 * refused, and so is disabling one that is not enabled. Those that VPP keys by more are idempotent.
 */
import type { Fields } from '../../src/mux/internal.js';
import type { Call, Handlers } from '../call.js';
import { DEFAULT_LEARN_LIMIT } from '../dataplane/l2-learning.js';
import { NO_INTERFACE } from '../dataplane/paths.js';
import { Retval } from '../retvals.js';
import { peerKey } from './wireguard.js';

const ANY_PEER = 0xffffffff;

export const want: Handlers = {
  'want_*': (fields, call) => {
    const { events } = call.client;
    const request = nameOf(call);
    const enable = isEnable(fields);
    if (events.has(request) === enable) return Retval.INVALID_REGISTRATION;
    if (enable) events.add(request, { request, pid: pidOf(fields), fits: () => true, isNamed: true });
    else events.remove(request);
    return Retval.OK;
  },

  want_l2_macs_events: (fields, call) => {
    const { l2Learning } = call.vpp.dataplane;
    const limit = Number(fields.learn_limit);
    const fitting = limit > 0 && limit <= DEFAULT_LEARN_LIMIT;
    const isValid = fitting && Number(fields.max_macs_in_event) > 0 && Number(fields.scan_delay) > 0;
    const retval = l2Macs(fields, call, isValid);
    if (retval !== Retval.OK) return retval;
    l2Learning.limit = fitting ? limit : DEFAULT_LEARN_LIMIT;
    return Retval.OK;
  },

  want_l2_macs_events2: (fields, call) => l2Macs(fields, call, Number(fields.max_macs_in_event) > 0),
};

/** Handlers of messages that the mock's own definitions lack. */
export const foreignWant: Handlers = {
  want_ip6_dad_events: (fields, call) => {
    const request = nameOf(call);
    if (isEnable(fields)) {
      call.client.events.add(request, { request, pid: pidOf(fields), fits: () => true, isNamed: true });
    } else call.client.events.remove(request);
    return Retval.OK;
  },

  want_ip_neighbor_events: neighbors,
  want_ip_neighbor_events_v2: neighbors,

  want_wireguard_peer_events: (fields, call) => {
    const { events } = call.client;
    const request = nameOf(call);
    for (const { index, swIfIndex } of call.vpp.dataplane.wireguardPeers.values()) {
      const isMeant = [ANY_PEER, index].includes(Number(fields.peer_index));
      if (!isMeant || ![NO_INTERFACE, swIfIndex].includes(Number(fields.sw_if_index))) continue;
      const key = peerKey(index);
      if (!isEnable(fields)) events.remove(key);
      else events.add(key, { request, pid: 0, fits: ({ peer_index: at = 0 }) => at === index, isNamed: false });
    }
    return Retval.OK;
  },
};

/** Registrations for an address on an interface, for an interface, or for all; a different pid is another registration. */
function neighbors(fields: Fields, call: Call): number {
  const request = nameOf(call);
  const at = Number(fields.sw_if_index) || NO_INTERFACE;
  if (at !== NO_INTERFACE && !call.vpp.dataplane.hasInterface(at)) return Retval.INVALID_SW_IF_INDEX;
  const pid = pidOf(fields);
  const { ip } = fields;
  const key = `${request} ${ip} ${at} ${pid}`;
  if (!isEnable(fields)) {
    call.client.events.remove(key);
    return Retval.OK;
  }
  const fits = ({ neighbor }: Fields) => {
    const { sw_if_index: where = 0, ip_address: address } = (neighbor ?? {}) as Fields;
    if (ip === '0.0.0.0') return at === NO_INTERFACE || at === where;
    return at === where && ip === address; // without an interface it is never looked up
  };
  call.client.events.add(key, { request, pid, fits, isNamed: true });
  return Retval.OK;
}

/** One owner in the whole VPP, by pid; a disable by any client ends it. */
function l2Macs(fields: Fields, { vpp, client }: Call, isValid: boolean): number {
  const { l2Learning } = vpp.dataplane;
  const pid = pidOf(fields);
  const key = 'l2 macs';
  if (isEnable(fields)) {
    if (l2Learning.ownerPid !== 0 && l2Learning.ownerPid !== pid) return Retval.L2_MACS_EVENT_CLIENT_PRESENT;
    if (!isValid) return Retval.INVALID_VALUE;
    vpp.forgetEvents(key);
    client.events.add(key, { request: 'want_l2_macs_events', pid, fits: () => true, isNamed: true });
    l2Learning.ownerPid = pid;
    l2Learning.flushes++;
  } else if (l2Learning.ownerPid !== 0) {
    vpp.forgetEvents(key);
    l2Learning.ownerPid = 0;
  }
  return Retval.OK;
}

const isEnable = ({ enable_disable, enable }: Fields) => Boolean(enable_disable ?? enable);
const pidOf = ({ pid }: Fields) => Number(pid ?? 0);
const nameOf = ({ vpp, bytes, start }: Call) => vpp.table.nameOf.get(bytes.readUInt16BE(start)) as string;
