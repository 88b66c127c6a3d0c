/** Odd errors of plugins, in all places where the agent calls them: they are logged, and end nothing else. */

import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAgent } from '../../src/agent/boot/create-agent.js';
import { isFault } from '../../src/agent/operations/fault.js';
import type { Plugin } from '../../src/agent/plugin/plugin.js';
import { Board, Control, Status } from '../../src/agent/plugin/services.js';
import { ODDITIES } from '../support/oddities.js';
import { echo, echoing, registryWithLog } from './operations/support.js';
import { recordingLog, stub, taker } from './support.js';

const LONGEST = 5000;

async function agentOf(...plugins: Plugin[]) {
  const { log, lines } = recordingLog();
  const agent = await createAgent({ plugins, log, env: {} });
  onTestFinished(() => agent.close().catch(() => {}));
  return { agent, lines };
}

describe.each(Object.entries(ODDITIES))('%s', (_, make) => {
  const fail = (): never => {
    throw make();
  };

  it.each(['create', 'init', 'afterInit'] as const)(
    'thrown in %s of an optional plugin: it is left out',
    async (step) => {
      const { agent, lines } = await agentOf(stub('bad', [], { optional: true, [step]: fail }), stub('good'));
      await agent.start();
      expect(agent.status.status.parts.map(({ name, state }) => `${name} ${state}`)).toEqual(['bad error', 'good ok']);
      expect(Math.max(...lines.map(({ msg }) => msg.length))).toBeLessThan(LONGEST);
    },
  );

  it('thrown in a hook, a probe, a listener for the status: is told, and the agent goes on', async () => {
    const bad = taker({ status: Status, board: Board }, 'bad', ({ status, board }) => ({
      afterInit: () => {
        status.probe(fail as never);
        status.probe((() => make()) as never);
        board.subscribe(fail);
      },
      dataplane: fail,
      close: fail,
    }));
    const good = taker({ control: Control, status: Status }, 'good', () => ({}));
    const { agent } = await agentOf(bad.plugin, good.plugin);
    await agent.start();
    good.taken().control.dataplane({ state: 'up', generation: 1 });
    for (let i = 0; i < 5; i++) await setImmediate();
    good.taken().status.degraded('still heard');
    const [ofBad, ofGood] = agent.status.status.parts;
    expect(ofBad.state).toBe('error');
    expect(ofGood.reason).toBe('still heard');
    const error: AggregateError = await agent.close().catch((thrown) => thrown);
    expect(error.errors.map(({ code }) => code)).toEqual(['CLOSE_FAILED']);
  });

  it('thrown in an operation, in its open, in what is told of its progress: the caller gets a fault', async () => {
    const { offer, client, operations } = registryWithLog();
    operations.translate(fail);
    operations.translate((() => make()) as never);
    offer('bad', [echoing(fail)]);
    await expect(client().call(echo, {})).rejects.toSatisfy((error) => isFault(error) && error.code === 'FAILED');
    const second = registryWithLog();
    second.offer('bad', [echoing()], { open: fail, closeHandle: fail });
    await expect(second.client().call(echo, {})).rejects.toMatchObject({ code: 'FAILED' });
    const third = registryWithLog();
    const telling = echoing((ctx, input) => {
      ctx.progress(1);
      return input;
    });
    third.offer('good', [telling]);
    await expect(third.client().call(echo, { text: 'a' }, { onProgress: fail })).resolves.toEqual({ text: 'a' });
  });
});
