/** metrics.conf. */

import { z } from 'zod';
import { duration, endpoint, reasonOf } from '../../sdk/index.js';
import { NameMatcher } from '../../stats/index.js';

/** Forms in which `GET /metrics?profile=NAME` shows VPP's counters; the first is that without a profile. */
export const PROFILES = ['vppmux', 'vpp-v2', 'vpp-v1', 'ligato', 'calico'] as const;

export type Profile = (typeof PROFILES)[number];

export const metricsConfig = z.object({
  'used-only': z.boolean().default(true).describe('Whether counters of VPP that are 0 are left out'),
  'per-worker': z
    .boolean()
    .default(true)
    .describe("Whether each of VPP's threads has series of its own, or all their sum"),
  'top-nodes': z
    .int()
    .min(0)
    .max(10_000)
    .default(50)
    .describe('Number of nodes shown, those with the most clocks; 0: none'),
  'max-series': z
    .int()
    .min(1000)
    .max(10_000_000)
    .default(200_000)
    .describe('Series that a page has at most; it says how many it left out'),
  'max-age': duration()
    .default('1s')
    .refine((ms) => ms <= 60_000, 'must be at most 1m')
    .describe("Age up to which one read of VPP's counters is good for further scrapes"),
  'export-patterns': z
    .array(
      z
        .string()
        .min(1)
        .superRefine((pattern, context) => {
          try {
            new NameMatcher(pattern);
          } catch (error) {
            context.addIssue({ code: 'custom', message: reasonOf(error) });
          }
        }),
    )
    .min(1)
    .max(100)
    .default(['^/interfaces', '^/err', '^/buffer-pools', '^/sys', '^/workers', '^/mem', '^/nodes'])
    .describe('Entries that the profiles vpp-v1 and vpp-v2 show: regular expressions'),
  'exporter-enabled': z
    .boolean()
    .default(false)
    .describe("Whether it listens in place of VPP's own exporter, vpp_prometheus_export, without tokens"),
  'exporter-endpoint': endpoint().prefault('127.0.0.1:9482').describe('Where that listens: ADDRESS:PORT'),
  'exporter-profile': z.enum(PROFILES).default('vpp-v2').describe('The profile that it shows'),
});

export type MetricsConfig = z.output<typeof metricsConfig>;
