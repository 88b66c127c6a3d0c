/** An agent with the plugin `stats` over a mock, and clients of it. */

import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { statsPlugin } from '../../../src/plugins/stats/plugin.js';
import { Mux } from '../../../src/sdk/mux.js';
import { Stats } from '../../../src/sdk/stats.js';
import { directoryWith, recordingLog, taker } from '../../agent/support.js';

interface AgentOptions {
  /** govpp.conf, besides the socket. */
  readonly govpp?: Readonly<Record<string, unknown>>;
}

/** Stats socket next to the API socket `socket`. */
export const statsSocketOf = (socket: string) => join(dirname(socket), 'stats.sock');

export async function statsAgent(socket: string, options: AgentOptions = {}) {
  const { log, text } = recordingLog('info');
  const govpp = { 'binapi-socket-path': socket, 'health-check-probe': 'none', ...options.govpp };
  const configDir = directoryWith({ 'govpp.conf': JSON.stringify(govpp) });
  const onlooker = taker({ mux: Mux, stats: Stats }, 'onlooker');
  const agent = await createAgent({ plugins: [govppPlugin(), statsPlugin, onlooker.plugin], log, env: {}, configDir });
  onTestFinished(() => agent.close());
  await agent.start();
  return { agent, client: agent.operations.open({ name: 'test', access: 'read' }), text, ...onlooker.taken() };
}
