/** Statistics of a connection, put together on demand: nothing here is on the hot path. */

import type { OpenChannel } from '../channel/open-channel.js';
import type { Counters } from '../session/counters.js';
import type { ServiceSum } from '../session/service-times.js';
import type { Session } from '../session/session.js';
import type { ChannelStats, ConnectionStats, ServiceTime } from '../types.js';

/** Time VPP spent per message name, over all sessions. */
export class ServiceLedger {
  private readonly past = new Map<string, ServiceSum & { readonly count: number }>();

  /** Adds the times of a session that has ended. */
  keep(session: Session): void {
    for (const [name, sum] of this.with(session)) this.past.set(name, sum);
  }

  /** Slowest mean first. */
  slowest(session: Session | undefined): ServiceTime[] {
    const times = [...(session ? this.with(session) : this.past)];
    return times
      .map(([name, { count, totalMs, maxMs }]) => ({ name, count, meanMs: totalMs / count, maxMs, totalMs }))
      .sort((a, b) => b.meanMs - a.meanMs);
  }

  private with({ catalogue, serviceTimes }: Session): Map<string, ServiceSum & { readonly count: number }> {
    const all = new Map(this.past);
    const sums = serviceTimes.sums();
    for (const { name, sent } of catalogue.used) {
      if (sent === 0) continue;
      const { count, totalMs, maxMs } = all.get(name) ?? { count: 0, totalMs: 0, maxMs: 0 };
      const sum = sums.get(name);
      all.set(name, {
        count: count + sent,
        totalMs: totalMs + (sum?.totalMs ?? 0),
        maxMs: Math.max(maxMs, sum?.maxMs ?? 0),
      });
    }
    return all;
  }
}

export interface StatsParts {
  readonly counters: Counters;
  readonly session: Session | undefined;
  /** The mux's own channel. */
  readonly own: OpenChannel;
  readonly channels: ReadonlySet<OpenChannel>;
  readonly ledger: ServiceLedger;
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
  };
}
