/**
 * Answers for requests that were at VPP, or on their way to it, when the link ended: each gets a reply with VPP's own retval for
 * "not connected", in the order in which they were asked. A list is whole or an error: for a dump there is none.
 */

import { RefusedError } from '../errors.js';
import { isLater } from '../session/pending.js';
import { refusalBody } from './answers.js';
import type { RelayedRequest } from './relayed-request.js';
import type { SessionTables } from './session-tables.js';

/** VPP: NOT_CONNECTED, UNSUPPORTED. */
const RETVAL_NOT_CONNECTED = -78;
const RETVAL_UNSUPPORTED = -126;

/** A request that gets no answer of VPP, and why. */
export interface Lost {
  readonly request: RelayedRequest;
  readonly error: Error;
}

export interface LostAnswers {
  readonly answers: readonly Buffer[];
  /** Name of the first request that no reply can tell the truth about; answers before it come first. */
  readonly unanswerable: string | undefined;
}

export function lostAnswers(lost: readonly Lost[], tables: SessionTables): LostAnswers {
  const answers: Buffer[] = [];
  for (const { request, error } of inOrder(lost)) {
    const { plan, clientContext } = request;
    const reply = plan.kind === 'unary' ? tables.session.catalogue.entries[plan.replyId]?.message : undefined;
    if (!reply?.hasRetval) return { answers, unanswerable: `${plan.name} (${error.message})` };
    const retval = error instanceof RefusedError ? RETVAL_UNSUPPORTED : RETVAL_NOT_CONNECTED;
    answers.push(refusalBody(reply, tables.ids.toClient[plan.replyId], clientContext, retval));
  }
  return { answers, unanswerable: undefined };
}

/** Sorts them: the ones at VPP by their contexts, then the ones that waited, as they are. */
function inOrder(lost: readonly Lost[]): readonly Lost[] {
  const atVpp = lost.filter(({ request }) => request.wasSent);
  atVpp.sort((a, b) => (isLater(a.request.context, b.request.context) ? 1 : -1));
  return [...atVpp, ...lost.filter(({ request }) => !request.wasSent)];
}
