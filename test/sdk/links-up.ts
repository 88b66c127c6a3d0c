/** The plugin of docs/plugins.md in an agent, against a mock with one interface that is up. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startMock } from '../../mock-vpp/index.js';
import { createAgent } from '../../src/agent/index.js';
import { builtIns } from '../../src/plugins/index.js';
import type { Plugin } from '../../src/sdk/index.js';
import { directoryWith, recordingLog } from '../agent/support.js';
import { blocksOf } from '../documents/blocks.js';
import { socketPath } from '../support/mock.js';

const door = new URL('../../src/sdk/index.ts', import.meta.url).href;

export const linksUpText = () =>
  blocksOf('docs/plugins.md').find(({ text }) => text.includes('// links-up.ts'))?.text ?? '';

/** The plugin's output, part of /status and metric, once it has looked at VPP. */
export async function linksUp() {
  const file = join(directoryWith({}), 'links-up.ts');
  writeFileSync(file, linksUpText().replace("'vppmux/plugin'", `'${door}'`));
  const { default: plugin } = (await import(file)) as { default: Plugin };
  const mock = await startMock({
    socket: socketPath(),
    setup: (dataplane) => void dataplane.addLoopback({ up: true }),
  });
  onTestFinished(() => mock.stop());
  const agent = await createAgent({
    plugins: [builtIns.govpp, builtIns.http, builtIns.health, builtIns.stats, builtIns.metrics, plugin],
    settings: { govpp: { 'binapi-socket-path': mock.socket }, http: { endpoint: '127.0.0.1:0' } },
    log: recordingLog().log,
    env: {},
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const isOk = () => agent.status.status.parts.find(({ name }) => name === 'links-up')?.state === 'ok';
  await new Promise<void>((resolve) => {
    const look = () => isOk() && resolve();
    agent.status.subscribe(look);
    look();
  });
  const { url } = agent.status.status.details.http as { url: string };
  const client = agent.operations.open({ name: 'test', access: 'read' });
  return {
    metrics: [...(await (await fetch(`${url}/metrics`)).text()).matchAll(/^.*\blinks_up\b.*\n/gm)].join(''),
    status: (await (await fetch(`${url}/status`)).json()) as Record<string, unknown>,
    output: await client.call('links.list', {}),
  };
}
