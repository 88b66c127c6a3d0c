/** remote.conf: the shares of callers from elsewhere. */

import { z } from 'zod';
import { duration } from '../../sdk/index.js';
import type { CallerLimits } from './caller.js';
import type { FeedBounds } from './events/event-feeds.js';
import type { SocketLimits } from './socket/session-services.js';

export const remoteConfig = z.object({
  'calls-per-second': z
    .int()
    .min(0)
    .default(20_000)
    .describe(
      'Messages and operations that one caller may ask for, and frames it may send, in a second; 0: any number',
    ),
  'bytes-per-second': z
    .int()
    .min(0)
    .default(268_435_456)
    .describe('Bytes that one caller may send and get in a second, before it is held back; 0: any number'),
  'max-dumps': z.int().min(1).default(64).describe('Dumps that one caller may have under way at a time'),
  'max-buffer': z
    .int()
    .min(65_536)
    .default(67_108_864)
    .describe('Bytes of a dump that wait for its reader, and bytes of one in a single array'),
  'max-streams': z.int().min(1).default(4096).describe('Streams of events of one caller at a time'),
  'max-counters': z.int().min(1).default(16).describe('Streams of counters of one caller at a time'),
  'kept-events': z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1024)
    .describe('Events of a stream that are kept, for readers that are slow or were cut off'),
  'kept-bytes': z.int().min(1024).default(1_048_576).describe('Bytes that they may take, for each stream'),
  'resume-time': duration().default('1m').describe('How long a stream over SSE goes on for a reader that was cut off'),
  heartbeat: duration().default('15s').describe('How often a stream over SSE shows that it is there'),
  'max-sockets': z.int().min(1).default(2048).describe('WebSockets of one caller at a time'),
  'buffer-bytes': z
    .int()
    .min(1)
    .default(536_870_912)
    .describe(
      'Bytes of replies that may wait for one caller, over all of its dumps; beyond that a dump fails of which more than an equal part waits',
    ),

  'frame-bytes': z
    .int()
    .min(1024)
    .max(67_108_864)
    .default(1_048_576)
    .describe('Bytes of the longest message that a WebSocket may send; takes effect for new ones'),
  'max-channels': z.int().min(1).default(256).describe('Channels of one WebSocket'),
  'max-ids': z
    .int()
    .min(1)
    .default(4096)
    .describe('Requests, calls, dumps and subscriptions of one WebSocket under way at a time'),
  'max-credit': z.int().min(1).default(65_536).describe('Rows or items that a stream may be allowed in advance'),
  'reply-timeout': duration()
    .default('5s')
    .refine((ms) => ms > 0, 'must be more than 0')
    .describe('Deadline of a request of a WebSocket that names none'),
  'resume-window': duration()
    .default('30s')
    .describe('How long the subscriptions of a WebSocket that was lost can be taken over; 0: not at all'),
  'max-lost': z
    .int()
    .min(0)
    .default(1024)
    .describe('Lost WebSockets of all callers whose subscriptions are kept; of one at most max-sockets'),
  'unread-timeout': duration()
    .default('60s')
    .refine((ms) => ms >= 1000, 'must be 1s or more')
    .describe('A WebSocket that takes nothing of what is sent, or answers no ping, for that long is closed'),
});

export type RemoteConfig = z.output<typeof remoteConfig>;

export const limitsOf = (config: RemoteConfig): CallerLimits => ({
  callsPerSecond: config['calls-per-second'],
  bytesPerSecond: config['bytes-per-second'],
  dumps: config['max-dumps'],
  streams: config['max-streams'],
  counters: config['max-counters'],
  buffer: config['max-buffer'],
  sockets: config['max-sockets'],
  bufferBytes: config['buffer-bytes'],
});

export const feedBoundsOf = (config: RemoteConfig): FeedBounds => ({
  ring: { items: config['kept-events'], bytes: config['kept-bytes'] },
  resumeMs: config['resume-time'],
});

export const socketLimitsOf = (config: RemoteConfig): SocketLimits => ({
  frameBytes: config['frame-bytes'],
  channels: config['max-channels'],
  streams: config['max-ids'],
  credit: config['max-credit'],
  replyBytes: config['max-buffer'],
  replyTimeoutMs: config['reply-timeout'],
  resumeMs: config['resume-window'],
  lostSessions: { most: config['max-lost'], mostOfOne: config['max-sockets'] },
  unreadMs: config['unread-timeout'],
});
