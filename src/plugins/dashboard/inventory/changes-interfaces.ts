/** Tells what a request may change of what the dashboard shows of interfaces. */

import type { ChannelMessage } from '../../../sdk/index.js';

const WORDS =
  /interface|subif|loopback|bridge|l2_|_l2|vlan|address|table|tunnel|tap_|memif|bond|af_packet|virtio|vhost|create|delete/;
/** Requests of which there may be very many, which change no interface. */
const OTHERS = /^(ip_route|ip_neighbor|ip_mroute|mpls_route|l2fib|acl_|macip_acl|classify)/;
/** Requests after which an interface may have other addresses, or be in another table. */
const DETAILS = /address|table|unnumbered|create|delete|add_del|dhcp/;

/** Whether a request may change interfaces at all, by its name. */
export const changesInterfaces = (name: string): boolean => WORDS.test(name) && !OTHERS.test(name);

/** The interface whose addresses and tables a request may have changed; `all` where it does not say which, undefined for none. */
export function changedDetails(reply: ChannelMessage): number | 'all' | undefined {
  const { request } = reply;
  if (request === undefined || !DETAILS.test(request.name)) return undefined;
  return indexIn(request) ?? indexIn(reply) ?? 'all';
}

function indexIn(message: ChannelMessage): number | undefined {
  try {
    const { sw_if_index: index } = message.fields;
    return typeof index === 'number' ? index : undefined;
  } catch {
    // It does not fit its definition, which others say.
    return undefined;
  }
}
