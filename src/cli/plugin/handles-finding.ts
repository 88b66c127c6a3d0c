/** Checks that what `open` makes for a client ends with it. */

import { reasonOf } from '../../thrown.js';
import type { Finding } from '../output/finding.js';
import { leftOver, showLeft, takeStock } from './leftovers.js';
import { stepFinding } from './steps.js';
import type { CheckContext } from './test-agent.js';

/** Enough that what each leaves behind stands out from what comes and goes by itself. */
const CLIENTS = 20;
const PATIENCE_MS = 200;

/** Client after client comes, calls one operation (which does nothing) and goes. */
export async function handlesFinding({ recorded, testAgent, controlMs }: CheckContext): Promise<Finding> {
  const { instance, steps, idle } = recorded;
  const check = 'handles';
  if (!instance?.open) {
    if (!instance?.closeHandle) return { check, ok: 'yes', detail: 'none' };
    return { check, ok: 'warn', detail: 'closeHandle has nothing to close: there is no "open"' };
  }
  const before = takeStock();
  const from = steps.length;
  for (let i = 0; i < CLIENTS; i++) {
    const client = testAgent.agent.operations.open({ name: 'vppmux plugin check', access: 'write', via: 'cli' });
    const failure = await client.call(idle, {}, { timeoutMs: controlMs }).then(
      () => undefined,
      (error: unknown) => reasonOf(error),
    );
    // Without an answer it is not waited for: the agent would, for some seconds.
    const closed = client.close();
    if (failure === undefined) await closed;
    const found = stepFinding(check, steps.slice(from), controlMs);
    if (found.ok === 'no') return found;
    if (failure !== undefined) return { check, ok: 'no', detail: failure };
  }
  const own = steps.slice(from);
  const times = (hook: string) => own.filter((step) => step.hook === hook);
  const left = (await leftOver(before, PATIENCE_MS)).filter(({ count }) => count >= CLIENTS / 2);
  const detail = `${CLIENTS} clients came and went; open and closeHandle ${slowest(own)} at most`;
  if (left.length > 0) {
    const text = `${detail}; left behind: ${showLeft(left)}`;
    return { check, ok: 'warn', detail: text, fix: 'end in closeHandle what open has begun' };
  }
  if (!instance.closeHandle) {
    return { check, ok: 'warn', detail: `${detail}; nothing closes a handle: there is no "closeHandle"` };
  }
  if (times('open').length === times('closeHandle').length) return { check, ok: 'yes', detail };
  return { check, ok: 'no', detail: `${times('open').length} opened, ${times('closeHandle').length} closed` };
}

const slowest = (steps: readonly { readonly ms?: number }[]) =>
  `${Math.max(0, ...steps.map(({ ms = 0 }) => ms)).toFixed(1)} ms`;
