/** Events of neighbours: registrations for an address on an interface, for an interface, or for all. */
import type { Fields } from '../../src/mux/internal.js';
import type { Call } from '../call.js';
import { NO_INTERFACE } from '../dataplane/paths.js';
import { defineKind } from '../kind.js';
import { Retval } from '../retvals.js';
import { isEnable, nameOf, pidOf } from '../want.js';

export const neighbors = defineKind({
  name: 'neighbors',
  title: 'neighbours',
  handlers: { want_ip_neighbor_events: want, want_ip_neighbor_events_v2: want },
});

/** A different pid is another registration. */
function want(fields: Fields, call: Call): number {
  const request = nameOf(call);
  const at = Number(fields.sw_if_index) || NO_INTERFACE;
  if (at !== NO_INTERFACE && !call.dataplane.hasInterface(at)) return Retval.INVALID_SW_IF_INDEX;
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
