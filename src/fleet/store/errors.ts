/** Errors of a fleet's store in a folder, and what is asked about an error of any store. */

import { EtcdError, EtcdUnavailableError } from '../../etcd/index.js';
import { printableLine } from '../../printable.js';
import { isA } from '../../thrown.js';

/** code → what it means and what to do. */
export const STORE_ERRORS = {
  STORE_AWAY: 'the folder is not there, or its disk fails; it is tried again',
  STORE_PERMISSION: 'the system does not let this user read or write the folder: look at its owner and mode',
  STORE_DAMAGED:
    'the log has a line that no store writes: the disk or another program damaged it; file and line are named',
  STORE_FULL: 'the disk, or the space that a store in a folder may take, is full',
  STORE_REFUSED: 'the transaction is not valid: a key twice, too large, or a key that is no text',
  STORE_NO_LEASE: 'there is no such lease: it ended',
  LEASE_LOST: 'the lease was not renewed in time, so that its keys are gone',
  STORE_CLOSED: 'the store was closed by this program',
  ABORTED: 'the caller gave up (AbortSignal)',
} as const;

export type StoreErrorCode = keyof typeof STORE_ERRORS;

/** A request to a store in a folder that failed. `code` is stable, `message` is for people, in one line. */
export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(printableLine(message), cause === undefined ? undefined : { cause });
    this.name = 'StoreError';
  }
}

/** Whether the store cannot be reached now, so that the same request may succeed later. */
export function isStoreAway(error: unknown): boolean {
  return isA(error, EtcdUnavailableError) || (isA(error, StoreError) && error.code === 'STORE_AWAY');
}

/** Whether the store refuses this user. */
export function isNotAllowed(error: unknown): boolean {
  if (isA(error, StoreError)) return error.code === 'STORE_PERMISSION';
  return isA(error, EtcdError) && (error.code === 'ETCD_PERMISSION' || error.code === 'ETCD_AUTH');
}

const CODES: Readonly<Record<string, StoreErrorCode>> = {
  EACCES: 'STORE_PERMISSION',
  EPERM: 'STORE_PERMISSION',
  EROFS: 'STORE_PERMISSION',
  ENOSPC: 'STORE_FULL',
  EDQUOT: 'STORE_FULL',
  EFBIG: 'STORE_FULL',
};

/** The system's error as one of the store. */
export function fileError(thrown: unknown, doing: string): StoreError {
  if (isA(thrown, StoreError)) return thrown;
  const { code = '', message } = thrown as NodeJS.ErrnoException;
  const ours = CODES[code] ?? 'STORE_AWAY';
  return new StoreError(ours, `${doing}: ${message}: ${STORE_ERRORS[ours]}`, thrown);
}
