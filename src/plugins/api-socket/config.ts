/** api-socket.conf: the sockets for VPP's clients, and what comes with each. */

import { z } from 'zod';
import { API_SOCKET_LIMITS } from '../../mux/index.js';
import { duration } from '../../sdk/index.js';
import { socketPathProblem } from '../../socket-path.js';

const socketPath = z
  .string()
  .min(1)
  .superRefine((path, { addIssue }) => {
    const problem = socketPathProblem(path);
    if (problem !== undefined) addIssue({ code: 'custom', message: problem });
  });

const account = z.union([z.string().min(1), z.int().min(0)], { error: 'must be a name or a number' });

/** A string, since YAML reads 0660 as another number than the one that chmod takes. */
const mode = z.string({ error: 'must be in quotes: mode: "0660"' }).regex(/^0?[0-7]{3}$/, 'must be as "0660"');

const LIMITS = {
  clients: z.int().min(1).max(100_000).describe('Clients at a time; a further one is closed'),
  'in-flight': z.int().min(1).max(1_000_000).describe('Requests of one client at VPP; further ones wait'),
  'queued-bytes': z
    .int()
    .min(65_536)
    .describe('Bytes that may wait for a client that does not read; with more it is closed'),
  'frame-bytes': z
    .int()
    .min(1024)
    .max(1_073_741_824)
    .describe('Largest message of a client; one that announces a larger one is closed'),
  'messages-per-second': z
    .int()
    .min(0)
    .describe('Messages a second of one client; further ones are answered with -167 (busy); 0: any number'),
};

const limits = z.object({
  clients: LIMITS.clients.default(API_SOCKET_LIMITS.clients),
  'in-flight': LIMITS['in-flight'].default(API_SOCKET_LIMITS.inFlight),
  'queued-bytes': LIMITS['queued-bytes'].default(API_SOCKET_LIMITS.queuedBytes),
  'frame-bytes': LIMITS['frame-bytes'].default(API_SOCKET_LIMITS.frameBytes),
  'messages-per-second': LIMITS['messages-per-second'].default(API_SOCKET_LIMITS.messagesPerSecond),
});

const namedLimits = z.object({
  name: z.string().min(1).describe('Name that a client gives itself, or a pattern with * and ?'),
  ...(z.object(LIMITS).partial().shape as { [K in keyof typeof LIMITS]: z.ZodOptional<(typeof LIMITS)[K]> }),
});

const oneOrMore = z.union(
  [
    z
      .string()
      .min(1)
      .transform((one) => [one]),
    z.array(z.string().min(1)).min(1),
  ],
  {
    error: 'must be a string, or a list of strings',
  },
);

const rule = z
  .object({
    clients: oneOrMore.optional().describe('Names that clients give themselves, or patterns with * and ?'),
    messages: oneOrMore.optional().describe('Names or patterns; reads, writes'),
    action: z.enum(['allow', 'refuse']).describe('Whether they may be sent'),
    text: z.string().min(1).optional().describe('Reason, for the log'),
  })
  .superRefine(({ action, text }, { addIssue }) => {
    if (action === 'allow' && text !== undefined) {
      addIssue({ code: 'custom', path: ['text'], message: 'is for refusals only' });
    }
  });

/** A rule of one socket, as it is written. */
export type RuleConfig = z.output<typeof rule>;

const socket = z
  .object({
    path: socketPath.optional().describe('Where to listen; a socket left behind is replaced'),
    systemd: z
      .string()
      .min(1)
      .optional()
      .describe('Socket handed over by systemd, by its FileDescriptorName; instead of path'),
    owner: account.optional().describe('Owner of the socket file, a name or a number; default: who runs the agent'),
    group: account.optional().describe('Group of the socket file'),
    mode: mode.default('0770').describe('Permissions of the socket file, in quotes'),
    role: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes')
      .default('api-socket')
      .describe('Name of the socket for policies, lists and the log'),
    access: z.enum(['read', 'write']).default('write').describe('read: only messages that change nothing may be sent'),
    dedicated: z
      .boolean()
      .default(false)
      .describe('Whether each client has a link to VPP of its own, for what VPP keeps for each link'),
    hold: duration().default('2s').describe('Time that a client waits for VPP, at its handshake and after a lost link'),
    'on-link-loss': z
      .enum(['same-vpp', 'close', 'keep'])
      .default('same-vpp')
      .describe('Idle clients stay if the same VPP is behind a new link, or not at all, or with another VPP, too'),
    limits: limits.prefault({}).describe('Bounds of each client'),
    named: z
      .array(namedLimits)
      .default([])
      .describe('Other limits by the name of a client: the first that fits counts'),
    rules: z
      .array(rule)
      .default([])
      .describe('Messages that its clients may send: the first rule that fits decides, besides policy.yaml'),
  })
  .superRefine(({ path, systemd, owner, group }, { addIssue }) => {
    const problem = (key: string, message: string) => addIssue({ code: 'custom', path: [key], message });
    if ((path === undefined) === (systemd === undefined)) {
      problem('path', 'a socket has a path, or the name of one that systemd hands over ("systemd: NAME")');
    }
    if (systemd === undefined) return;
    const text = 'is for sockets that are made here; the .socket unit says it (SocketUser, SocketGroup)';
    if (owner !== undefined) problem('owner', text);
    if (group !== undefined) problem('group', text);
  });

/** One socket, as it is written. */
export type SocketConfig = z.output<typeof socket>;

export const apiSocketConfig = z.object({
  sockets: z
    .array(socket)
    .default([])
    .superRefine((sockets, { addIssue }) => {
      const seen = new Set<string>();
      for (const [i, each] of sockets.entries()) {
        for (const text of [keyOf(each), `the role ${each.role}`]) {
          if (seen.has(text)) addIssue({ code: 'custom', path: [i], message: `${text} is in the list twice` });
          seen.add(text);
        }
      }
    })
    .describe('Sockets that VPP’s clients can use in place of its own'),
  'drain-timeout': duration()
    .default('10s')
    .describe('How long the end of the agent waits for the clients to leave, and drain without a time of its own'),
  'pause-timeout': duration().default('30s').describe('How long a pause lasts at most'),
});

export type ApiSocketConfig = z.output<typeof apiSocketConfig>;

/** Key that tells one socket from another over a change of the configuration. */
export function keyOf({ path, systemd }: Pick<SocketConfig, 'path' | 'systemd'>): string {
  return path ?? `systemd:${systemd}`;
}
