/** Errors out of the statuses that etcd answers with. A status alone says little; etcd's text says which error it is. */

import { type EtcdError, type EtcdErrorCode, type EtcdErrorFields, etcdError } from '../errors.js';

/** Statuses of gRPC. */
export const STATUS = {
  ...{ ok: 0, canceled: 1, deadlineExceeded: 4, permissionDenied: 7, resourceExhausted: 8, unavailable: 14 },
  ...{ unauthenticated: 16 },
} as const;

/** etcd's texts → our code. The first that is part of the text counts. */
const TEXTS: readonly (readonly [text: string, code: EtcdErrorCode])[] = [
  ['no leader', 'ETCD_NO_LEADER'],
  ['leader changed', 'ETCD_NO_LEADER'],
  ['not leader', 'ETCD_NO_LEADER'],
  ['unhealthy cluster', 'ETCD_NO_LEADER'],
  ['request timed out', 'ETCD_TIMEOUT'],
  ['deadline exceeded', 'ETCD_TIMEOUT'],
  ['too many requests', 'ETCD_BUSY'],
  ['database space exceeded', 'ETCD_NO_SPACE'],
  ['required revision has been compacted', 'ETCD_COMPACTED'],
  ['requested lease not found', 'ETCD_NO_LEASE'],
  ['permission denied', 'ETCD_PERMISSION'],
  ['request is too large', 'ETCD_TOO_LARGE'],
  ['authentication failed', 'ETCD_AUTH'],
  ['user name is empty', 'ETCD_AUTH'],
  ['user name not found', 'ETCD_AUTH'],
];

/** Texts of refusals that come before etcd does anything, though the status alone would leave that open. */
const NOT_DONE = ['no leader', 'too many requests', 'not capable', 'rpc not supported'];

/** True where the token is to be renewed: it has run out, another one is in use, or users and roles have changed. */
export function asksForToken(status: number, text: string): boolean {
  return status === STATUS.unauthenticated || text.includes('invalid auth token') || text.includes('auth store is old');
}

export interface Failed {
  readonly status: number;
  readonly text: string;
  readonly fields: EtcdErrorFields;
}

/** Makes the error of an answer whose status is not 0. */
export function statusError({ status, text, fields }: Failed): EtcdError {
  const code = codeOf(status, text);
  const isOpen = status === STATUS.unavailable || status === STATUS.canceled || status === STATUS.deadlineExceeded;
  const outcome = isOpen && !NOT_DONE.some((words) => text.includes(words)) ? 'unknown' : 'not-sent';
  const what = [fields.request ?? 'a request', fields.key === undefined ? '' : ` of ${fields.key}`].join('');
  const where = fields.endpoint === undefined ? '' : ` (${fields.endpoint})`;
  return etcdError(code, `etcd refused ${what}: ${text || `status ${status}`}${where}${HINTS[code] ?? ''}`, {
    ...fields,
    ...{ status, outcome },
  });
}

const HINTS: Partial<Record<EtcdErrorCode, string>> = {
  ETCD_NO_LEADER: '; more than half of its members have to run and to reach each other',
  ETCD_NO_SPACE: '; compact and defragment it, then disarm its alarm (etcdctl alarm disarm)',
  ETCD_PERMISSION: '; the roles of the user, or of the name in the certificate, do not allow it',
  ETCD_AUTH: '; check user and password',
  ETCD_COMPACTED: '; its history is gone, read anew',
};

function codeOf(status: number, text: string): EtcdErrorCode {
  const known = TEXTS.find(([words]) => text.includes(words));
  if (known !== undefined) return known[1];
  if (status === STATUS.permissionDenied) return 'ETCD_PERMISSION';
  if (status === STATUS.unauthenticated) return 'ETCD_AUTH';
  if (status === STATUS.deadlineExceeded) return 'ETCD_TIMEOUT';
  if (status === STATUS.resourceExhausted) return 'ETCD_TOO_LARGE';
  return status === STATUS.unavailable || status === STATUS.canceled ? 'ETCD_LOST' : 'ETCD_REFUSED';
}
