/**
 * Event registrations, one per client and kind (WIRE 3.7): enabling twice is refused, and so is disabling
 * what is not enabled. A disconnect takes a client's registrations along.
 */
import type { Handlers } from '../call.js';
import { Retval } from '../retvals.js';

export const want: Handlers = {
  'want_*': (fields, { vpp, client, bytes, start }) => {
    const name = vpp.table.nameOf.get(bytes.readUInt16BE(start))!;
    const enable = Boolean(fields.enable_disable ?? fields.enable);
    if (client.wants.has(name) === enable) return Retval.INVALID_REGISTRATION;
    if (enable) client.wants.set(name, Number(fields.pid ?? 0));
    else client.wants.delete(name);
    return Retval.OK;
  },
};
