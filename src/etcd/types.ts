/** Shapes of etcd's data as this client gives them. */

/** A key or value to send: text is sent as UTF-8. */
export type Content = string | Uint8Array;

/** A key with its value, as etcd keeps it. */
export interface KeyValue {
  /** The key as UTF-8. */
  readonly key: string;
  readonly keyBytes: Buffer;
  readonly value: Buffer;
  /** Revision of the store in which the key was made, and last changed. Numbers: see wire/protobuf.ts. */
  readonly createRevision: number;
  readonly modRevision: number;
  /** Changes since it was made, from 1. */
  readonly version: number;
  /** Id of the lease that it hangs on; 0n where there is none. */
  readonly lease: bigint;
}

/** All keys that begin with `prefix`. '' for every key. */
export interface Prefix {
  readonly prefix: string;
}

export interface Listing {
  /** In the order of their keys. */
  readonly kvs: readonly KeyValue[];
  /** Revision of the store that all of them are of. */
  readonly revision: number;
}

export interface Status {
  readonly endpoint: string;
  readonly version: string;
  readonly clusterId: bigint;
  readonly memberId: bigint;
  /** Id of the leader; 0n where there is none. */
  readonly leader: bigint;
  readonly revision: number;
  readonly dbBytes: number;
}
