/**
 * Closes a connection to VPP gracefully (WIRE 3.13, 3.14): finishes what is in flight, undoes event registrations
 * (some VPPs crash over one whose client is gone), sends sockclnt_delete, whose answer 1 means success,
 * and awaits VPP's EOF. One time limit holds for all of it.
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
/** Time reserved for undoing registrations and the goodbye, milliseconds. */
const GOODBYE = 300;

export async function closeGracefully(
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

/** Resolves when the channels have nothing outstanding, the session has ended, or the time is over. */
export function drained(session: Session, channels: ReadonlySet<Outstanding>, ms: number): Promise<void> {
  return until(() => !session.isAlive || [...channels].every(({ outstanding }) => outstanding === 0), ms);
}

/**
 * Resolves when every request that is in flight now has a deadline within `ms`. Nothing is held back meanwhile. It ends, since
 * each of them has a deadline.
 */
export function soonDrained(session: Session, ms: number): Promise<void> {
  const { granted } = session;
  const isSoonOver = ({ settled, sentAt, timeoutMs }: Exchange) =>
    settled || sentAt + timeoutMs - performance.now() <= ms;
  return until(() => !session.isAlive || granted.every(isSoonOver), Number.POSITIVE_INFINITY);
}

/** Session or standby to say goodbye on. Its link is of no other use from then on. */
type Leaving = Pick<Session, 'link' | 'clientIndex' | 'catalogue'>;

/** Sends sockclnt_delete and awaits VPP's EOF for `ms`. */
export function sayGoodbye(leaving: Leaving, ms: number, log: NonNullable<ConnectOptions['log']>): Promise<void> {
  return within(goodbye(leaving, log), ms);
}

/** Resolves when VPP has closed the link, after its answer or without one. */
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
