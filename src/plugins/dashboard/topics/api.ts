/** The topic `api`: the mux's statistics and the clients of API sockets, from memory. */

import type { ApiClient, ChannelStats, ConnectionStats } from '../../../mux/index.js';
import { perSecond } from '../counters/per-second.js';
import { type Read, SharedRead } from '../counters/shared-read.js';
import type { ApiTopic, ApiTotals, ChannelRow, ClientRow } from '../protocol/index.js';
import type { Sources } from '../sources.js';
import type { TopicSource } from '../topic.js';

/** Messages of the list of the slowest. */
const MOST_MESSAGES = 40;

interface Counted {
  readonly stats: ConnectionStats;
  readonly channels: ReadonlyMap<number, ChannelStats>;
  readonly clients: ReadonlyMap<number, ApiClient>;
}

export function apiTopic({ mux, clients }: Pick<Sources, 'mux' | 'clients'>): TopicSource<ApiTopic> {
  return () => {
    const reads = new SharedRead(async (): Promise<Counted> => {
      const stats = mux.stats();
      const present = clients();
      return {
        stats,
        channels: new Map(stats.perChannel.map((channel) => [channel.id, channel])),
        clients: new Map(present.map((client) => [client.id, client])),
      };
    });
    return {
      async read() {
        const read = await reads.get(0);
        const { stats, channels, clients } = read.now;
        const own = [...channels].filter(([id]) => !clients.has(id));
        return {
          totals: totalsOf(read),
          channels: Object.fromEntries(own.map(([id, channel]) => [id, channelRow(channel, read)])),
          clients: Object.fromEntries([...clients].map(([id, client]) => [id, clientRow(client, read)])),
          slowest: Object.fromEntries(
            stats.slowest
              .slice(0, MOST_MESSAGES)
              .map(({ name, count, meanMs, maxMs, totalMs }) => [
                name,
                { count, meanMs: short(meanMs), maxMs: short(maxMs), totalMs: short(totalMs) },
              ]),
          ),
        };
      },
    };
  };
}

function totalsOf({ now: { stats }, before, seconds }: Read<Counted>): ApiTotals {
  const rate = (key: 'requests' | 'replies' | 'details' | 'events' | 'bytesIn' | 'bytesOut') =>
    perSecond(stats[key], before?.stats[key], seconds);
  const { inFlight, waiting, oldestMs, lateReplies, gaps } = stats;
  return {
    requestsPerSecond: rate('requests'),
    repliesPerSecond: perSecond(
      stats.replies + stats.details,
      before && before.stats.replies + before.stats.details,
      seconds,
    ),
    eventsPerSecond: rate('events'),
    bytesInPerSecond: rate('bytesIn'),
    bytesOutPerSecond: rate('bytesOut'),
    ...{ inFlight, waiting, lateReplies, gaps, oldestMs: short(oldestMs) },
  };
}

function channelRow(channel: ChannelStats, { before, seconds }: Read<Counted>): ChannelRow {
  const { id, name, owner, access, requests, inFlight, waiting, oldestMs, gaps } = channel;
  return {
    name: name ?? (id === 0 ? 'the agent itself' : `channel ${id}`),
    owner,
    ...{ access, requests, inFlight, waiting, gaps, oldestMs: short(oldestMs) },
    requestsPerSecond: perSecond(requests, before?.channels.get(id)?.requests, seconds),
  };
}

function clientRow(client: ApiClient, { before, seconds }: Read<Counted>): ClientRow {
  const {
    name,
    role,
    access,
    state,
    inFlight,
    waiting,
    oldestMs,
    messagesIn,
    messagesOut,
    refused,
    unreadBytes,
    peer,
  } = client;
  const old = before?.clients.get(client.id);
  const process = [peer?.command, peer?.pid].filter((part) => part !== undefined).join(' ');
  return {
    ...{ name, role, access, state, inFlight, waiting, messagesIn, messagesOut, refused, unreadBytes },
    since: Date.parse(client.since),
    oldestMs: short(oldestMs),
    inPerSecond: perSecond(messagesIn, old?.messagesIn, seconds),
    outPerSecond: perSecond(messagesOut, old?.messagesOut, seconds),
    ...(process !== '' && { process }),
  };
}

/** Milliseconds, to the microsecond. */
export const short = (ms: number): number => Math.round(ms * 1000) / 1000;
