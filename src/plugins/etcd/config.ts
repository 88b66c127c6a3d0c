/** etcd.conf. */

import { FleetKeys, NAME } from '../../fleet/index.js';
import { duration, z } from '../../sdk/index.js';
import { secretSource } from './secret.js';

const NAME_FORM = 'must be letters, digits, . _ and -, beginning with a letter or digit, at most 63';

const prefix = z.string().superRefine((text, context) => {
  try {
    new FleetKeys(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as RangeError).message });
  }
});

export const etcdConfig = z
  .object({
    endpoints: z
      .array(z.string().min(1))
      .max(50)
      .default([])
      .describe('The members of etcd: https://HOST:2379. Empty, and no dir: the plugin is off'),
    dir: z
      .string()
      .default('')
      .describe('A folder that holds the fleet in place of etcd, for agents of one machine that try it'),
    prefix: prefix.default('/vppmux').describe('What all keys of the fleet begin with'),
    label: z
      .union([z.literal(''), z.string().regex(NAME, NAME_FORM)])
      .default('')
      .describe("The agent's name in the fleet, which no other one may have. Empty: the name of the host"),
    labels: z
      .record(z.string().regex(NAME, NAME_FORM), z.string().max(63))
      .default({})
      .describe('Labels by which groups select the agent: { role: edge }'),
    user: z.string().default('').describe("A user of etcd; empty: none, or the one that the certificate's name says"),
    password: secretSource.describe('Its password: file:PATH, credential:NAME (systemd), env:NAME, or itself'),
    'tls-ca': z.string().default('').describe("PEM file of the CA of etcd's certificate, or credential:NAME"),
    'tls-cert': z.string().default('').describe("PEM file of the agent's own certificate, or credential:NAME"),
    'tls-key': z.string().default('').describe('PEM file of its key, or credential:NAME'),
    'tls-server-name': z
      .string()
      .default('')
      .describe("The name that etcd's certificate must have. Empty: the host of the endpoint"),
    ttl: duration()
      .default('15s')
      .refine((ms) => ms >= 2000 && ms <= 600_000, 'must be between 2s and 10m')
      .describe('How long an agent that does not answer counts as there'),
    jitter: duration()
      .default('1s')
      .describe('The time over which agents that start together spread their first requests'),
    drive: z.boolean().default(false).describe('Whether the agent also drives roll-outs, when no other driver does'),
  })
  .refine(({ endpoints, dir }) => endpoints.length === 0 || dir === '', {
    message: 'endpoints and dir exclude each other',
    path: ['dir'],
  });

export type EtcdConfig = z.output<typeof etcdConfig>;

export const isOff = ({ endpoints, dir }: EtcdConfig): boolean => endpoints.length === 0 && dir === '';
