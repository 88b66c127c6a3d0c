/** Says of a message's name alone, before anything is sent, whether the running VPP can take such a request. */

import type { Connection } from '../types.js';
import { VppConnection } from './connection.js';

/**
 * The error with which every request `name` would fail: FORBIDDEN_MESSAGE, MESSAGE_NOT_IN_VPP, CRC_MISMATCH, …, as
 * `MessageCatalogue.plan` throws it. Undefined for one that can be sent, at least with some values. Throws NOT_CONNECTED.
 */
export function whyNotSendable(vpp: Connection, name: string): unknown {
  if (!(vpp instanceof VppConnection)) return undefined;
  const { catalogue } = vpp.core.usable();
  try {
    catalogue.plan(name);
    return undefined;
  } catch (error) {
    return error;
  }
}
