/** An agent with the plugin desired-state over a mock. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import type { Plugin } from '../../../src/agent/plugin/plugin.js';
import { desiredStatePlugin } from '../../../src/plugins/desired-state/plugin.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { Mux } from '../../../src/sdk/mux.js';
import { directoryWith, recordingLog, taker } from '../../agent/support.js';

export interface AgentOptions {
  /** desired-state.conf, besides its folder. */
  readonly conf?: Readonly<Record<string, unknown>>;
  readonly stateDir?: string;
  readonly plugins?: readonly Plugin[];
  readonly access?: 'read' | 'write';
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-wish-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function wishAgent(socket: string, options: AgentOptions = {}) {
  const { conf = {}, stateDir = temporaryFolder(), plugins = [], access = 'write' } = options;
  const { log, text } = recordingLog('info');
  const configDir = directoryWith({
    'govpp.conf': JSON.stringify({ 'binapi-socket-path': socket, 'health-check-probe': 'none' }),
    'desired-state.conf': JSON.stringify({ 'state-dir': stateDir, ...conf }),
  });
  const onlooker = taker({ mux: Mux }, 'onlooker');
  const all = [govppPlugin(), ...plugins, desiredStatePlugin, onlooker.plugin];
  const agent = await createAgent({ plugins: all, log, env: {}, configDir });
  onTestFinished(() => agent.close());
  await agent.start();
  const client = agent.operations.open({ name: 'test', access });
  return { agent, client, text, stateDir, configDir, mux: onlooker.taken().mux };
}
