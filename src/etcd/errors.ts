// biome-ignore-all lint/plugin: an error shows its fields to every log

/** The errors of etcd and of the way there. */

import { printableLine } from '../printable.js';

/** The known fate of a request that failed: etcd has not carried it out, or nobody knows. */
export type Outcome = 'not-sent' | 'unknown';

/** code → what it means and what to do. */
export const ETCD_ERRORS = {
  ETCD_AWAY: 'no endpoint of etcd can be reached; each is named with its reason; it is tried again until the deadline',
  ETCD_TIMEOUT: 'etcd did not answer before the deadline: it hangs, is overloaded, or the network loses packets',
  ETCD_LOST: 'the connection to etcd ended while this was under way; the next request takes another endpoint',
  ETCD_NO_LEADER: 'the members of etcd have no leader: more than half of them have to run and to reach each other',
  ETCD_BUSY: 'etcd has too many requests under way; try again later',
  ETCD_TLS: 'the TLS handshake failed: certificate, CA or server name do not fit the other side, which is named',
  NOT_ETCD: 'what answers is no etcd: a proxy or another program; what it said is given',
  ETCD_TOO_LARGE: 'an answer is larger than the limit (maxAnswerBytes), or etcd takes no request as large as this one',
  ETCD_AUTH: 'etcd does not know the user, or the password is another one',
  ETCD_PERMISSION: 'the roles of the user do not allow this key; the key is named',
  ETCD_NO_SPACE: "etcd's database is full: compact and defragment it, then disarm its alarm; reads still work",
  ETCD_COMPACTED: 'the revision was compacted; read anew',
  ETCD_NO_LEASE: 'etcd has no such lease: it ended, or was revoked',
  LEASE_LOST: 'the lease was not renewed in time, so that etcd has removed, or will remove, what hangs on it',
  ETCD_REFUSED: "etcd refused the request; etcd's words are given",
  ETCD_CLOSED: 'the client was closed by this program',
  ABORTED: 'the caller gave up (AbortSignal)',
  BAD_OPTION: 'an option is not valid; it is named',
} as const;

export type EtcdErrorCode = keyof typeof ETCD_ERRORS;

export interface EtcdErrorFields {
  /** The endpoint that it happened with: `https://192.0.2.1:2379`. */
  readonly endpoint?: string;
  /** Name of the request in etcd's API: `KV/Put`. */
  readonly request?: string;
  /** The key, or the prefix with `*` behind it. */
  readonly key?: string;
  readonly outcome?: Outcome;
  /** Milliseconds that this was waited for. */
  readonly afterMs?: number;
  /** The time since when etcd has been away. */
  readonly since?: Date;
  /** The status of gRPC that etcd answered with. */
  readonly status?: number;
  /** The revision below which there is no history any more. */
  readonly compactRevision?: number;
}

/** A request to etcd that failed. `code` is stable, `message` is for people, in one line. */
export class EtcdError extends Error implements EtcdErrorFields {
  declare readonly endpoint?: string;
  declare readonly request?: string;
  declare readonly key?: string;
  declare readonly outcome?: Outcome;
  declare readonly afterMs?: number;
  declare readonly since?: Date;
  declare readonly status?: number;
  declare readonly compactRevision?: number;

  constructor(
    readonly code: EtcdErrorCode,
    message: string,
    readonly fields: EtcdErrorFields = {},
    cause?: unknown,
  ) {
    super(printableLine(message), cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    Object.assign(this, fields);
    Object.defineProperty(this, 'fields', { enumerable: false });
  }
}

/** etcd, or the way to it, is not well: the same request may succeed later, or with another endpoint. */
export class EtcdUnavailableError extends EtcdError {}

/** etcd refused the request, and will refuse it again until something is changed. */
export class EtcdRefusedError extends EtcdError {}

const UNAVAILABLE: ReadonlySet<EtcdErrorCode> = new Set([
  ...(['ETCD_AWAY', 'ETCD_TIMEOUT', 'ETCD_LOST', 'ETCD_NO_LEADER', 'ETCD_BUSY', 'ETCD_TLS', 'NOT_ETCD'] as const),
]);
const REFUSED: ReadonlySet<EtcdErrorCode> = new Set([
  ...(['ETCD_AUTH', 'ETCD_PERMISSION', 'ETCD_NO_SPACE', 'ETCD_COMPACTED', 'ETCD_NO_LEASE', 'ETCD_REFUSED'] as const),
]);

/** An error of the class that its code belongs to. */
export function etcdError(code: EtcdErrorCode, message: string, fields?: EtcdErrorFields, cause?: unknown): EtcdError {
  const kind = UNAVAILABLE.has(code) ? EtcdUnavailableError : REFUSED.has(code) ? EtcdRefusedError : EtcdError;
  return new kind(code, message, fields, cause);
}

/** `it may have been carried out`: said behind the reason of a write that failed. */
export const EFFECT: Readonly<Record<Outcome, string>> = {
  unknown: 'etcd may have carried it out',
  'not-sent': 'etcd has not carried it out',
};
