/** The error of a failed operation, as its caller gets it: a code of the table, and a message for people. */

import { closestOrAll } from '../../nearest.js';
import { isA, propertyOf, textAt } from '../../thrown.js';
import { FAULT_CODES, type FaultCode, OPERATION_CODES, type OperationCode } from './codes.js';

const marker = Symbol.for('vppmux/fault');

/** Place of a fault, as far as it is known. */
export interface FaultFields {
  /** Path of the input value that it is about: `routes[3].prefix`. */
  readonly path?: string;
  /** The operation that failed; set by the agent. */
  readonly operation?: string;
  /** Number of the call, which the log of the agent has as well; set by the agent. */
  readonly call?: number;
}

/** A failed call. `message` and fields are for the caller; `cause` stays in the agent. */
export class Fault extends Error implements FaultFields {
  readonly [marker] = true;
  readonly code: OperationCode;
  declare readonly path?: string;
  declare readonly operation?: string;
  declare readonly call?: number;

  constructor(code: OperationCode, message: string, fields: FaultFields = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'Fault';
    this.code = code;
    Object.assign(this, fields);
  }

  /** Status of an HTTP answer with it. */
  get status(): number {
    return OPERATION_CODES[this.code].status;
  }

  /** Exit code of a command that fails with it. */
  get exitCode(): number {
    return OPERATION_CODES[this.code].exit;
  }
}

/**
 * `throw fault('ENOENT', 'there is no interface loop7')`: fails an operation with a code and a text of its own
 * choice. Any other error that an operation throws reaches the caller as FAILED, and its text is in the log only.
 */
export function fault(
  code: FaultCode,
  text: string,
  options: { readonly path?: string; readonly cause?: unknown } = {},
): Fault {
  if (!Object.hasOwn(FAULT_CODES, code)) {
    throw new TypeError(
      `fault("${code}", …): no such code${closestOrAll(String(code), Object.keys(FAULT_CODES)).text}`,
    );
  }
  return new Fault(code, text, options.path === undefined ? {} : { path: options.path }, options.cause);
}

/** `throw notSupported()`: lets the next plugin that has the operation serve it, in the order of the plugins. */
export function notSupported(text = 'it is not supported here'): Fault {
  return new Fault('NOT_SUPPORTED', text);
}

/** Whether a value is a fault, of this or another copy of the package. */
export function isFault(value: unknown): value is Fault {
  return isA(value, Fault) || propertyOf(value, marker) === true;
}

/**
 * A safe copy of a thrown fault; undefined where it is none, or has an unknown code. It may come from another copy of the
 * package, or from a plugin that made one by hand.
 */
export function faultIn(thrown: unknown): Fault | undefined {
  if (!isFault(thrown)) return undefined;
  const code = textAt(thrown, 'code');
  if (code === undefined || !Object.hasOwn(OPERATION_CODES, code)) return undefined;
  const [path, operation, call] = [textAt(thrown, 'path'), textAt(thrown, 'operation'), propertyOf(thrown, 'call')];
  const fields = {
    ...(path !== undefined && { path }),
    ...(operation !== undefined && { operation }),
    ...(typeof call === 'number' && { call }),
  };
  return new Fault(code as OperationCode, textAt(thrown, 'message') ?? '', fields, propertyOf(thrown, 'cause'));
}
