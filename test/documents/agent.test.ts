import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { commands } from './claims.js';
import { testDocument } from './document.js';
import type { World } from './world.js';

async function stopped({ mock, agent }: World): Promise<void> {
  mock!.kill();
  await vi.waitFor(async () => {
    const response = await fetch(`http://${agent}/readiness`);
    if (!(await response.text()).includes('no socket')) throw new Error('the agent has not noticed yet');
  });
}

/** One file that takes effect after a restart, then one with a mistake. */
async function misconfigured({ folder, agent }: World): Promise<void> {
  const config = async () => {
    const response = await fetch(`http://${agent}/status`);
    return (await response.json()) as { config: { valid: boolean; pendingRestart: unknown[] } };
  };
  const until = (condition: (now: { valid: boolean; pendingRestart: unknown[] }) => boolean) =>
    vi.waitFor(async () => {
      const { config: now } = await config();
      if (!condition(now)) throw new Error(JSON.stringify(now));
    });
  writeFileSync(join(folder, 'conf', 'govpp.conf'), 'reply-timeout: 6s\n');
  await until(({ pendingRestart }) => pendingRestart.length > 0);
  writeFileSync(join(folder, 'conf', 'http.conf'), 'endpoint: 127.0.0.1:0\nrate-limit: many\n');
  await until(({ valid }) => !valid);
}

testDocument('docs/agent.md', [
  commands('npm start', {
    on: 'mock',
    replace: [['/etc/vppmux', 'conf']],
    endless: { 'vppmux run': { until: 'connected to VPP' }, 'npm start': { until: 'connected to VPP' } },
  }),
  commands('jq -r .msg', {
    on: 'nothing',
    files: {
      'govpp.conf': 'reply-timout: 5s\n\n\nhealth-check-probe-interval: 5\n',
      'http.conf': 'endpoint: 9191\n',
    },
    exits: { 'vppmux run': 1 },
  }),
  commands('--config-dir conf | jq', { on: 'mock', endless: { 'vppmux run': {} } }),
  commands('.overall, .plugins.govpp', { on: 'both', prior: { '/readiness': stopped } }),
  commands('.config.problems', {
    on: 'both again',
    before: misconfigured,
    replace: [[/\/etc\/vppmux/g, 'conf']],
  }),
  commands('ws://', { on: 'agent', endless: { 'status/live': { until: 'ok' } }, exits: { 'status/live': 130 } }),
]);
