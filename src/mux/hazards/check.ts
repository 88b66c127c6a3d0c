/**
 * The check of one request before it is sent: refused with values that harm VPP, and where it depends on what VPP has,
 * VPP is asked first.
 *
 *   request ──▶ suspect? ──no──▶ sent
 *                  └─yes─▶ its fields as on the wire ──▶ refused (FORBIDDEN_MESSAGE)
 *                                  └─ lookups due ──▶ asked on the mux's own channel ──▶ sent, or refused
 */

import type { Fields } from '../codec/codec.js';
import { VppmuxError } from '../errors.js';
import { conditional, reasonOf } from './find.js';
import type { Hazard } from './hazard.js';

/** Details of a dump, or the one reply of a request; of no channel that is guarded. */
export type AskVpp = (message: string, fields: Fields) => Promise<readonly Fields[]>;

export class HazardCheck {
  /** Fields of our own making for which VPP has been asked. */
  private readonly passed = new WeakSet<Fields>();

  constructor(private readonly ask: AskVpp) {}

  /** Whether VPP may have to be asked before `name` is sent. */
  asksFirst(name: string): boolean {
    return conditional(name)?.some(({ lookup }) => lookup) ?? false;
  }

  hasPassed(fields: Fields): boolean {
    return this.passed.has(fields);
  }

  /** The hazards for which VPP has to be asked. Throws FORBIDDEN_MESSAGE where the values alone harm. */
  due(name: string, hazards: readonly Hazard[], fields: Fields): readonly Hazard[] {
    const met = hazards.filter(({ when }) => when?.holds(fields) ?? true);
    const harmful = met.find(({ lookup }) => !lookup);
    if (harmful) throw harms(name, `${harmful.when?.text}: ${reasonOf(harmful)}`);
    return met;
  }

  /** Asks VPP. Rejects with FORBIDDEN_MESSAGE where it is in a state that harms, and where that cannot be found out. */
  async lookUp(name: string, due: readonly Hazard[], fields: Fields): Promise<void> {
    for (const hazard of due) {
      const { lookup } = hazard;
      if (!lookup) continue;
      let isHarmless: boolean;
      try {
        isHarmless = lookup.isHarmless(fields, await this.ask(lookup.message, lookup.ask(fields)));
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw harms(name, `VPP ${hazard.reason}; whether ${lookup.text} could not be found out: ${why}`, cause);
      }
      if (!isHarmless) throw harms(name, `${reasonOf(hazard)}; here ${lookup.text}`);
    }
    this.passed.add(fields);
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
