/** The concurrency that a plugin declares in its definition, kept by the agent that runs it. */

import { expect, it, onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { CONCURRENCY, type Concurrency } from '../../../src/agent/operations/concurrency.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import { recordingLog } from '../support.js';
import { echo, echoing, settle, watched } from './support.js';

const OVERLAPS: Readonly<Record<Concurrency | 'none declared', number>> = {
  'serialize-connections': 0,
  'serialize-all-requests': 0,
  'serialize-requests': 3,
  parallel: 6,
  'none declared': 6,
};

it.each([...CONCURRENCY, 'none declared' as const])(
  '%s: of two calls of each of two clients so many overlap, and no more',
  async (model) => {
    const calls = watched();
    const plugin = definePlugin({
      ...{ name: 'server', version: '1', agentApi: 1 },
      concurrency: model === 'none declared' ? undefined : model,
      create: () => ({ operations: [echoing(calls.run)] }),
    });
    const agent = await createAgent({ plugins: [plugin], log: recordingLog().log, env: {} });
    onTestFinished(() => agent.close());
    await agent.start();
    const clients = ['a', 'b'].map((name) => agent.operations.open({ name, access: 'read' }));
    const done = clients.map((client, i) =>
      // A client of serialize-connections makes room for the next one by leaving.
      Promise.all([1, 2].map((n) => client.call(echo, { text: `${'ab'[i]}${n}` }))).then(() => client.close()),
    );
    await settle();
    while (calls.running().length > 0) {
      await calls.finish(calls.running()[0]);
      await settle();
    }
    await Promise.all(done);
    expect(calls.overlaps).toHaveLength(OVERLAPS[model]);
    expect(calls.order).toHaveLength(4);
  },
);
