import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { reasonOf } from '../../../src/agent/errors.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import type { Plugin } from '../../../src/agent/plugin/plugin.js';
import { Control } from '../../../src/agent/plugin/services.js';
import { MAIN, named, partsOfNamed, token, tokenName } from '../../../src/agent/token.js';
import { directoryWith, recordingLog, stub, taker } from '../support.js';

const Wire = token<string>('test/wire');
const Plan = token<string>('test/plan');

/** A plugin that owns the dataplanes that its configuration names. */
const owner = definePlugin({
  ...{ name: 'owner', version: '1', agentApi: 1 },
  provides: { wire: Wire, plan: Plan },
  dataplanes: { services: ['wire'], names: ({ others }) => others },
  config: z.object({ others: z.array(z.string()).default([]) }),
  create: (_, { others }) => ({
    provide: {
      ...{ wire: 'wire of main', plan: 'the plan' },
      ...Object.fromEntries(others.map((name) => [`wire@${name}`, `wire of ${name}`])),
    },
  }),
});

const Counters = token<string>('test/counters');
const counters = definePlugin({
  ...{ name: 'counters', version: '1', agentApi: 1, requires: { wire: Wire }, provides: { counters: Counters } },
  create: ({ wire }) => ({ provide: { counters: `counters over ${wire}` } }),
});

async function agentWith(plugins: string, others: readonly string[], more: Record<string, Plugin> = {}) {
  const configDir = directoryWith({
    'agent.yaml': `plugins:\n${plugins}`,
    'owner.conf': `others: ${JSON.stringify(others)}\n`,
  });
  const { log, text } = recordingLog();
  const builtIns = { owner, counters, ...more };
  return { agent: await createAgent({ builtIns, configDir, log, env: {} }), text };
}

const refusal = (plugins: string, others: readonly string[], more: Record<string, Plugin> = {}) =>
  agentWith(plugins, others, more).then(() => 'it was accepted', reasonOf);

describe('a token by name', () => {
  it('main: is the token itself; another name: another token, the same wherever it is made', () => {
    expect(named(Wire, MAIN)).toBe(Wire);
    expect(named(Wire, 'edge')).toBe(named(token('test/wire'), 'edge'));
    expect(tokenName(named(Wire, 'edge'))).toBe('test/wire@edge');
    expect(partsOfNamed(named(Wire, 'edge'))).toEqual({ token: Wire, dataplane: 'edge' });
    expect(partsOfNamed(Wire)).toBeUndefined();
  });
});

describe('a plugin at a dataplane', () => {
  it('gets its services, and those of plugins at the same one, under a name of its own', async () => {
    const user = taker({ wire: Wire, counters: Counters, plan: Plan });
    const plain = taker({ wire: Wire, edge: named(Wire, 'edge') }, 'plain');
    const { agent } = await agentWith(
      '- owner\n- { plugin: user, dataplane: edge }\n- counters\n- { plugin: counters, dataplane: edge, name: edge-counters }\n- plain\n',
      ['edge', 'core'],
      { user: user.plugin, plain: plain.plugin },
    );
    await agent.start();
    expect(agent.plugins.map(({ name, dataplane }) => [name, dataplane])).toEqual([
      ['owner', undefined],
      ['counters', 'main'],
      ['edge-counters', 'edge'],
      ['user-edge', 'edge'],
      ['plain', 'main'],
    ]);
    expect(user.taken()).toEqual({ wire: 'wire of edge', counters: 'counters over wire of edge', plan: 'the plan' });
    expect(plain.taken()).toEqual({ wire: 'wire of main', edge: 'wire of edge' });
    await agent.close();
  });

  it('without others: is what it always was', async () => {
    const { agent } = await agentWith('- owner\n- counters\n', []);
    expect(agent.plugins).toEqual([owner, counters]);
    expect(agent.plugins.every((plugin) => plugin.dataplane === undefined)).toBe(true);
  });

  it('control events: of its own dataplane only; a plugin at none gets those of main', async () => {
    const { agent } = await agentWith('- owner\n- { plugin: user, dataplane: edge }\n- free\n- publisher\n', ['edge'], {
      user: followerOf('user', { wire: Wire }),
      free: followerOf('free', {}),
      publisher,
    });
    heard.length = 0;
    await agent.start();
    await expect.poll(() => heard).toEqual(['user-of-edge: new', 'free: down', 'free: up']);
    await agent.close();
  });
});

