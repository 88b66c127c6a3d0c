/** An agent with the shipped operations, and a client of them. */

import { expect, onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/agent.js';
import type { OperationsClient } from '../../../src/agent/operations/client.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { operationsPlugin } from '../../../src/plugins/operations/plugin.js';
import { recordingLog } from '../../agent/support.js';
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

/** A client of an agent that is connected to the VPP at `socket`. */
export async function clientOf(socket: string | undefined, options: AgentOptions = {}) {
  const { log, text } = recordingLog('info');
  const govpp = { ...(socket && { 'binapi-socket-path': socket }), 'health-check-probe': 'none', ...options.govpp };
  const agent = await createAgent({
    plugins: [govppPlugin(), operationsPlugin],
    log,
    env: {},
    settings: { govpp, operations: options.operations ?? {} },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const client: OperationsClient = agent.operations.open({ name: 'test', access: options.access ?? 'write' });
  if (!options.away) await expect.poll(() => text(), { timeout: 10_000 }).toContain('connected to VPP');
  return { agent, client, text };
}

/** The same over a mock of its own. */
export async function mocked(mockOptions: Parameters<typeof testMock>[0] = {}, options: AgentOptions = {}) {
  const mock = await testMock(mockOptions);
  return { mock, ...(await clientOf(mock.socket, options)) };
}
