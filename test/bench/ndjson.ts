/** `vppmux dump` to a pipe, beside decoding and JSON.stringify of the same message in a plain loop. */
import { join } from 'node:path';
import { type Benchmark, client, type Group, type Setting } from './bench.js';
import type { PlainJson } from './clients/plain-json.js';
import { command } from './command.js';
import type { Sample } from './figures.js';

const dump: Benchmark = { name: 'dump, ndjson', run: measure };

export const NDJSON: Group = {
  title:
    'dump, ndjson: vppmux dump ip_route_v2_dump into a pipe, the whole process (ratio: to decoding + JSON.stringify)',
  benchmarks: [dump],
};

async function measure(setting: Setting): Promise<Sample[]> {
  const { server, routes, shared } = setting;
  if (!server.isFast) return [];
  const body = join(shared, 'bench', 'ip_route_v2_details-26.06.bin');
  const plain = await client<PlainJson>(setting, 'plain-json', [server.apiDir, 'ip_route_v2_details', body, routes]);
  const args = ['dump', 'ip_route_v2_dump', '--socket', server.socket, '--api-dir', server.apiDir];
  const { cpuSeconds, peak, seconds } = await command(setting, args);
  return [
    { name: 'dump, ndjson: CPU of a row', unit: 'µs', value: (cpuSeconds / routes) * 1e6, yardstick: plain.cpu },
    { name: 'dump, ndjson: rows', unit: '/s', value: routes / seconds },
    { name: 'dump, ndjson: most memory', unit: 'MiB', value: peak },
  ];
}
