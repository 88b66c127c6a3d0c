/** The requests of leases. */

import { etcdError } from '../errors.js';
import type { RequestOptions, Rpc } from '../link/rpc.js';
import { GRANT, KEEP_ALIVE, REVOKE, TIME_TO_LIVE } from '../wire/methods.js';

export interface Granted {
  readonly id: bigint;
  /** Seconds; etcd may give more than was asked for. */
  readonly ttl: number;
}

/** @throws EtcdError */
export async function grant(rpc: Rpc, ttl: number, options?: RequestOptions): Promise<Granted> {
  const { id, ttl: given, error: refusal } = await rpc.request(GRANT, { ttl }, options);
  if (refusal !== '' || id === 0n) throw etcdError('ETCD_REFUSED', `etcd grants no lease of ${ttl} s: ${refusal}`);
  return { id, ttl: given };
}

/** Gives the seconds that it has again. @throws EtcdError ETCD_NO_LEASE */
export async function renew(rpc: Rpc, id: bigint, options?: RequestOptions): Promise<number> {
  const { ttl } = await rpc.request(KEEP_ALIVE, { id }, options);
  if (ttl <= 0) throw etcdError('ETCD_NO_LEASE', `etcd has no lease ${id.toString(16)}: it ended, or was revoked`);
  return ttl;
}

/** Removes it, and all keys that hang on it. @throws EtcdError ETCD_NO_LEASE */
export async function revoke(rpc: Rpc, id: bigint, options?: RequestOptions): Promise<void> {
  await rpc.request(REVOKE, { id }, options);
}

export interface TimeToLive {
  /** Seconds; -1 where there is no such lease. */
  readonly ttl: number;
  readonly grantedTtl: number;
  readonly keys: readonly string[];
}

export async function timeToLive(rpc: Rpc, id: bigint, options?: RequestOptions): Promise<TimeToLive> {
  const { ttl, grantedTtl, keys } = await rpc.request(TIME_TO_LIVE, { id, keys: true }, options);
  return { ttl, grantedTtl, keys: keys.map(String) };
}
