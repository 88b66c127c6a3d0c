/** policy.yaml: which plugin, and which client of an API socket, may send which messages. */

import { z } from 'zod';

const listOf = (text: z.ZodString) =>
  z.union([text.transform((one) => [one]), z.array(text).min(1)], { error: 'must be a string, or a list of strings' });

const rolePattern = z.string().regex(/^[a-z0-9*?-]+$/, 'must be the role of a socket, or a pattern with * and ?');
const pluginPattern = z
  .string()
  .regex(
    /^[a-z0-9*?-]+(?:\/[a-z0-9*?-]+)?$/,
    'must be the name of a plugin, one of its callers (remote/read-token), or a pattern with * and ?',
  );
const messagePattern = z
  .string()
  .regex(/^[a-z0-9_*?]+$/, 'must be the name of a message, a pattern with * and ?, or "reads" or "writes"');

const rule = z
  .object({
    plugins: listOf(pluginPattern)
      .optional()
      .describe('By name or pattern; PLUGIN/CALLER: for one of its callers only'),
    channels: listOf(z.string()).optional().describe('By the name that the plugin gave its channel'),
    roles: listOf(rolePattern).optional().describe("Clients of API sockets, by the socket's role"),
    clients: listOf(z.string()).optional().describe('Clients of API sockets, by the name that they give themselves'),
    messages: listOf(messagePattern).optional().describe('Names or patterns; reads, writes'),
    action: z
      .enum(['allow', 'refuse', 'rate'])
      .describe('rate: allow each plugin, or client, per-second messages a second'),
    text: z.string().min(1).optional().describe('Reason for the refused caller'),
    'per-second': z.number().positive().optional().describe('For rate: messages a second'),
    burst: z.number().int().min(1).optional().describe('For rate: messages that may go immediately after a quiet time'),
  })
  .superRefine((given, context) => {
    const problem = (key: keyof typeof given, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message });
    const isRate = given.action === 'rate';
    if (isRate && given['per-second'] === undefined) problem('action', 'rate needs "per-second: N" next to it');
    for (const key of ['per-second', 'burst'] as const) {
      if (!isRate && given[key] !== undefined) problem(key, 'is for "action: rate" only');
    }
    const isOfPlugins = given.plugins !== undefined || given.channels !== undefined;
    for (const key of ['roles', 'clients'] as const) {
      if (isOfPlugins && given[key] !== undefined) problem(key, 'is for clients; plugins and channels are for plugins');
    }
    if (given.action === 'allow' && given.text !== undefined) problem('text', 'is for refusals only');
  });

/** One rule, as it is written. */
export type RuleConfig = z.output<typeof rule>;

export const policyConfig = z.object({
  rules: z.array(rule).default([]).describe('In order: the first that fits decides'),
  default: z.enum(['allow', 'refuse']).default('allow').describe('Verdict on a message that no rule fits'),
});

export type PolicyConfig = z.output<typeof policyConfig>;
