/** Handlers for requests about one interface, and what VPP takes the index ~0 for. */
import type { Fields } from '../../src/mux/internal.js';
import type { Interface } from '../dataplane/interfaces/interface.js';
import { NO_INTERFACE } from '../dataplane/routing/paths.js';
import type { KindHandler } from '../kind.js';
import { Retval } from '../retvals.js';
import type { Answer } from './answers.js';
import type { Call } from './call.js';

/** A handler that refuses an unknown `sw_if_index`, and gets the interface of a known one. */
export function onInterface<State>(
  act: (itf: Interface, fields: Fields, call: Call, state: State) => Answer,
): KindHandler<State> {
  return (fields, call, state) => {
    const itf = call.dataplane.interfaces.get(Number(fields.sw_if_index));
    return itf === undefined ? Retval.INVALID_SW_IF_INDEX : act(itf, fields, call, state);
  };
}

/** The reply to a request that makes an interface: it, or a refusal. */
export function createdReply(made: Interface | number): Fields {
  return typeof made === 'number' ? { retval: made, sw_if_index: NO_INTERFACE } : { sw_if_index: made.swIfIndex };
}
