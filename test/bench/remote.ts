/** An agent's WebSocket on the loopback, with connectRemote on its other side; and beside it the same over VPP's own socket. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { type BenchAgent, withAgent } from './agent.js';
import { client, type Group, PROJECT, type Setting } from './bench.js';
import type { Requests, Rows } from './clients/remote.js';
import type { Sample } from './figures.js';

const REQUESTS = 20_000;
/** Milliseconds between two looks at the agent's memory. */
const LOOK_MS = 20;
const vppmux = join(PROJECT, 'bin', 'vppmux.js');

export const REMOTE: Group = {
  title: 'remote: an agent between, on the loopback (beside the same without it)',
  benchmarks: [
    {
      name: 'remote, requests',
      run: (setting) => withAgent(setting, setting.server, (agent) => requests(setting, agent)),
    },
    { name: 'remote, dump', run: (setting) => withAgent(setting, setting.server, (agent) => dump(setting, agent)) },
    { name: 'remote, rest', run: (setting) => withAgent(setting, setting.server, (agent) => rest(setting, agent)) },
  ],
};

async function requests(setting: Setting, { url }: BenchAgent): Promise<Sample[]> {
  const { socket, apiDir } = setting.server;
  const n = setting.quick ? REQUESTS / 10 : REQUESTS;
  const local = await client<Requests>(setting, 'remote', ['requests', socket, apiDir, n]);
  const remote = await client<Requests>(setting, 'remote', ['requests', url, apiDir, n]);
  return [
    { name: 'remote: requests one by one, median', unit: 'µs', value: remote.median, yardstick: local.median },
    { name: 'remote: requests one by one, p99', unit: 'µs', value: remote.p99, yardstick: local.p99 },
  ];
}

/** Whole processes, from their start to their end: a million rows to NDJSON, and over the WebSocket to a program. */
async function dump(setting: Setting, agent: BenchAgent): Promise<Sample[]> {
  const { routes, server } = setting;
  const local = await localDump(setting);
  const remote = await watched(agent, () =>
    client<Rows>(setting, 'remote', ['dump', agent.url, server.apiDir, routes]),
  );
  const { rows, memory } = remote.value;
  if (rows !== routes) throw new Error(`${rows} rows came in place of ${routes}`);
  return [
    { name: 'remote: route dump', unit: '/s', value: rows / remote.seconds, yardstick: routes / local },
    { name: 'remote: route dump, memory of the client over the start', unit: 'MiB', value: memory / 2 ** 20 },
    { name: 'remote: route dump, memory of the agent over the start', unit: 'MiB', value: remote.memory / 2 ** 20 },
  ];
}

/** The same as lines of JSON over REST, read by a program that counts them. */
async function rest(setting: Setting, agent: BenchAgent): Promise<Sample[]> {
  const { routes } = setting;
  const local = await localDump(setting);
  const url = `${agent.url}/vpp/ip_route_v2_dump`;
  const remote = await watched(agent, () => client<{ readonly lines: number }>(setting, 'rest', [url]));
  const { lines } = remote.value;
  // The mock has some routes of its own.
  if (lines < routes) throw new Error(`${lines} lines came in place of ${routes}`);
  return [
    { name: 'remote: route dump over REST', unit: '/s', value: routes / remote.seconds, yardstick: routes / local },
    {
      name: 'remote: route dump over REST, memory of the agent over the start',
      unit: 'MiB',
      value: remote.memory / 2 ** 20,
    },
  ];
}

/** Seconds of `vppmux dump` to NDJSON. */
async function localDump({ node, server: { socket, apiDir } }: Setting): Promise<number> {
  const definitions = apiDir === '-' ? [] : ['--api-dir', apiDir];
  // A shell gives it /dev/null, which nothing has to read.
  const command = [node, vppmux, 'dump', 'ip_route_v2_dump', '--json', '--socket', socket, ...definitions];
  const { seconds } = await timed(() => promisify(execFile)('sh', ['-c', 'exec "$@" > /dev/null', 'sh', ...command]));
  return seconds;
}

/** `memory`: the most bytes that the agent had over the start of `work`. */
async function watched<T>(agent: BenchAgent, work: () => Promise<T>) {
  const before = agent.memory();
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, agent.memory());
  }, LOOK_MS);
  try {
    return { ...(await timed(work)), memory: most - before };
  } finally {
    clearInterval(look);
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly seconds: number }> {
  const start = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - start) / 1000 };
}
