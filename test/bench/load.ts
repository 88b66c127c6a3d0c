/** `vppmux load` of a file of routes, the whole process, beside a program that adds the same routes on a connection it has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Benchmark, client, type Group, type Setting } from './bench.js';
import type { RoutesOnce } from './clients/routes-once.js';
import { command } from './command.js';
import type { Sample } from './figures.js';

const load: Benchmark = { name: 'load', run: measure };

export const LOAD: Group = {
  title:
    'load: vppmux load of 200,000 routes, from its start to its result (ratio: to the first time that a program adds them)',
  benchmarks: [load],
};

async function measure(setting: Setting): Promise<Sample[]> {
  const { server, quick, scratch } = setting;
  const routes = quick ? 20_000 : 200_000;
  const file = join(scratch, 'routes.txt');
  const lines = Array.from(
    { length: routes },
    (_, i) => `add 10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/32 via 192.0.2.1\n`,
  );
  writeFileSync(file, lines.join(''));
  const where = server.apiDir === '-' ? [] : ['--api-dir', server.apiDir];
  const args = ['load', file, '--socket', server.socket, ...where];
  // The first run of a build keeps what later ones take.
  await command(setting, args);
  const once = await client<RoutesOnce>(setting, 'routes-once', [server.socket, server.apiDir, routes]);
  const { firstOutput, cpuSeconds, peak } = await command(setting, args);
  return [
    { name: 'load: routes', unit: '/s', value: routes / firstOutput, yardstick: routes / once.seconds },
    {
      name: 'load: CPU of a route',
      unit: 'µs',
      value: (cpuSeconds / routes) * 1e6,
      yardstick: (once.cpuSeconds / routes) * 1e6,
    },
    { name: 'load: most memory', unit: 'MiB', value: peak },
  ];
}
