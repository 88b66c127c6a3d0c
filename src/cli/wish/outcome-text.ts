/** Words for what came of a wish, for people. */

import type { WishCalls } from '../../plugins/protocol.js';
import { clockTime } from '../output/clock-time.js';
import { hanging } from '../output/hanging.js';
import { byReason, heldUp } from './by-reason.js';

export type Outcome = WishCalls['wish.apply']['output'];
type Problem = Outcome['problems'][number];
type Unconfirmed = NonNullable<Outcome['unconfirmed']>;

const MARKS: Readonly<Record<Problem['state'], string>> = { failed: '✗', uncertain: '?', pending: '!', drifted: '~' };
const ORDER = ['failed', 'uncertain', 'drifted', 'pending'] as const;

/** A line for each object that is not as it was wished; one for all that are held up by the same thing. */
export function outcomeLines({ problems }: Pick<Outcome, 'problems'>, width: number): string[] {
  const sorted = [...problems].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  const groups = byReason(sorted, problemText);
  return hanging(
    groups.map(([text, group]) => heldUp(MARKS[group[0].state], text, group)),
    width,
  );
}

function problemText({ state, reason, attempts, retryAt }: Problem): string {
  const tries = attempts === undefined || attempts < 2 ? '' : `, ${attempts} times`;
  const again = retryAt === undefined ? '' : `; again at ${timeText(retryAt)}`;
  return `${state}${tries}: ${reason}${again}`;
}

/** Notes for the end of the command: how far the wish is, and what it waits for. */
export function outcomeNotes(outcome: Outcome): string[] {
  const { revision, state, changed, unconfirmed } = outcome;
  const changes = changed === 1 ? '1 change' : `${changed} changes`;
  const first = {
    applied: `wish ${revision} is carried out: ${changed === 0 ? 'nothing had to be changed' : changes}`,
    incomplete: `wish ${revision} is not whole: ${changes} made, ${countsText(outcome.counts)}; the agent tries again what can succeed`,
    waiting: `wish ${revision} is saved, and is carried out when VPP is there`,
  }[state];
  return [first, ...(unconfirmed === undefined ? [] : [unconfirmedText(unconfirmed)])];
}

export function unconfirmedText({ revision, seconds, until, back }: Unconfirmed): string {
  const when = until === undefined ? `within ${seconds} s of being carried out` : `by ${timeText(until)}`;
  const otherwise = back === undefined ? 'it is taken back' : `wish ${back} takes its place again`;
  return `wish ${revision} has to be confirmed ${when} (vppmux confirm), or ${otherwise}`;
}

/** Local time of day to the second. */
export const timeText = (iso: string): string => clockTime(new Date(iso)).slice(0, 'hh:mm:ss'.length);

/** `120 as wished, 1 failed` */
export function countsText({ applied, ...others }: Outcome['counts']): string {
  const rest = Object.entries(others).filter(([, count]) => count > 0);
  return [`${applied} as wished`, ...rest.map(([state, count]) => `${count} ${state}`)].join(', ');
}
