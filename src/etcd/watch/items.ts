/** Items of a watch, as its reader gets them. */

import type { KeyValue } from '../types.js';

/** Reasons for a snapshot in the middle of a watch. */
export type SnapshotReason =
  /** The first one. */
  | 'start'
  /** etcd has compacted what happened while the connection was away. */
  | 'compacted'
  /** The reader was too slow for the bounds of the watch, or a change too large for them. */
  | 'slow'
  /** etcd's data is other data: restored from a backup, or another cluster. */
  | 'reset';

/** All keys as they are: what the reader knew before is replaced by it; keys that it lacks are deleted. */
export interface Snapshot {
  readonly kind: 'snapshot';
  readonly because: SnapshotReason;
  readonly kvs: readonly KeyValue[];
  readonly revision: number;
}

export type Change =
  | { readonly type: 'put'; readonly key: string; readonly kv: KeyValue; readonly prev?: KeyValue }
  | { readonly type: 'delete'; readonly key: string; readonly prev?: KeyValue };

/** All changes of one revision: of one write or transaction. */
export interface Changes {
  readonly kind: 'changes';
  readonly changes: readonly Change[];
  readonly revision: number;
}

export type WatchItem = Snapshot | Changes;