const heard: string[] = [];
const followerOf = (name: string, requires: { wire?: typeof Wire }) =>
  definePlugin({
    ...{ name, version: '1', agentApi: 1, requires },
    create: ({ wire }: { wire?: string }) => ({
      dataplane: ({ state }) =>
        void heard.push(`${wire === undefined ? name : `${name}-of-${wire.slice(8)}`}: ${state}`),
    }),
  });

const publisher = definePlugin({
  ...{ name: 'publisher', version: '1', agentApi: 1, requires: { control: Control } },
  create: ({ control }) => ({
    afterInit() {
      control.dataplane({ state: 'new', generation: 1 }, 'edge');
      control.dataplane({ state: 'down', generation: 1 });
      control.dataplane({ state: 'up', generation: 2 }, 'main');
    },
  }),
});

describe('what cannot be placed, before anything starts', () => {
  it('a dataplane that is not configured: the line is named, with the nearest name', async () => {
    expect(await refusal('- owner\n- plugin: counters\n  dataplane: egde\n', ['edge'])).toContain(
      'agent.yaml:4:14: plugin counters-egde is to work at dataplane "egde", and there is none of this name; did you mean "edge"?',
    );
    expect(await refusal('- owner\n- { plugin: counters, dataplane: edge }\n', [])).toContain(
      'there is none of this name; only main is configured',
    );
  });

  it('also for an optional plugin: the file is wrong, not VPP', async () => {
    expect(await refusal('- owner\n- { plugin: counters, optional: true, dataplane: nowhere }\n', ['edge'])).toContain(
      'there is none of this name',
    );
  });

  it('a plugin that has to do with no dataplane, and the owner of all', async () => {
    const free = { free: stub('free') };
    expect(await refusal('- owner\n- { plugin: free, dataplane: edge }\n', ['edge'], free)).toContain(
      'plugin free-edge has nothing to do with a dataplane, since it requires no service of one: leave "dataplane" out',
    );
    expect(await refusal('- { plugin: owner, dataplane: edge, name: owner }\n', ['edge'])).toContain(
      'plugin owner owns all dataplanes: leave "dataplane" out',
    );
  });

  it('a service that nobody provides there: never that of another dataplane in its place', async () => {
    const user = { user: taker({ counters: Counters, wire: Wire }).plugin };
    expect(await refusal('- owner\n- counters\n- { plugin: user, dataplane: edge }\n', ['edge'], user)).toContain(
      'plugin user-edge requires "test/counters@edge", which no plugin provides at dataplane edge; add "plugin: counters" with "dataplane: edge" to "plugins" in agent.yaml',
    );
  });

  it('a token of a dataplane that there is not', async () => {
    const user = { user: taker({ wire: named(Wire, 'edge') }).plugin };
    expect(await refusal('- owner\n- user\n', [], user)).toContain(
      'plugin user requires "test/wire@edge", and there is no dataplane "edge"; add it to "dataplanes" in owner.conf',
    );
  });

  it('two plugins of one name at one dataplane, and a name without a dataplane', async () => {
    const twice = '- owner\n- { plugin: counters, dataplane: edge }\n- { plugin: counters, dataplane: edge }\n';
    expect(await refusal(twice, ['edge'])).toContain('plugin counters-edge is listed more than once');
    expect(await refusal('- owner\n- { plugin: counters, name: other }\n', ['edge'])).toContain(
      'has a meaning next to "dataplane" only',
    );
  });
});
