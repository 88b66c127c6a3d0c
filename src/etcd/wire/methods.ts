/**
 * The requests of etcd's API that are used here. `repeatable`: asking twice does no more than asking once. A lease that was granted twice
 * has nothing hanging on the first one, which ends by itself.
 */

import * as messages from './messages.js';
import type { Fields, MessageType } from './protobuf.js';

const method = <Q extends Fields, A extends Fields>(
  name: string,
  request: MessageType<Q>,
  answer: MessageType<A>,
  repeatable: boolean,
) => ({ name, request, answer, repeatable });

export const RANGE = method('KV/Range', messages.RANGE_REQUEST, messages.RANGE_RESPONSE, true);
export const PUT = method('KV/Put', messages.PUT_REQUEST, messages.PUT_RESPONSE, false);
export const DELETE = method('KV/DeleteRange', messages.DELETE_REQUEST, messages.DELETE_RESPONSE, false);
export const TXN = method('KV/Txn', messages.TXN_REQUEST, messages.TXN_RESPONSE, false);
export const COMPACT = method('KV/Compact', messages.COMPACT_REQUEST, messages.HEADER_RESPONSE, false);
export const WATCH = method('Watch/Watch', messages.WATCH_REQUEST, messages.WATCH_RESPONSE, true);
export const GRANT = method('Lease/LeaseGrant', messages.GRANT_REQUEST, messages.GRANT_RESPONSE, true);
export const REVOKE = method('Lease/LeaseRevoke', messages.LEASE_REQUEST, messages.HEADER_RESPONSE, true);
export const KEEP_ALIVE = method('Lease/LeaseKeepAlive', messages.LEASE_REQUEST, messages.KEEP_ALIVE_RESPONSE, true);
export const TIME_TO_LIVE = method(
  'Lease/LeaseTimeToLive',
  messages.TIME_TO_LIVE_REQUEST,
  messages.TIME_TO_LIVE_RESPONSE,
  true,
);
export const AUTHENTICATE = method(
  'Auth/Authenticate',
  messages.AUTHENTICATE_REQUEST,
  messages.AUTHENTICATE_RESPONSE,
  true,
);
export const STATUS_OF = method('Maintenance/Status', messages.STATUS_REQUEST, messages.STATUS_RESPONSE, true);
