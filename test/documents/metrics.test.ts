import { expect } from 'vitest';
import { parse } from 'yaml';
import { pathAt } from '../../src/sdk/index.js';
import { checked, commands, settings } from './claims.js';
import { testDocument } from './document.js';

testDocument('docs/metrics.md', [
  commands('HELP vpp_up', { on: 'agent' }),
  checked('job_name: vppmux-edge', {
    on: 'nothing',
    async check(text) {
      const { scrape_configs: jobs } = parse(text) as { scrape_configs: readonly Record<string, unknown>[] };
      const jobOf = (dataplane: string) => ({
        honor_labels: true,
        static_configs: [{ targets: ['localhost:9191'], labels: { dataplane } }],
      });
      expect(jobs).toEqual([
        { job_name: 'vppmux', ...jobOf('main') },
        { job_name: 'vppmux-edge', metrics_path: pathAt('/metrics', 'edge'), ...jobOf('edge') },
      ]);
    },
  }),
  checked('scrape_interval', {
    on: 'nothing',
    async check(text) {
      const { scrape_configs: jobs } = parse(text) as { scrape_configs: readonly Record<string, unknown>[] };
      // The path is Prometheus's default, /metrics.
      expect(jobs).toEqual([
        { job_name: 'vppmux', scrape_interval: '15s', static_configs: [{ targets: ['localhost:9191'] }] },
      ]);
    },
  }),
  commands('profile=vpp-v2', { on: 'agent' }),
  settings('exporter-enabled', { file: 'metrics.conf' }),
]);
