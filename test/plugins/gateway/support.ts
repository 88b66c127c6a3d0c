/** An agent with the gateway, and a plugin whose operations a test has in its hand. */

import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { fault } from '../../../src/agent/operations/fault.js';
import { implement } from '../../../src/agent/operations/implement.js';
import { operation } from '../../../src/agent/operations/operation.js';
import type { PluginHooks } from '../../../src/agent/plugin/plugin.js';
import { gatewayPlugin } from '../../../src/plugins/gateway/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { deferred, recordingLog, taker } from '../../agent/support.js';

export const setState = operation({
  name: 'test.set-state',
  access: 'write',
  summary: 'Set an interface up or down',
  description: 'As an example of what writes.',
  input: z.object({
    interface: z.union([z.string(), z.int()]).describe('Name or index'),
    state: z.enum(['up', 'down']).default('up').describe('What it is to be'),
    key: z.string().optional().meta({ secret: true }).describe('A password'),
  }),
  output: z.object({ interface: z.union([z.string(), z.number()]), state: z.string() }),
  arguments: ['interface', 'state'],
});

export const list = operation({
  name: 'test.list',
  access: 'read',
  summary: 'List what it was asked',
  input: z.object({
    prefix: z.string().optional().describe('Only what begins so'),
    max: z.int().min(1).optional(),
    swIfIndex: z.number().optional(),
    verbose: z.boolean().default(false),
    tags: z.array(z.string()).optional(),
    ports: z.array(z.int()).optional(),
    range: z.object({ from: z.int(), to: z.int() }).optional(),
  }),
  output: z.looseObject({}),
});

/** Not the last word of a schema: references to itself. */
const tree = z.object({
  name: z.string(),
  get children() {
    return z.array(tree).optional();
  },
});

export const grow = operation({
  name: 'test.deep.grow',
  access: 'read',
  summary: 'Give back a tree',
  input: z.object({ tree }),
  output: z.object({ tree }),
});

export const add = operation({
  name: 'test.add',
  access: 'write',
  summary: 'Add lines',
  input: z.object({
    lines: z
      .array(z.union([z.string(), z.object({ name: z.string() })]))
      .min(1)
      .meta({ lines: true })
      .describe('What to add'),
    table: z.int().default(0),
  }),
  output: z.object({ added: z.int(), failed: z.int().optional().meta({ failures: true }) }),
});

export const wait = operation({
  name: 'test.wait',
  access: 'read',
  summary: 'Wait until the test lets it go',
  input: z.object({}),
  output: z.object({ waited: z.boolean() }),
});

export const fail = operation({
  name: 'test.fail',
  access: 'read',
  summary: 'Fail',
  input: z.object({ how: z.enum(['ENOENT', 'bug', 'bigint', 'late']) }),
  output: z.unknown(),
});

export interface GatewayOptions {
  readonly http?: Record<string, unknown>;
  readonly gateway?: Record<string, unknown>;
  readonly hooks?: Pick<PluginHooks, 'open' | 'closeHandle'>;
  readonly level?: string;
}

export async function gateway({
  http: httpSettings,
  gateway: settings = {},
  hooks = {},
  level = 'info',
}: GatewayOptions = {}) {
  const recorded = recordingLog(level);
  const gate = deferred();
  /** Inputs of what writes, in order. */
  const written: unknown[] = [];
  let waiting = 0;
  const user = taker({ http: Http }, 'user', () => ({
    ...hooks,
    operations: [
      implement(setState, (_, input) => {
        written.push(input);
        return input;
      }),
      implement(list, (_, input) => input),
      implement(grow, (_, input) => input),
      implement(add, async (ctx, { lines }) => {
        written.push(lines);
        ctx.progress(1, lines.length);
        if (lines.includes('wait')) await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
        const failed = lines.filter((line) => line === 'bad').length;
        return { added: lines.length - failed, ...(failed > 0 && { failed }) };
      }),
      implement(wait, async (ctx) => {
        waiting += 1;
        ctx.progress(1, 2);
        const aborted = new Promise((resolve) => ctx.signal.addEventListener('abort', resolve, { once: true }));
        await Promise.race([gate.promise, aborted]);
        waiting -= 1;
        return { waited: true };
      }),
      implement(fail, (ctx, { how }) => {
        if (how === 'late') ctx.progress(1);
        if (how === 'bug') throw new TypeError('secret inner text');
        if (how === 'bigint') return 1n;
        throw fault('ENOENT', 'there is no loop7', { path: 'how' });
      }),
    ],
  }));
  const agent = await createAgent({
    plugins: [httpPlugin, gatewayPlugin, user.plugin],
    log: recorded.log,
    env: {},
    settings: { http: { endpoint: '127.0.0.1:0', 'rate-limit': 0, ...httpSettings }, gateway: settings },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const { http } = user.taken();
  return {
    ...recorded,
    agent,
    written,
    release: () => gate.resolve(),
    waiting: () => waiting,
    http,
    server: http.server,
    url: http.url!,
  };
}

/** A POST of JSON, for `inject`. */
export const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  ({
    method: 'POST',
    url,
    payload: JSON.stringify(payload),
    headers: { 'content-type': 'application/json', ...headers },
  }) as const;
