/** govpp.conf: its keys, their defaults, and what of the connection each one sets. */

import { z } from 'zod';
import type { ConnectOptions } from '../../mux/index.js';
import { duration } from '../../sdk/index.js';
import { socketPathProblem } from '../../socket-path.js';

const positiveDuration = (byDefault: string) =>
  duration()
    .default(byDefault)
    .refine((ms) => ms > 0, 'must be more than 0');

/** The path of a Unix socket, or nothing: the defaults of the connection. */
const socketPath = z.string().superRefine((path, { addIssue }) => {
  const problem = path === '' ? undefined : socketPathProblem(path);
  if (problem !== undefined) addIssue({ code: 'custom', message: problem });
});

/** Two VPPs in place of the one at `binapi-socket-path`. */
const dataplanes = z
  .object({
    primary: socketPath.min(1).optional().describe('Socket of the VPP that serves when it can'),
    backup: socketPath.min(1).optional().describe('Socket of the VPP that serves while the primary does not respond'),
    'fail-back': z
      .enum(['auto', 'manual'])
      .default('auto')
      .describe('auto: the primary serves again once it is healthy; manual: when told to'),
    'fail-back-after': positiveDuration('30s').describe('How long the primary must have been healthy on end'),
  })
  .superRefine(({ primary, backup }, { addIssue }) => {
    const one = primary === undefined ? 'backup' : 'primary';
    const text = `both primary and backup must be named; for one VPP leave ${one} out and take binapi-socket-path`;
    if ((primary === undefined) !== (backup === undefined)) addIssue({ code: 'custom', path: [one], message: text });
    else if (primary !== undefined && primary === backup) {
      addIssue({ code: 'custom', path: ['backup'], message: 'must be another VPP than the primary' });
    }
  });

const VPPS_USUAL = '/run/vpp/api.sock';

const keys = z.object({
  'binapi-socket-path': socketPath
    .default('')
    .describe("VPP's API socket; empty: VPP_API_SOCKET, else the usual place"),
  'stats-socket-path': socketPath
    .default('')
    .describe("VPP's stats socket, for vppmux doctor; empty: stats.sock in the directory of the API socket"),
  dataplanes: dataplanes.prefault({}).describe('Two VPPs in place of the one at binapi-socket-path'),
  'client-name': z
    .string()
    .min(1)
    .refine((name) => Buffer.byteLength(name) <= 63, 'must not be longer than 63 bytes')
    .default('vppmux')
    .describe("The name of this client in VPP's show api clients"),
  'api-dir': z
    .string()
    .default('')
    .describe("Directory of VPP's .api.json files; empty: VPP_API_DIR, the usual place, else VPP itself"),
  'reply-timeout': positiveDuration('5s').describe('How long VPP may take to answer a request'),
  'health-check-probe': z
    .string()
    .min(1)
    .default('control_ping')
    .describe('The request that asks whether VPP is alive; none: do not ask'),
  'health-check-probe-interval': duration().default('1s').describe('Time between two probes; 0: do not ask'),
  'health-check-reply-timeout': positiveDuration('1s').describe(
    'How long a probe may go unanswered until it counts as missed',
  ),
  'health-check-threshold': z
    .number()
    .int()
    .min(0)
    .default(1)
    .describe('Missed probes in a row that VPP is still degraded with; one more, and it counts as not responding'),
  'retry-connect-count': z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Attempts to connect again until the agent gives up for good; 0: without end'),
  'retry-connect-timeout': positiveDuration('1s').describe(
    'The wait between two attempts; without a count the longest one',
  ),
  'retry-request-count': z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How often a request that could not be sent is tried again'),
  'retry-request-timeout': positiveDuration('500ms').describe('The wait between those tries'),
  'resync-after-reconnect': z
    .boolean()
    .default(true)
    .describe('Tell event subscribers that the connection was made anew'),
  exclusive: z
    .array(z.string().min(1))
    .default([])
    .describe("Further requests that hold VPP's API up: each is sent alone, and its silence is no hang"),
  unsafe: z.boolean().default(false).describe('Let plugins send messages that can kill VPP or break the connection'),
});

export const govppConfig = keys.superRefine(({ 'binapi-socket-path': one, dataplanes: { primary } }, { addIssue }) => {
  // VPP's usual path is no second opinion: ligato's sample files have it.
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

/** The first wait before connecting again without end; doubled up to `retry-connect-timeout`. */
const FIRST_RETRY_MS = 100;

/** The options of the connection that `config` asks for. */
export function connectOptions(config: GovppConfig): ConnectOptions {
  const probe = config['health-check-probe'];
  const longestRetry = config['retry-connect-timeout'];
  // As in govppmux: with a count, so many times at that pace.
  const firstRetry = config['retry-connect-count'] > 0 ? longestRetry : Math.min(FIRST_RETRY_MS, longestRetry);
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
