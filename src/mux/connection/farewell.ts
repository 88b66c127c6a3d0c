/**
 * Leaving VPP in good order (WIRE 3.13, 3.14): what is in flight is finished, registrations are undone
 * (some VPPs crash over one whose client is gone), then sockclnt_delete, whose answer 1 means success,
 * and VPP's EOF is awaited. All within one time limit.
 */

import type { OpenChannel } from '../channel/open-channel.js';
import type { Fields } from '../codec/codec.js';
import { builtin } from '../session/builtin.js';
import type { Exchange } from '../session/exchange.js';
import type { Session } from '../session/session.js';
import type { Subscriptions } from '../session/subscriptions.js';
import type { ConnectOptions } from '../types.js';

export type Outstanding = Pick<OpenChannel, 'outstanding'>;

const LOOK_EVERY = 5;
/** Kept back for undoing registrations and the goodbye. */
const GOODBYE = 300;

export async function farewell(
  session: Session,
  subscriptions: Subscriptions,
  channels: ReadonlySet<Outstanding>,
  { timeoutMs, cause, log }: { timeoutMs: number; cause: Error; log: NonNullable<ConnectOptions['log']> },
): Promise<void> {
  const end = performance.now() + timeoutMs;
  const left = () => Math.max(0, end - performance.now());
  await drained(session, channels, Math.max(0, left() - GOODBYE));
  if (!session.isAlive) return;
  await within(subscriptions.close(cause), left());
  if (!session.isAlive) return;
  await sayGoodbye(session, left(), log);
}

/** Resolves when nothing of the channels is under way, the session has ended, or the time is over. */
export function drained(session: Session, channels: ReadonlySet<Outstanding>, ms: number): Promise<void> {
  return until(() => !session.isAlive || [...channels].every(({ outstanding }) => outstanding === 0), ms);
}

/**
 * Resolves when none of the requests in flight now may take longer than another `ms`. Nothing is held back meanwhile,
 * and each of them has its deadline, so this ends.
 */
export function soonDrained(session: Session, ms: number): Promise<void> {
  const { granted } = session;
  const isSoonOver = ({ settled, sentAt, timeoutMs }: Exchange) =>
    settled || sentAt + timeoutMs - performance.now() <= ms;
  return until(() => !session.isAlive || granted.every(isSoonOver), Number.POSITIVE_INFINITY);
}

/** What is said goodbye on. Its link is of no other use from then on. */
type Leaving = Pick<Session, 'link' | 'clientIndex' | 'catalogue'>;

/** sockclnt_delete, and VPP's EOF awaited for `ms`. */
export function sayGoodbye(leaving: Leaving, ms: number, log: NonNullable<ConnectOptions['log']>): Promise<void> {
  return within(goodbye(leaving, log), ms);
}

/** Resolves when VPP has answered and closed, or the link ended otherwise. */
function goodbye({ link, clientIndex, catalogue }: Leaving, log: NonNullable<ConnectOptions['log']>): Promise<void> {
  return new Promise((resolve) => {
    const id = catalogue.table.get('sockclnt_delete')?.id;
    if (id === undefined) return resolve();
    link.onMessage = (bytes, start, end) => {
      const entry = catalogue.entries[end - start >= 2 ? bytes.readUInt16BE(start) : -1];
      if (entry?.name !== 'sockclnt_delete_reply' || end - start < 10) return;
      const response = bytes.readInt32BE(start + 6);
      log(response === 1 ? 'debug' : 'warn', `said goodbye to VPP, which answered ${response} (1 is success)`);
    };
    link.onClose = () => resolve();
    const fields: Fields = { index: clientIndex };
    link.send(builtin.message('sockclnt_delete').write, fields, id, clientIndex, 0);
  });
}

export function within(work: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    work.then(done, done);
  });
}

function until(condition: () => boolean, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = performance.now() + ms;
    const look = () => {
      if (condition() || performance.now() >= end) resolve();
      else setTimeout(look, LOOK_EVERY);
    };
    look();
  });
}
