/** Operations and registries made for tests. */

import { z } from 'zod';
import type { ClientInfo } from '../../../src/agent/operations/client.js';
import type { Concurrency } from '../../../src/agent/operations/concurrency.js';
import type { HandleHooks } from '../../../src/agent/operations/handle.js';
import { type Implementation, implement, type OperationContext } from '../../../src/agent/operations/implement.js';
import { operation } from '../../../src/agent/operations/operation.js';
import { OperationsRegistry } from '../../../src/agent/operations/registry.js';
import { LoopWatch } from '../../../src/agent/process/loop-watch.js';
import { deferred, recordingLog } from '../support.js';

/** An operation that takes and gives a text. */
export const echo = operation({
  name: 'test.echo',
  access: 'read',
  summary: 'Gives back its text',
  input: z.object({ text: z.string().default('') }),
  output: z.object({ text: z.string() }),
});

/** The same shape under another name. */
export const named = (name: string, access: 'read' | 'write' = 'read') =>
  operation({ name, access, summary: 'Test', input: echo.input, output: echo.output });

export type EchoContext = OperationContext;
export type EchoRun = (ctx: OperationContext, input: { text: string }) => Promise<{ text: string }> | { text: string };

export const echoing = (run: EchoRun = (_, input) => input, of = echo): Implementation => implement(of, run);

export interface OfferOptions extends HandleHooks {
  readonly concurrency?: Concurrency;
}

/** A registry with its log; `offer` registers a plugin's operations. */
export function registryWithLog(level = 'info') {
  const recorded = recordingLog(level);
  const registry = new OperationsRegistry(recorded.log);
  const loop = new LoopWatch(() => {});
  const offer = (plugin: string, implementations: readonly Implementation[], options: OfferOptions = {}) => {
    const { concurrency = 'parallel', ...hooks } = options;
    const log = recorded.log.child({ plugin });
    registry.register({ plugin, concurrency, implementations, hooks, log, loop });
  };
  const operations = registry.viewOf('test');
  const client = (name = 'tester', access: ClientInfo['access'] = 'write') => operations.open({ name, access });
  return { ...recorded, registry, operations, offer, client };
}

/** An operation that runs until it is let go, and notes which of its calls overlap. */
export function watched() {
  const running = new Map<string, () => void>();
  const overlaps: string[] = [];
  const order: string[] = [];
  const run: EchoRun = async (_, { text }) => {
    for (const other of running.keys()) overlaps.push(`${other}+${text}`);
    order.push(text);
    const gate = deferred();
    running.set(text, () => gate.resolve());
    await gate.promise;
    running.delete(text);
    return { text };
  };
  const finish = async (text: string) => {
    running.get(text)?.();
    await settle();
  };
  return {
    run,
    finish,
    overlaps,
    order,
    running: () => [...running.keys()],
  };
}

/** Lets everything happen that waits for nothing but promises. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}
