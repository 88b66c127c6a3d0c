/** An agent with the shipped operations, and a client of them. */

import { onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import type { OperationsClient } from '../../../src/agent/operations/client.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { operationsPlugin } from '../../../src/plugins/operations/plugin.js';
import { Mux } from '../../../src/sdk/mux.js';
import { directoryWith, recordingLog, taker } from '../../agent/support.js';
import { testMock } from '../../support/mock.js';

interface AgentOptions {
  readonly access?: 'read' | 'write';
  /** operations.conf. */
  readonly operations?: Readonly<Record<string, unknown>>;
  /** govpp.conf, besides the socket. */
  readonly govpp?: Readonly<Record<string, unknown>>;
  /** Do not wait for VPP. */
  readonly away?: boolean;
}

/** A client of an agent that is connected to the VPP at `socket`; `mux` is that of another plugin. */
export async function clientOf(socket: string | undefined, options: AgentOptions = {}) {
  const { log, text } = recordingLog('info');
  const govpp = { ...(socket && { 'binapi-socket-path': socket }), 'health-check-probe': 'none', ...options.govpp };
  const configDir = directoryWith({
    'govpp.conf': JSON.stringify(govpp),
    'operations.conf': JSON.stringify(options.operations ?? {}),
  });
  const onlooker = taker({ mux: Mux }, 'onlooker');
  const plugins = [govppPlugin(), operationsPlugin, onlooker.plugin];
  const agent = await createAgent({ plugins, log, env: {}, configDir });
  onTestFinished(() => agent.close());
  await agent.start();
  const client: OperationsClient = agent.operations.open({ name: 'test', access: options.access ?? 'write' });
  const { mux } = onlooker.taken();
  if (!options.away) await mux.ready();
  return { agent, client, text, configDir, mux };
}

/** The same over a mock of its own. */
export async function mocked(mockOptions: Parameters<typeof testMock>[0] = {}, options: AgentOptions = {}) {
  const mock = await testMock(mockOptions);
  return { mock, ...(await clientOf(mock.socket, options)) };
}
