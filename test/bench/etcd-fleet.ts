/** A fleet of agents on one real etcd. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { client, type Group, type Setting } from './bench.js';
import type { FleetFigures } from './clients/etcd-fleet.js';
import type { Sample } from './figures.js';

const SIZES = [100, 300, 1000];
const WISHES = 10;

const isThere = () => spawnSync(process.env.VPPMUX_ETCD ?? 'etcd', ['--version']).status === 0;

export const ETCD_FLEET: Group = {
  title: 'a fleet on etcd: members over dataplanes that do nothing, each with a connection of its own (needs etcd)',
  benchmarks: [{ name: 'fleet on etcd', run: measure }],
};

async function measure(setting: Setting): Promise<Sample[]> {
  if (!isThere()) return [];
  const all: Sample[] = [];
  for (const size of setting.quick ? [100] : SIZES) {
    all.push(...samples(size, await client<FleetFigures>(setting, 'etcd-fleet', [size, WISHES])));
  }
  return all;
}

function samples(size: number, figures: FleetFigures): Sample[] {
  const { start, seen, bare, restarted, killed, lost, idle, again, agentBytes, etcdBytes } = figures;
  const of = (what: string) => `fleet of ${size.toLocaleString('en-US')}: ${what}`;
  const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
  const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  return [
    {
      ...{ name: of('started, all of them there'), unit: 'ms', value: start.ms },
      note: `${start.requests.toFixed(1)} requests each; load ${load}`,
    },
    { name: of('requests of one at its start'), unit: '×', value: start.requests },
    {
      ...{ name: of('a wish for all, carried out by all, p99'), unit: 'ms', value: seen.p99, yardstick: bare.p99 },
      note: `median ${seen.p50.toFixed(0)} ms, last ${seen.max.toFixed(0)} ms`,
    },
    {
      ...{ name: of('all restarted at once, all of them there'), unit: 'ms', value: restarted.ms },
      note: `${restarted.requests.toFixed(1)} requests each; ${again} carried out anew`,
    },
    { name: of('requests of one after a restart'), unit: '×', value: restarted.requests },
    {
      ...{ name: of('etcd killed, the next wish carried out by all'), unit: 'ms', value: killed.ms },
      note: `${killed.requests.toFixed(1)} requests each; ${killed.missing} states missing then`,
    },
    { name: of('requests of one after that'), unit: '×', value: killed.requests },
    { name: of(`one lost, lease of ${lost.ttl} s`), unit: 'ms', value: lost.ms },
    {
      ...{ name: of('requests of one, a minute idle'), unit: '×', value: idle.requests },
      note: `${idle.messages.toFixed(1)} messages on watches`,
    },
    { name: of('memory of one'), unit: 'B', value: agentBytes, note: `etcd: ${mib(etcdBytes)}` },
  ];
}
