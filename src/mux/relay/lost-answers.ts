/**
 * Answers for requests that were at VPP, or on their way to it, when the link ended: each gets a reply with VPP's own retval for
 * "not connected", in the order in which they were asked. A list is whole or an error: for a dump there is none.
 */

import { isLater } from '../session/pending.js';
import { refusalBody } from './answers.js';
import { RETVAL } from './refusals.js';
import type { RelayedRequest } from './relayed-request.js';
import type { SessionTables } from './session-tables.js';

/** A request that gets no answer of VPP. */
export interface Lost {
  readonly exchange: { readonly wasSent: boolean; readonly context: number };
  /** Makes the answer; gives the name of a request that no reply can tell the truth about. */
  readonly answer: () => Buffer | string;
}

export interface LostAnswers {
  readonly answers: readonly Buffer[];
  /** Name of the first request that no reply can tell the truth about; answers before it come first. */
  readonly unanswerable: string | undefined;
}

export function lostAnswers(lost: readonly Lost[]): LostAnswers {
  const answers: Buffer[] = [];
  for (const { answer } of inOrder(lost)) {
    const made = answer();
    if (typeof made === 'string') return { answers, unanswerable: made };
    answers.push(made);
  }
  return { answers, unanswerable: undefined };
}

/** The answer to a request of a client that was not answered because of `error`. */
export function answerTo(
  { plan, clientContext }: RelayedRequest,
  error: Error,
  tables: SessionTables,
): Buffer | string {
  const reply = plan.kind === 'unary' ? tables.replyOf(plan) : undefined;
  if (!reply?.hasRetval) return `${plan.name} (${error.message})`;
  return refusalBody(reply, tables.idOf(reply.name), clientContext, RETVAL.lost);
}

/** Sorts them: the ones at VPP by their contexts, then the ones that waited, as they are. */
function inOrder(lost: readonly Lost[]): readonly Lost[] {
  const atVpp = lost.filter(({ exchange }) => exchange.wasSent);
  // Several that share an exchange stay as they are.
  atVpp.sort(({ exchange: a }, { exchange: b }) => (a === b ? 0 : isLater(a.context, b.context) ? 1 : -1));
  return [...atVpp, ...lost.filter(({ exchange }) => !exchange.wasSent)];
}
