/** Finds the request that makes a VPP send an event, among those that this VPP has. */

import type { Fields } from '../codec/codec.js';
import { eventRequest, unknownEvent } from './event-requests.js';
import type { Session } from './session.js';

/** Returns the request that makes VPP send `event`, undefined when VPP sends it unasked. Throws what is wrong with either. */
export function requestFor({ catalogue }: Session, event: string, want: Fields) {
  if (!catalogue.schema.find(event)) {
    const why = catalogue.whyNot(event);
    throw why.code === 'UNKNOWN_MESSAGE' ? unknownEvent(event, catalogue.schema, catalogue.table) : why;
  }
  let problem: unknown;
  const isUsable = (name: string) => {
    if (!catalogue.table.has(name)) return false;
    try {
      catalogue.plan(name);
      return true;
    } catch (error) {
      problem ??= error; // another one may do
      return false;
    }
  };
  const found = eventRequest(catalogue.schema, event, Object.keys(want), isUsable);
  catalogue.usable(event);
  if (!found && problem) throw problem;
  return found && { form: found.form, plan: catalogue.plan(found.name) };
}
