/** Time that a program needs before its first answer. */
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { client, definitionsOf, type Group, PROJECT, type Setting } from './bench.js';
import type { DefinitionsMeasured } from './clients/definitions.js';
import { median, type Sample } from './figures.js';
import { startMockServer } from './server.js';

const run = promisify(execFile);

/** Calls of which the median counts. */
const CALLS = 5;

export const STARTING: Group = {
  title:
    'starting, with all definitions of 26.06 read from their files (yardstick: JSON.parse of them; Node that does nothing)',
  benchmarks: [
    { name: 'import + connect + first reply', run: connecting },
    { name: 'definitions', run: definitions },
    { name: 'cold call', run: coldCall },
  ],
};

async function connecting(setting: Setting): Promise<Sample[]> {
  const { socket, apiDir } = setting.server;
  const { ms } = await client<{ ms: number }>(setting, 'start', [socket, apiDir]);
  return [{ name: 'import + connect + first reply', unit: 'ms', value: ms }];
}

async function definitions(setting: Setting): Promise<Sample[]> {
  const measured = await client<DefinitionsMeasured>(setting, 'definitions', [definitionsOf(setting)]);
  const { messages, load, bareParse, compileAll, encode, decode } = measured;
  const all = `${messages.toLocaleString('en-US')} messages`;
  return [
    { name: 'definitions read and checked', unit: 'ms', value: load, yardstick: bareParse, note: all },
    { name: 'functions of all messages made', unit: 'ms', value: compileAll, note: all },
    { name: 'first encode of a program', unit: 'µs', value: encode.first, note: 'ip_route_add_del_v2' },
    { name: 'first encode of a further message', unit: 'µs', value: encode.further },
    { name: 'first decode of a program', unit: 'µs', value: decode.first, note: 'ip_route_add_del_v2' },
    { name: 'first decode of a further message', unit: 'µs', value: decode.further },
  ];
}

/** Times the command as its user types it, from its start to its end; the mock answers, since fastvpp cannot. */
async function coldCall(setting: Setting): Promise<Sample[]> {
  const definitionsUsed = definitionsOf(setting);
  const mock = await startMockServer(mkdtempSync(join(setting.scratch, 'mock-')), ['--api-dir', definitionsUsed]);
  const call = ['call', 'show_version', '--socket', mock.socket, '--api-dir', definitionsUsed];
  try {
    // The first call of a build keeps what later ones take.
    await spawned(setting, setting.node, [join(PROJECT, 'bin', 'vppmux.js'), ...call]);
    const times = setting.quick ? 1 : CALLS;
    const all = { bare: [] as number[], direct: [] as number[], npx: [] as number[] };
    // By turns: what else the machine does changes from one moment to the next.
    for (let i = 0; i < times; i++) {
      all.bare.push(await spawned(setting, setting.node, ['-p', '\'"version"\'']));
      all.direct.push(await spawned(setting, setting.node, [join(PROJECT, 'bin', 'vppmux.js'), ...call]));
      all.npx.push(await spawned(setting, 'npx', ['vppmux', ...call]));
    }
    const [bare, direct, throughNpx] = [median(all.bare), median(all.direct), median(all.npx)];
    return [
      { name: 'cold call of show_version', unit: 'ms', value: direct, yardstick: bare, note: 'node bin/vppmux.js' },
      { name: 'cold call of show_version through npx', unit: 'ms', value: throughNpx, yardstick: bare },
    ];
  } finally {
    mock.stop();
  }
}

/** Milliseconds of one run. */
async function spawned({ node }: Setting, command: string, args: readonly string[]): Promise<number> {
  // npx takes the Node that it finds first.
  const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` };
  const start = performance.now();
  const { stdout } = await run(command, args, { cwd: PROJECT, env });
  const taken = performance.now() - start;
  if (!stdout.includes('"version"')) throw new Error(`${command} ${args.join(' ')} printed: ${stdout}`);
  return taken;
}
