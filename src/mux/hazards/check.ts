/**
 * The check of one request before it is sent: refused with values that harm VPP, and where it depends on what VPP has,
 * VPP is asked first.
 *
 *   request ──▶ suspect? ──no──▶ sent
 *                  └─yes─▶ its fields as on the wire ──▶ refused (FORBIDDEN_MESSAGE)
 *                                  └─ lookups due ──▶ asked on the mux's own channel ──▶ sent, or refused
 */

import { reasonOf } from '../../thrown.js';
import type { Fields } from '../codec/codec.js';
import { ConnectionError, type ErrorCode, TimeoutError, VppmuxError } from '../errors.js';
import { conditional, harmText } from './find.js';
import type { Hazard } from './hazard.js';

/** Details of a dump, or the one reply of a request; of no channel that is guarded. */
export type AskVpp = (message: string, fields: Fields) => Promise<readonly Fields[]>;

export class HazardCheck {
  /** Fields of our own making, and on which session VPP has been asked about them: another VPP says nothing of this one. */
  private readonly passed = new WeakMap<Fields, object>();

  constructor(private readonly ask: AskVpp) {}

  /** Whether VPP may have to be asked before `name` is sent. */
  asksFirst(name: string): boolean {
    return conditional(name)?.some(({ lookup }) => lookup) ?? false;
  }

  hasPassed(fields: Fields, session: object): boolean {
    return this.passed.get(fields) === session;
  }

  /** The hazards for which VPP has to be asked. Throws FORBIDDEN_MESSAGE where the values alone harm. */
  due(name: string, hazards: readonly Hazard[], fields: Fields): readonly Hazard[] {
    const met = hazards.filter(({ when }) => when?.holds(fields) ?? true);
    const harmful = met.find(({ lookup }) => !lookup);
    if (harmful) throw harms(name, `${harmful.when?.text}: ${harmText(harmful)}`);
    return met;
  }

  /**
   * Asks VPP, whose `session` is the present one. Rejects with FORBIDDEN_MESSAGE where it is in a state that harms, and where
   * that cannot be found out; with NOT_CONNECTED or REPLY_TIMEOUT where VPP has gone meanwhile, or does not answer.
   */
  async lookUp(name: string, due: readonly Hazard[], fields: Fields, session: object): Promise<void> {
    for (const hazard of due) {
      const { lookup } = hazard;
      if (!lookup) continue;
      let isHarmless: boolean;
      try {
        isHarmless = lookup.isHarmless(fields, await this.ask(lookup.message, lookup.ask(fields)));
      } catch (cause) {
        if (isAway(cause))
          throw unasked(name, `whether ${lookup.text} could not be found out: ${reasonOf(cause)}`, cause);
        throw harms(
          name,
          `VPP ${hazard.reason}; whether ${lookup.text} could not be found out: ${reasonOf(cause)}`,
          cause,
        );
      }
      if (!isHarmless) throw harms(name, `${harmText(hazard)}; here ${lookup.text}`);
    }
    this.passed.set(fields, session);
  }
}

function harms(name: string, text: string, cause?: unknown): VppmuxError {
  const lift = 'option unsafe lifts this';
  return new VppmuxError(
    'FORBIDDEN_MESSAGE',
    `${name} was not sent: ${text} (${lift})`,
    { messageName: name, outcome: 'not-sent' },
    cause,
  );
}

function isAway(cause: unknown): cause is ConnectionError | TimeoutError {
  return cause instanceof ConnectionError || cause instanceof TimeoutError;
}

/** VPP could not be asked: nothing is wrong with the request, which may be sent again. */
function unasked(name: string, text: string, cause: ConnectionError | TimeoutError): VppmuxError {
  const Kind = cause instanceof TimeoutError ? TimeoutError : ConnectionError;
  const code: ErrorCode = cause.code === 'CONNECTION_LOST' ? 'NOT_CONNECTED' : cause.code;
  return new Kind(code, `${name} was not sent: ${text}`, { messageName: name, outcome: 'not-sent' }, cause);
}
