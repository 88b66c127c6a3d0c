/** An agent with the plugin `capture`, and clients of it. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { MockVpp } from '../../../mock-vpp/index.js';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { capturePlugin } from '../../../src/plugins/capture/plugin.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { Mux } from '../../../src/sdk/mux.js';
import { directoryWith, recordingLog, taker } from '../../agent/support.js';
import { ownApiDir, testMock } from '../../support/mock.js';

interface AgentOptions {
  /** capture.conf. */
  readonly capture?: Readonly<Record<string, unknown>>;
  /** govpp.conf, besides the socket. */
  readonly govpp?: Readonly<Record<string, unknown>>;
  /** Do not wait for VPP. */
  readonly away?: boolean;
}

/** An agent that is connected to the VPP at `socket`. */
export async function captureAgent(socket: string | undefined, options: AgentOptions = {}) {
  const { log, text } = recordingLog('info');
  const govpp = { ...(socket && { 'binapi-socket-path': socket }), 'health-check-probe': 'none', ...options.govpp };
  const configDir = directoryWith({
    'govpp.conf': JSON.stringify(govpp),
    'capture.conf': JSON.stringify(options.capture ?? {}),
  });
  const onlooker = taker({ mux: Mux }, 'onlooker');
  const plugins = [govppPlugin(), capturePlugin, onlooker.plugin];
  const agent = await createAgent({ plugins, log, env: {}, configDir });
  onTestFinished(() => agent.close());
  await agent.start();
  const open = (name: string) => agent.operations.open({ name, access: 'write' });
  const { mux } = onlooker.taken();
  if (!options.away) await mux.ready();
  return { agent, open, client: open('test'), text, mux };
}

/** The same over a mock with two interfaces, whose traffic passes when `mock.advance` says so. */
export async function mocked(
  options: AgentOptions = {},
  mockOptions: Parameters<typeof testMock>[0] = {},
): Promise<{ mock: MockVpp } & Awaited<ReturnType<typeof captureAgent>>> {
  const mock = await testMock({ traffic: { packetsPerSecond: 1000 }, updateMs: 0, ...mockOptions });
  for (let i = 0; i < 2; i++) mock.dataplane.addLoopback({ up: true });
  return { mock, ...(await captureAgent(mock.socket, options)) };
}

/** The mock's definitions but for those of one plugin. */
export function definitionsWithout(plugin: string): string {
  const files = readdirSync(ownApiDir).filter((file) => file.endsWith('.api.json') && file !== `${plugin}.api.json`);
  return directoryWith(Object.fromEntries(files.map((file) => [file, readFileSync(join(ownApiDir, file), 'utf8')])));
}
