/** The messages of etcd's API (etcdserverpb, mvccpb) that are used here, with the numbers of their fields; the same from etcd 3.4 to 3.6. */

import { bool, bytes, type Decoded, id, int, many, manyBytes, message, one, text } from './protobuf.js';

const HEADER = message('ResponseHeader', { clusterId: id(1), memberId: id(2), revision: int(3), raftTerm: id(4) });

export const KEY_VALUE = message('KeyValue', {
  ...{ key: bytes(1), createRevision: int(2), modRevision: int(3), version: int(4), value: bytes(5), lease: id(6) },
});
export type RawKeyValue = Decoded<typeof KEY_VALUE>;

/** Kinds of an event. */
export const DELETE_EVENT = 1;
const EVENT = message('Event', { type: int(1), kv: one(2, KEY_VALUE), prevKv: one(3, KEY_VALUE) });

/** Orders of a range, and what it may be sorted by. */
export const ORDER = { none: 0, ascending: 1, descending: 2 } as const;
export const SORT_BY = { key: 0, version: 1, create: 2, mod: 3, value: 4 } as const;

export const RANGE_REQUEST = message('RangeRequest', {
  ...{ key: bytes(1), rangeEnd: bytes(2), limit: int(3), revision: int(4), sortOrder: int(5), sortTarget: int(6) },
  ...{ serializable: bool(7), keysOnly: bool(8), countOnly: bool(9), maxCreateRevision: int(13) },
});
export const RANGE_RESPONSE = message('RangeResponse', {
  ...{ header: one(1, HEADER), kvs: many(2, KEY_VALUE), more: bool(3), count: int(4) },
});

export const PUT_REQUEST = message('PutRequest', {
  ...{ key: bytes(1), value: bytes(2), lease: id(3), prevKv: bool(4) },
});
export const PUT_RESPONSE = message('PutResponse', { header: one(1, HEADER), prevKv: one(2, KEY_VALUE) });

export const DELETE_REQUEST = message('DeleteRangeRequest', { key: bytes(1), rangeEnd: bytes(2), prevKv: bool(3) });
export const DELETE_RESPONSE = message('DeleteRangeResponse', {
  ...{ header: one(1, HEADER), deleted: int(2), prevKvs: many(3, KEY_VALUE) },
});

const REQUEST_OP = message('RequestOp', {
  ...{ range: one(1, RANGE_REQUEST), put: one(2, PUT_REQUEST), delete: one(3, DELETE_REQUEST) },
});
const RESPONSE_OP = message('ResponseOp', {
  ...{ range: one(1, RANGE_RESPONSE), put: one(2, PUT_RESPONSE), delete: one(3, DELETE_RESPONSE) },
});

/** Results and targets of a comparison. */
export const RESULT = { equal: 0, greater: 1, less: 2, notEqual: 3 } as const;
export const TARGET = { version: 0, create: 1, mod: 2, value: 3, lease: 4 } as const;

const COMPARE = message('Compare', {
  ...{ result: int(1), target: int(2), key: bytes(3), version: int(4), create: int(5), mod: int(6), value: bytes(7) },
  ...{ lease: id(8), rangeEnd: bytes(64) },
});

export const TXN_REQUEST = message('TxnRequest', {
  ...{ compare: many(1, COMPARE), success: many(2, REQUEST_OP), failure: many(3, REQUEST_OP) },
});
export const TXN_RESPONSE = message('TxnResponse', {
  ...{ header: one(1, HEADER), succeeded: bool(2), responses: many(3, RESPONSE_OP) },
});

export const COMPACT_REQUEST = message('CompactionRequest', { revision: int(1), physical: bool(2) });
/** An answer that says nothing else: of compactions and revocations. */
export const HEADER_RESPONSE = message('Response', { header: one(1, HEADER) });

const WATCH_CREATE = message('WatchCreateRequest', {
  ...{ key: bytes(1), rangeEnd: bytes(2), startRevision: int(3), progressNotify: bool(4), prevKv: bool(6) },
});
const EMPTY = message('Empty', {});
export const WATCH_REQUEST = message('WatchRequest', { create: one(1, WATCH_CREATE), progress: one(3, EMPTY) });
export const WATCH_RESPONSE = message('WatchResponse', {
  ...{ header: one(1, HEADER), watchId: id(2), created: bool(3), canceled: bool(4), compactRevision: int(5) },
  ...{ cancelReason: text(6), events: many(11, EVENT) },
});

export const GRANT_REQUEST = message('LeaseGrantRequest', { ttl: int(1), id: id(2) });
export const GRANT_RESPONSE = message('LeaseGrantResponse', {
  ...{ header: one(1, HEADER), id: id(2), ttl: int(3), error: text(4) },
});
export const LEASE_REQUEST = message('LeaseRequest', { id: id(1) });
export const KEEP_ALIVE_RESPONSE = message('LeaseKeepAliveResponse', {
  header: one(1, HEADER),
  id: id(2),
  ttl: int(3),
});
export const TIME_TO_LIVE_REQUEST = message('LeaseTimeToLiveRequest', { id: id(1), keys: bool(2) });
export const TIME_TO_LIVE_RESPONSE = message('LeaseTimeToLiveResponse', {
  ...{ header: one(1, HEADER), id: id(2), ttl: int(3), grantedTtl: int(4), keys: manyBytes(5) },
});

export const AUTHENTICATE_REQUEST = message('AuthenticateRequest', { name: text(1), password: text(2) });
export const AUTHENTICATE_RESPONSE = message('AuthenticateResponse', { header: one(1, HEADER), token: text(2) });

export const STATUS_REQUEST = EMPTY;
export const STATUS_RESPONSE = message('StatusResponse', {
  ...{ header: one(1, HEADER), version: text(2), dbSize: int(3), leader: id(4), raftIndex: id(5), raftTerm: id(6) },
});
