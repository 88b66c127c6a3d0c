/** An agent whose operations wish.* answer what a test says, and keep what they were asked. */

import { onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { type Implementation, implement } from '../../../src/agent/operations/implement.js';
import type { WishCalls } from '../../../src/plugins/desired-state/calls.js';
import * as declared from '../../../src/plugins/desired-state/declarations.js';
import { gatewayPlugin } from '../../../src/plugins/gateway/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { fault } from '../../../src/sdk/index.js';
import { recordingLog, taker } from '../../agent/support.js';
import { type CliOptions, cli, startCli } from '../run-cli.js';

const TOKEN = 'write-token-of-the-test';

type Answers = {
  readonly [Name in keyof WishCalls]?: (input: WishCalls[Name]['input']) => WishCalls[Name]['output'];
};

export const NOTHING = { applied: 0, failed: 0, uncertain: 0, pending: 0, drifted: 0 };
export const VALID = { valid: true, errors: [], warnings: [] };

/** A plan that creates `loop0`, and deletes so many loopbacks. */
export function plan(deletions = 0): WishCalls['wish.plan']['output'] {
  const deleted = Array.from({ length: deletions }, (_, at) => ({
    ...{ action: 'delete' as const, key: `loopback/loop${at + 1}`, reason: 'is not in the wish', before: {} },
    messages: [{ name: 'delete_loopback', fields: { sw_if_index: at + 2 }, stopsWorkers: true }],
  }));
  const created = { action: 'create' as const, key: 'loopback/loop0', reason: 'is not there', after: {}, messages: [] };
  const counts = { create: 1, change: 0, delete: deletions, pending: 0 };
  return { changes: [...deleted, created], counts, pending: [] };
}

export const NO_CHANGE = { changes: [], counts: { create: 0, change: 0, delete: 0, pending: 0 }, pending: [] };

export function outcome(more: Partial<WishCalls['wish.apply']['output']> = {}): WishCalls['wish.apply']['output'] {
  return { revision: 7, state: 'applied', changed: 3, counts: { ...NOTHING, applied: 3 }, problems: [], ...more };
}

export async function wishAgent(answers: Answers = {}) {
  /** Names and inputs, in order. */
  const calls: { readonly name: string; readonly input: unknown }[] = [];
  const operations = Object.values(declared).map(
    (each) =>
      implement(each as typeof declared.wishPlan, (_, input) => {
        calls.push({ name: each.name, input });
        const answer = answers[each.name as 'wish.plan'];
        if (answer === undefined) throw fault('ENOENT', `no answer for ${each.name}`);
        return answer(input);
      }) as Implementation,
  );
  const user = taker({ http: Http }, 'user', () => ({ operations }));
  const agent = await createAgent({
    plugins: [httpPlugin, gatewayPlugin, user.plugin],
    log: recordingLog('info').log,
    env: {},
    settings: { http: { endpoint: '127.0.0.1:0', 'write-token': TOKEN } },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const { url = '' } = user.taken().http;
  const options = (more: CliOptions): CliOptions => ({ ...more, env: { VPPMUX_TOKEN: TOKEN, ...more.env } });
  const words = (given: readonly string[]) => [...given, '--agent', url];
  return {
    calls,
    url,
    run: (given: readonly string[], more: CliOptions = {}) => cli(words(given), options(more)),
    start: (given: readonly string[], more: CliOptions = {}) => startCli(words(given), options(more)),
  };
}
