/** Every callback of a plugin is optional: what happens in place of each, while all its others are called as ever. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { implement } from '../../../src/agent/operations/implement.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import type { PluginHooks } from '../../../src/agent/plugin/plugin.js';
import { Control } from '../../../src/agent/plugin/services.js';
import { named } from '../operations/support.js';
import { directoryWith, recordingLog } from '../support.js';

const echo = named('test.echo');
const schema = z.object({ size: z.number().default(1) });

/** All that a plugin can have, each noting what it is called with. */
function everyCallback(steps: string[]): Required<PluginHooks<z.output<typeof schema>>> {
  const note = (step: string) => void steps.push(step);
  return {
    init: () => note('init'),
    afterInit: () => note('afterInit'),
    drain: () => ({ done: Promise.resolve(note('drain')), timeoutMs: 1000 }),
    close: () => note('close'),
    configuration: ({ before, after }) => note(`configuration ${before.size} ${after.size}`),
    dataplane: ({ state }) => note(`dataplane ${state}`),
    saveState() {
      note('saveState');
      return 'kept';
    },
    redundancy: ({ role, state }) => note(`redundancy ${role} ${state}`),
    open({ name }) {
      note(`open ${name}`);
      return `${name}'s`;
    },
    closeHandle: (handle, { name }) => note(`closeHandle ${handle} ${name}`),
    operations: [
      implement(echo, (ctx, input) => {
        note(`operation ${ctx.handle}`);
        return input;
      }),
    ],
  };
}

/**
 * Takes a plugin with these callbacks through all that can happen; its steps, and what the log says of it at warn and
 * above.
 */
async function lifeOf(hooks: (steps: string[]) => PluginHooks<z.output<typeof schema>>) {
  const steps: string[] = [];
  let control: Control | undefined;
  const publisher = definePlugin({
    ...{ name: 'publisher', version: '1', agentApi: 1, requires: { control: Control } },
    create(services) {
      control = services.control;
      return {};
    },
  });
  let heard = 0;
  const last = definePlugin({
    ...{ name: 'last', version: '1', agentApi: 1, config: schema },
    create: () => ({ configuration: () => void heard++, redundancy: () => void heard++ }),
  });
  const probed = definePlugin({
    ...{ name: 'probed', version: '1', agentApi: 1, config: schema },
    create: () => hooks(steps),
  });
  const configDir = directoryWith({});
  const { log, lines } = recordingLog('info');
  const agent = await createAgent({ plugins: [publisher, probed, last], configDir, log, env: {} });
  onTestFinished(() => agent.close());
  await agent.start();
  control?.dataplane({ state: 'up', generation: 1 });
  control?.redundancy({ role: 'backup', generation: 1, socket: '/b', reason: 'x' });
  await vi.waitFor(() => expect(heard).toBe(1));
  for (const name of ['probed.conf', 'last.conf']) writeFileSync(join(configDir, name), 'size: 2');
  agent.reload();
  await vi.waitFor(() => expect(heard).toBe(2));
  const client = agent.operations.open({ name: 'ann', access: 'read' });
  for (let i = 0; i < 2; i++) await client.call('test.echo', {}).catch(({ code }) => steps.push(code));
  await client.close();
  await agent.close();
  const told = lines.filter(({ plugin, level }) => plugin === 'probed' && /warn|error/.test(level));
  return { steps, told: told.map(({ msg }) => msg) };
}

const ALL = [
  ...['init', 'afterInit', 'dataplane up', 'saveState', 'redundancy backup kept', 'configuration 1 2'],
  ...['open ann', "operation ann's", "operation ann's", "closeHandle ann's ann", 'drain', 'close'],
];

describe('a plugin', () => {
  it('with every callback: each is called, in this order', async () => {
    expect(await lifeOf(everyCallback)).toEqual({ steps: ALL, told: [] });
  });

  it('with none: lives, and nothing is said of it but that it does not follow its configuration', async () => {
    expect(await lifeOf(() => ({}))).toEqual({
      steps: ['UNKNOWN_OPERATION', 'UNKNOWN_OPERATION'],
      told: ['its configuration has changed (size), which takes effect when the agent is started again'],
    });
  });

  const without = (...gone: RegExp[]) => ALL.filter((step) => !gone.some((each) => each.test(step)));
  it.each<[keyof PluginHooks, string[], string[]]>([
    ['init', without(/^init/), []],
    ['afterInit', without(/^afterInit/), []],
    ['drain', without(/^drain/), []],
    ['close', without(/^close$/), []],
    ['dataplane', without(/^dataplane/), []],
    ['redundancy', without(/^redundancy/), []],
    ['saveState', without(/^saveState/).map((step) => step.replace('kept', 'undefined')), []],
    [
      'configuration',
      without(/^configuration/),
      ['its configuration has changed (size), which takes effect when the agent is started again'],
    ],
    ['open', without(/^open/).map((step) => step.replace("ann's", 'undefined')), []],
    ['closeHandle', without(/^closeHandle/), []],
    [
      'operations',
      without(/^open|^operation|^closeHandle/).toSpliced(-2, 0, ...Array(2).fill('UNKNOWN_OPERATION')),
      [],
    ],
  ])('without %s: all the others are called as ever', async (missing, steps, told) => {
    const hooks = (noted: string[]) => {
      const { [missing]: _, ...rest } = everyCallback(noted);
      return rest;
    };
    expect(await lifeOf(hooks)).toEqual({ steps, told });
  });

  it('of which nothing but the name is said: what the definition leaves out', () => {
    const bare = definePlugin({ name: 'bare', version: '1', agentApi: 1, create: () => ({}) });
    expect(bare).toMatchObject({
      ...{ description: '', requires: {}, provides: {}, optional: false, obsolete: {}, concurrency: 'parallel' },
    });
    expect(bare.config.parse({})).toEqual({});
  });
});
