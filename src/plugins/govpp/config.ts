/** govpp.conf: its keys, their defaults, and what of the connection each one sets. */

import { z } from 'zod';
import { duration } from '../../agent/config/duration.js';
import { type ConfigPlaces, configFileOf } from '../../agent/config/locate.js';
import { readConfig } from '../../agent/config/read.js';
import type { ConnectOptions } from '../../mux/index.js';

const positiveDuration = (byDefault: string) =>
  duration()
    .default(byDefault)
    .refine((ms) => ms > 0, 'must be more than 0');

export const govppConfig = z.object({
  'binapi-socket-path': z.string().min(1).default('/run/vpp/api.sock'),
  'client-name': z
    .string()
    .min(1)
    .refine((name) => Buffer.byteLength(name) <= 63, 'must not be longer than 63 bytes')
    .default('vppmux'),
  'api-dir': z.string().default(''),
  'reply-timeout': positiveDuration('5s'),
  'health-check-probe': z.string().min(1).default('control_ping'),
  'health-check-probe-interval': duration().default('1s'),
  'health-check-reply-timeout': positiveDuration('1s'),
  'health-check-threshold': z.number().int().min(1).default(2),
  'retry-connect-count': z.number().int().min(0).default(0),
  'retry-connect-timeout': positiveDuration('1s'),
  'retry-request-count': z.number().int().min(0).default(0),
  'retry-request-timeout': positiveDuration('500ms'),
  'resync-after-reconnect': z.boolean().default(true),
});

export type GovppConfig = z.output<typeof govppConfig>;

/** Keys of ligato's govpp.conf without a meaning here. */
export const OBSOLETE = {
  'connect-via-shm': 'VPP is reached over its Unix socket only, shared memory is gone from it; the line can go',
  'shm-prefix': 'VPP is reached over its Unix socket only, shared memory is gone from it; the line can go',
  'trace-enabled': 'messages are shown by the plugin trace: "enabled" in trace.conf; the line can go',
  'stats-socket-path': 'the stats segment is not read yet',
  'proxy-enabled': 'there is no remote proxy, on purpose: it gave full control without authentication; the line can go',
} as const;

/** The first wait before connecting again; doubled up to `retry-connect-timeout`. */
const FIRST_RETRY_MS = 100;

/** The options of the connection that `config` asks for. */
export function connectOptions(config: GovppConfig): ConnectOptions {
  const probe = config['health-check-probe'];
  const longestRetry = config['retry-connect-timeout'];
  return {
    socket: config['binapi-socket-path'],
    name: config['client-name'],
    apiDir: config['api-dir'] === '' ? undefined : config['api-dir'],
    replyTimeoutMs: config['reply-timeout'],
    health: {
      probe: probe === 'none' ? false : probe,
      intervalMs: config['health-check-probe-interval'],
      timeoutMs: config['health-check-reply-timeout'],
      threshold: config['health-check-threshold'],
    },
    reconnect: {
      delayMs: Math.min(FIRST_RETRY_MS, longestRetry),
      maxDelayMs: longestRetry,
      maxAttempts: config['retry-connect-count'],
    },
    retryRequest: { count: config['retry-request-count'], delayMs: config['retry-request-timeout'] },
    resync: config['resync-after-reconnect'],
  };
}

/**
 * The socket that an agent with these configuration files would connect to: for who has to know before it starts.
 * Throws as the agent's start would.
 */
export function configuredSocket(places: ConfigPlaces): string {
  const options = { obsolete: OBSOLETE, plugin: 'govpp' };
  return readConfig(configFileOf('govpp', places), govppConfig, options).value['binapi-socket-path'];
}
