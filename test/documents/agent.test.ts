import { vi } from 'vitest';
import { commands } from './claims.js';
import { testDocument } from './document.js';
import type { World } from './world.js';

async function stopped({ mock, agent }: World): Promise<void> {
  mock!.kill();
  await vi.waitFor(async () => {
    const { status } = await fetch(`http://${agent}/readiness`);
    if (status !== 503) throw new Error('the agent has not noticed yet');
  });
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
  commands('/status | jq', { on: 'both', prior: { '/readiness': stopped } }),
  commands('ws://', { on: 'agent', endless: { 'status/live': { until: 'ok' } }, exits: { 'status/live': 130 } }),
]);
