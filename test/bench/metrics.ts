/** The cost of a scrape of VPP's counters, and what pings beside it feel of it. */
import { client, type Group } from './bench.js';
import type { Scraped } from './clients/scrape.js';

const count = (n: number) => n.toLocaleString('en-US');

export const METRICS: Group = {
  title: 'metrics: a scrape of 1,000 interfaces × 4 threads each second, and a channel that pings',
  benchmarks: [
    {
      name: 'metrics',
      async run(setting) {
        const { socket, apiDir } = setting.server;
        const seconds = setting.quick ? 2 : 5;
        const measured = await client<Scraped>(setting, 'scrape', [socket, apiDir, setting.scratch, seconds]);
        const { alone, beside, profiles, scrapes, pings } = measured;
        return [
          ...(['vppmux', 'vpp-v2'] as const).map((profile) => ({
            name: `metrics: CPU of 10,000 series, ${profile}`,
            unit: 'ms' as const,
            value: profiles[profile].cpuPer10k,
            note: `${count(profiles[profile].series)} series, ${(profiles[profile].bytes / 2 ** 20).toFixed(1)} MiB, ${profiles[profile].cpu.toFixed(0)} ms in all`,
          })),
          { name: 'metrics: ping, p99 alone', unit: 'µs', value: alone.p99 },
          {
            name: 'metrics: ping, p99 beside scrapes',
            unit: 'µs',
            value: beside.p99,
            note: `${count(pings)} pings, ${scrapes} scrapes`,
          },
          { name: 'metrics: p99 beside scrapes, of the p99 alone', unit: '×', value: beside.p99 / alone.p99 },
        ];
      },
    },
  ],
};
