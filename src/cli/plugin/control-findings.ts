/** Findings about control events: changed configuration, another dataplane, a VPP that disconnects and comes back. */

import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../../agent/for-cli.js';
import type { Finding } from '../output/finding.js';
import { type Hook, stepFinding } from './steps.js';
import type { CheckContext, TestAgent } from './test-agent.js';

/** The mock answers immediately; a busy machine may not. */
export const CONNECT_MS = 5000;
/** Time for the plugin to recover when VPP is back. */
const RECOVERY_MS = 2000;
/** Time for VPP to identify itself. */
const IDENTITY_MS = 1000;
/** Silence after which the plugin has no more requests for now. */
const QUIET_MS = 50;

/**
 * The hook with a configuration that is an equal copy of the one in effect: every hook can take it, and one that begins
 * something without ending what it began before leaves that behind.
 */
export async function reloadFinding({ recorded, controlMs }: CheckContext): Promise<Finding> {
  const { instance, config: before } = recorded;
  const from = recorded.steps.length;
  if (!instance?.configuration) {
    return { check: 'reload', ok: 'yes', detail: 'no hook: changed configuration waits for the next start' };
  }
  await within(async () => instance.configuration?.({ before, after: copyOf(before) }), controlMs).catch(() => {});
  return stepFinding('reload', recorded.steps.slice(from), controlMs);
}

function copyOf(config: unknown): unknown {
  try {
    return structuredClone(config);
  } catch {
    // A schema may make functions of what the file holds.
    return config;
  }
}

/** Switches to the backup and back again. */
export async function redundancyFinding({ recorded, testAgent, controlMs, signal }: CheckContext): Promise<Finding> {
  const { instance } = recorded;
  if (!instance?.redundancy) {
    if (!instance?.saveState) return { check: 'redundancy', ok: 'yes', detail: 'no hook' };
    return {
      check: 'redundancy',
      ok: 'warn',
      detail: 'the value of saveState goes to nobody: there is no hook "redundancy"',
    };
  }
  const from = recorded.steps.length;
  const steps = () => recorded.steps.slice(from).filter(({ hook }) => hook === 'redundancy' || hook === 'saveState');
  for (const [i, role] of (['backup', 'primary'] as const).entries()) {
    const event = { role, generation: i + 2, socket: testAgent.mock.socket, reason: 'vppmux plugin check' };
    testAgent.services.control?.redundancy(event);
    await until(() => steps().some((step) => step.event === role && step.ms !== undefined), controlMs, signal);
  }
  return stepFinding('redundancy', steps(), controlMs);
}

export async function dataplaneFinding(running: CheckContext): Promise<Finding> {
  const { recorded, testAgent, controlMs, signal } = running;
  const hook: Hook = 'dataplane';
  const steps = () => recorded.steps.filter((step) => step.hook === hook);
  const isOver = (event: string) => steps().some((step) => step.event === event && step.ms !== undefined);
  // govpp identifies VPP before it calls the hook.
  const heard = (event: string) =>
    until(() => !recorded.instance?.dataplane || isOver(event), controlMs + IDENTITY_MS, signal);
  const { mux } = testAgent.services;
  if (await heard('up')) {
    await untilQuiet(testAgent.mock, signal);
    testAgent.mock.kill();
    await until(() => mux?.state !== 'ready', CONNECT_MS, signal);
    if (await heard('down')) {
      await testAgent.mock.start();
      await mux?.ready({ timeoutMs: CONNECT_MS, signal });
      await heard('new');
    }
  }
  const found = stepFinding(hook, steps(), controlMs);
  if (found.ok === 'no') return found;

  const { name } = recorded.plugin;
  const part = () => testAgent.agent.status.status.parts.find((one) => one.name === name);
  if (await until(() => part()?.state === 'ok', RECOVERY_MS, signal)) {
    const detail = steps().length === 0 ? 'no hook; VPP went away and came back' : found.detail;
    return { ...found, detail };
  }
  const detail = `VPP went away and came back, and its status is still ${part()?.state}: ${part()?.reason}`;
  return { check: hook, ok: 'warn', detail, fix: 'begin again in the hook "dataplane", or when mux.ready() resolves' };
}

/** Waits until the plugin has finished what it does with a new VPP, before VPP goes. */
async function untilQuiet(mock: TestAgent['mock'], signal: AbortSignal): Promise<void> {
  let seen = -1;
  for (const end = performance.now() + QUIET_MS * 10; seen !== mock.received() && performance.now() < end; ) {
    seen = mock.received();
    await sleep(QUIET_MS, undefined, { signal });
  }
}

/** Gives whether it came to hold in time. */
async function until(holds: () => boolean, ms: number, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!holds()) {
    if (performance.now() >= deadline) return false;
    await sleep(5, undefined, { signal });
  }
  return true;
}
