/** Looks up in the table what harms with one message. */

import type { Fields } from '../codec/codec.js';
import type { Hazard } from './hazard.js';
import { STATES } from './states.js';
import { HAZARDS } from './table.js';

const byName = new Map<string, Hazard[]>();
for (const hazard of HAZARDS) byName.set(hazard.message, [...(byName.get(hazard.message) ?? []), hazard]);

const NONE: readonly Hazard[] = [];
const MEMCLNT = 'memclnt_';

/** All hazards of the message `name`. */
export function hazardsOf(name: string): readonly Hazard[] {
  return byName.get(name.startsWith(MEMCLNT) ? `${MEMCLNT}*` : name) ?? NONE;
}

/** The reason why `name` is never sent; undefined when it may be, at least with some values. */
export function forbidden(name: string): string | undefined {
  const always = hazardsOf(name).find((hazard) => !hazard.when && !hazard.lookup && !hazard.state);
  return always && harmText(always);
}

/** The end of VPP; undefined for hazards that harm the caller, or the connection. The reason says so: a test holds that. */
export function endOfVpp({ reason }: Hazard): 'dies' | 'hangs' | undefined {
  return /\b(?:dies|hangs)\b/.exec(reason)?.[0] as 'dies' | 'hangs' | undefined;
}

/** Whether it is sent all the same: it depends on what cannot be known beforehand. */
export function isOnlyTold({ state, lookup }: Hazard): boolean {
  return state !== undefined && lookup === undefined;
}

/** Hazards that depend on the values of a request; undefined where there is none. */
export function conditional(name: string): readonly Hazard[] | undefined {
  const found = hazardsOf(name).filter(({ when, lookup }) => when || lookup);
  return found.length > 0 ? found : undefined;
}

/** Whether a request with these fields, as its caller gave them, has to be looked at closely. */
export function isSuspect(hazards: readonly Hazard[], given: Fields): boolean {
  // Hot path, held by the benchmark `routes added`: a loop makes no function for each request, and one look serves all hazards of paths.
  let done: unknown;
  for (const { when } of hazards) {
    if (when?.mayHold === undefined) return true;
    if (when.mayHold === done) continue;
    if (when.mayHold(given)) return true;
    done = when.mayHold;
  }
  return false;
}

/** `VPP follows a pointer out of the message; use cli_inband` */
export function harmText({ reason, instead }: Hazard): string {
  return `VPP ${reason}${instead === undefined ? '' : `; use ${instead}`}`;
}

/** When it harms, in words; undefined: always. */
export function whenOf({ when, lookup, state }: Hazard): string | undefined {
  const conditions = [when?.text, lookup?.text, state && STATES[state]].filter((text) => text !== undefined);
  return conditions.length > 0 ? conditions.join(' and ') : undefined;
}
