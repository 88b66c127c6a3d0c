/** Statistics of a connection, put together on demand: nothing here is on the hot path. */

import type { OpenChannel } from '../channel/open-channel.js';
import type { Counters } from '../session/counters.js';
import { noService, SERVICE_BOUNDS_MS, type ServiceSum } from '../session/service-times.js';
import type { Session } from '../session/session.js';
import type { ChannelStats, ConnectionStats, MessageStats, ServiceTime } from '../types.js';

/** A message over all sessions. */
interface MessageSum extends ServiceSum {
  /** Requests sent; a cursor dump sends one for each page. */
  readonly sent: number;
  readonly settled: number;
  readonly failed: Readonly<Record<string, number>>;
}

const NOTHING: MessageSum = { ...noService(), sent: 0, settled: 0, failed: {} };

/** Requests and their ends, and the time VPP spent on them, per message name, over all sessions. */
export class MessageLedger {
  private past: ReadonlyMap<string, MessageSum> = new Map();
  /** The session that ended last: what was in flight on it fails after `keep`. */
  private ended: Session | undefined;
  /** Answered requests as they were told last: an error that is known before its request is over does not take one away. */
  private readonly told = new Map<string, number>();

  /** Adds the sums of a session that has ended. */
  keep(session: Session): void {
    this.past = withSession(this.past, this.ended);
    this.ended = session;
  }

  /** Slowest mean first. */
  slowest(session: Session | undefined): ServiceTime[] {
    return [...this.sums(session)]
      .filter(([, { sent }]) => sent > 0)
      .map(([name, { sent, totalMs, maxMs }]) => ({ name, count: sent, meanMs: totalMs / sent, maxMs, totalMs }))
      .sort((a, b) => b.meanMs - a.meanMs);
  }

  perMessage(session: Session | undefined): MessageStats[] {
    return [...this.sums(session)].map(([name, { settled, failed, counts, totalMs }]) => {
      const ended = Object.entries(failed).reduce((sum, [code, count]) => (code === NOT_SENT ? sum : sum + count), 0);
      const answered = Math.max(this.told.get(name) ?? 0, settled - ended);
      this.told.set(name, answered);
      return { name, answered, failed, service: { boundsMs: SERVICE_BOUNDS_MS, counts, totalMs } };
    });
  }

  private sums(session: Session | undefined): ReadonlyMap<string, MessageSum> {
    return withSession(withSession(this.past, this.ended), session);
  }
}

function withSession(past: ReadonlyMap<string, MessageSum>, session: Session | undefined) {
  if (session === undefined) return past;
  const all = new Map(past);
  const times = session.serviceTimes.sums();
  for (const { name, sent, settled, failed } of session.catalogue.used) {
    if (sent === 0 && failed === undefined) continue;
    const before = all.get(name) ?? NOTHING;
    const time = times.get(name) ?? NOTHING;
    all.set(name, {
      sent: before.sent + sent,
      settled: before.settled + settled,
      failed: added(before.failed, failed),
      totalMs: before.totalMs + time.totalMs,
      maxMs: Math.max(before.maxMs, time.maxMs),
      counts: before.counts.map((count, i) => count + time.counts[i]),
    });
  }
  return all;
}

const NOT_SENT = 'not-sent';

function added(before: Readonly<Record<string, number>>, more: ReadonlyMap<string, number> | undefined) {
  const sums = { ...before };
  for (const [code, count] of more ?? []) sums[code] = (sums[code] ?? 0) + count;
  return sums;
}

export interface StatsParts {
  readonly counters: Counters;
  readonly session: Session | undefined;
  /** The mux's own channel. */
  readonly own: OpenChannel;
  readonly channels: ReadonlySet<OpenChannel>;
  readonly ledger: MessageLedger;
}

export function statsOf({ counters, session, own, channels, ledger }: StatsParts): ConnectionStats {
  const oldest = session?.oldestByRequester();
  const now = performance.now();
  const age = (sentAt: number | undefined) => (sentAt === undefined ? 0 : Math.max(0, now - sentAt));
  const perChannel = [own, ...channels].map(
    ({ info, figures, window }): ChannelStats => ({ ...info, ...figures, oldestMs: age(oldest?.get(window)) }),
  );
  return {
    ...counters,
    bytesIn: counters.bytesIn + (session?.link.bytesIn ?? 0),
    bytesOut: counters.bytesOut + (session?.link.bytesOut ?? 0),
    inFlight: session?.inFlight ?? 0,
    waiting: perChannel.reduce((sum, { waiting }) => sum + waiting, 0),
    oldestMs: perChannel.reduce((most, { oldestMs }) => Math.max(most, oldestMs), 0),
    bufferedBytes: perChannel.reduce((sum, { bufferedBytes }) => sum + bufferedBytes, 0),
    channels: channels.size,
    perChannel,
    slowest: ledger.slowest(session),
    perMessage: ledger.perMessage(session),
  };
}
