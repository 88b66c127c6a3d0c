// biome-ignore-all lint/plugin: an error shows its fields to every log

/** The errors that VPP's objects add to those of the mux: what VPP would not say, or would do in silence. */

import { VppmuxError } from '../mux/index.js';

/** code → what it means and what to do. `docs/errors.md` is checked against this table by a test. */
export const OBJECT_ERRORS = {
  NOT_FOUND: 'VPP has no object of this name or number; the nearest names are given',
  EXISTS: 'VPP has an object of this name or number already, or has it with other settings',
  IN_USE: 'something else has the object; VPP would take it away from there without a word',
  NOT_SUPPORTED: 'the running VPP cannot do it: it is of an older release, or lacks a plugin, which is named',
  INVALID: 'the value is none, or does not fit the object; nothing was sent',
  INCOMPLETE:
    'VPP refused one of several, or was lost meanwhile: `cause` is its error, and the message says what was done',
} as const;

export type ObjectErrorCode = keyof typeof OBJECT_ERRORS;

export interface ObjectErrorFields {
  /** Path of the argument's value that it is about: `interface`, `interfaces[2]`, `routes[1].paths[0].interface`. */
  readonly path?: string;
  /** Names close to the one that is not there, the closest first. */
  readonly nearest?: readonly string[];
}

/** A read or write of VPP's objects that cannot be done. `code` is stable, `message` is for people. */
export class ObjectError extends Error implements ObjectErrorFields {
  declare readonly path?: string;
  declare readonly nearest?: readonly string[];

  constructor(
    readonly code: ObjectErrorCode,
    /** Kind of the object: `interface`, `bridge domain`, `route source`, … */
    readonly object: string,
    message: string,
    fields: ObjectErrorFields = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    Object.assign(this, fields);
  }
}

export interface StepWords {
  /** Which step it was. */
  readonly step: string;
  /** The fate of the others. */
  readonly others?: string;
}

/** One of several steps failed. `cause` is its error; `code` is that of the cause where it is an ObjectError, else INCOMPLETE. */
export class StepError extends ObjectError {
  readonly #step: string;
  readonly #others: string | undefined;

  constructor(object: string, { step, others }: StepWords, cause: Error, path?: string) {
    const code = cause instanceof ObjectError ? cause.code : 'INCOMPLETE';
    super(code, object, describe(step, cause.message, others), path === undefined ? {} : { path }, cause);
    this.#step = step;
    this.#others = others;
  }

  /** The message with other words for what the cause says. */
  describe(reason: string): string {
    return describe(this.#step, reason, this.#others);
  }
}

/** Makes a StepError of an error of VPP, the connection or an object; any other stays as it is. */
export function stepFailure(object: string, words: StepWords, error: unknown, path?: string): unknown {
  const isKnown = error instanceof VppmuxError || error instanceof ObjectError;
  return isKnown ? new StepError(object, words, error, path) : error;
}

function describe(step: string, reason: string, others?: string): string {
  return `${step}: ${reason}${others === undefined ? '' : ` (${others})`}`;
}
