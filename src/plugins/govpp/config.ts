/** govpp.conf: its keys, their defaults, and the options of the connection that they set. */

import { z } from 'zod';
import { CONNECT_OPTIONS, type ConnectOptions } from '../../mux/index.js';
import { MAIN } from '../../sdk/index.js';
import {
  dataplanes,
  type NamedDataplane,
  namesIn,
  sameVpp,
  socketPath,
  socketsOf,
  statsSocket,
} from './dataplane-keys.js';
import { booleanKey, durationKey, namesKey, numberKey, sentence } from './option-keys.js';

const { name, replyTimeoutMs, health, reconnect, retryRequest, resync, exclusive, unsafe } = CONNECT_OPTIONS;

const VPPS_USUAL = '/run/vpp/api.sock';

const keys = z.object({
  'binapi-socket-path': socketPath
    .default('')
    .describe("VPP's API socket; empty: VPP_API_SOCKET, else the usual place"),
  'stats-socket-path': statsSocket,
  dataplanes: dataplanes
    .prefault({})
    .describe('Two VPPs in place of the one at binapi-socket-path; and further VPPs, by name'),
  'client-name': z
    .string()
    .min(1)
    .refine((name) => Buffer.byteLength(name) <= 63, 'must not be longer than 63 bytes')
    .default(name.default)
    .describe(sentence(name)),
  'api-dir': z
    .string()
    .default('')
    .describe("Directory of VPP's .api.json files; empty: VPP_API_DIR, the usual place, else VPP itself"),
  'reply-timeout': durationKey(replyTimeoutMs),
  'health-check-probe': z
    .string()
    .min(1)
    .default(health.options.probe.default)
    .describe('The request that asks whether VPP is alive; none: do not ask'),
  'health-check-probe-interval': durationKey(health.options.intervalMs),
  'health-check-reply-timeout': durationKey(health.options.timeoutMs),
  'health-check-threshold': z
    .number()
    .int()
    .min(0)
    .default(health.options.threshold.default - 1)
    .describe('Missed probes in a row that VPP is still degraded with; one more, and it counts as not responding'),
  'retry-connect-count': numberKey(reconnect.options.maxAttempts),
  'retry-connect-timeout': durationKey({
    ...reconnect.options.maxDelayMs,
    default: 1000,
    text: 'The wait between two attempts; without a count the longest one',
  }),
  'retry-request-count': numberKey(retryRequest.options.count),
  'retry-request-timeout': durationKey(retryRequest.options.delayMs),
  'resync-after-reconnect': booleanKey(resync),
  exclusive: namesKey(exclusive),
  unsafe: booleanKey(unsafe),
});

export const govppConfig = keys.superRefine(({ 'binapi-socket-path': one, dataplanes }, { addIssue }) => {
  const { primary } = dataplanes;
  const [own] = socketsOf({ 'binapi-socket-path': primary === undefined ? one : undefined });
  for (const name of namesIn(dataplanes).filter((each) =>
    socketsOf(dataplanes[each] as NamedDataplane).includes(own),
  )) {
    addIssue({ code: 'custom', path: ['dataplanes', name], message: sameVpp(MAIN) });
  }
  // VPP's usual path does not count as a second VPP: ligato's sample files have it.
  if (primary === undefined || one === '' || one === VPPS_USUAL || one === primary) return;
  const text = 'names one VPP, and dataplanes names two; leave one of them out';
  addIssue({ code: 'custom', path: ['binapi-socket-path'], message: text });
});

export type GovppConfig = z.output<typeof govppConfig>;

/** Keys of ligato's govpp.conf without a meaning here. */
export const OBSOLETE = {
  'connect-via-shm': 'VPP is reached over its Unix socket only, shared memory is gone from it; the line can go',
  'shm-prefix': 'VPP is reached over its Unix socket only, shared memory is gone from it; the line can go',
  'trace-enabled': 'messages are shown by the plugin trace: "enabled" in trace.conf; the line can go',
  'proxy-enabled': 'there is no remote proxy, on purpose: it gave full control without authentication; the line can go',
} as const;

/** Names of the dataplanes besides `main`. */
export function dataplaneNames({ dataplanes }: Pick<GovppConfig, 'dataplanes'>): readonly string[] {
  return namesIn(dataplanes);
}

/** The dataplanes besides `main`, as a file would have them: for a program that names the VPP of `main` itself. */
export function otherDataplanes(config: GovppConfig): Record<string, unknown> {
  const entries = namesIn(config.dataplanes).map((name) => {
    const named = config.dataplanes[name] as NamedDataplane;
    return [name, { ...named, 'fail-back-after': `${named['fail-back-after']}ms` }];
  });
  return Object.fromEntries(entries);
}

/** The configuration of one dataplane: of its endpoint, and what all of them share. */
export type DataplaneConfig = Omit<GovppConfig, 'dataplanes'> & {
  readonly dataplanes: Pick<GovppConfig['dataplanes'], 'primary' | 'backup' | 'fail-back' | 'fail-back-after'>;
};

export function configOf(config: GovppConfig, name: string): DataplaneConfig {
  if (name === MAIN) return config;
  const named = config.dataplanes[name] as NamedDataplane;
  const { 'binapi-socket-path': socket = '', 'stats-socket-path': stats, ...pair } = named;
  return { ...config, 'binapi-socket-path': socket, 'stats-socket-path': stats, dataplanes: pair };
}

/** The options of the connection that `config` asks for. */
export function connectOptions(config: DataplaneConfig): ConnectOptions {
  const probe = config['health-check-probe'];
  const longestRetry = config['retry-connect-timeout'];
  // As in govppmux: with a count, that many attempts at that interval; else the wait is doubled up to it.
  const firstRetry =
    config['retry-connect-count'] > 0 ? longestRetry : Math.min(reconnect.options.delayMs.default, longestRetry);
  const { primary, backup, 'fail-back': failBack, 'fail-back-after': failBackAfterMs } = config.dataplanes;
  return {
    socket: primary ?? (config['binapi-socket-path'] || undefined),
    backup: backup === undefined ? undefined : { socket: backup, failBack, failBackAfterMs },
    name: config['client-name'],
    apiDir: config['api-dir'] === '' ? undefined : config['api-dir'],
    replyTimeoutMs: config['reply-timeout'],
    health: {
      probe: probe === 'none' ? false : probe,
      intervalMs: config['health-check-probe-interval'],
      timeoutMs: config['health-check-reply-timeout'],
      // As in govppmux, where more than the threshold must fail.
      threshold: config['health-check-threshold'] + 1,
    },
    reconnect: {
      delayMs: firstRetry,
      maxDelayMs: longestRetry,
      maxAttempts: config['retry-connect-count'],
    },
    retryRequest: { count: config['retry-request-count'], delayMs: config['retry-request-timeout'] },
    resync: config['resync-after-reconnect'],
    exclusive: config.exclusive,
    unsafe: config.unsafe,
  };
}
