/** Converts an error of VPP's objects to the fault that the caller of an operation gets. */

import type { FaultCode } from '../agent/operations/codes.js';
import { Fault } from '../agent/operations/fault.js';
import { isA } from '../thrown.js';
import { ObjectError, type ObjectErrorCode, StepError } from '../vpp/index.js';
import { faultOfMuxError } from './fault-of-mux-error.js';

const CODES: Readonly<Record<ObjectErrorCode, FaultCode>> = {
  NOT_FOUND: 'ENOENT',
  EXISTS: 'EEXIST',
  IN_USE: 'EBUSY',
  NOT_SUPPORTED: 'ENOTSUP',
  INVALID: 'EINVAL',
  INCOMPLETE: 'EIO',
};

/** The fault for an error of VPP's objects or of the mux; undefined for every other one. `hintOf` is put behind a message. */
export function faultOfVppError(error: unknown, hintOf: (error: ObjectError) => string = () => ''): Fault | undefined {
  if (!isA(error, ObjectError)) return faultOfMuxError(error);
  const fields = error.path === undefined ? {} : { path: error.path };
  if (!isA(error, StepError)) return new Fault(CODES[error.code], `${error.message}${hintOf(error)}`, fields);
  const known = faultOfVppError(error.cause, hintOf);
  return known && new Fault(known.code, error.describe(known.message), fields, error.cause);
}
