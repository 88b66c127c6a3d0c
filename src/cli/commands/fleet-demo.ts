import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { DemoAgent } from '../fleet/demo/demo-agent.js';
import type { Host } from '../host.js';
import { makeFolder } from '../init/write-new.js';
import { hanging } from '../output/hanging.js';
import { footer } from '../output/help-layout.js';

const NOTE = `
Agents and mocks run in this process until Ctrl-C. What was rolled out stays in the folder: the next demo there goes on with it. Files that
are there already are kept.`;

const MOST = 20;

interface DemoFlags {
  readonly agents: number;
  readonly dir: string;
}

export function fleetDemoCommand(host: Host): Command {
  return new Command('demo')
    .summary('run some agents with mocks, to try all of this')
    .description('Runs a fleet of agents, each with a mock of VPP, on a folder; no etcd is needed.')
    .option('-n, --agents <count>', 'number of agents', countOf, 3)
    .requiredOption('--dir <folder>', 'the folder for all of it')
    .addHelpText('after', footer(NOTE))
    .action((flags: DemoFlags) => demo(host, flags));
}

async function demo(host: Host, { agents: count, dir }: DemoFlags): Promise<void> {
  const { createLog } = await import('../../agent/index.js');
  const { startDemoAgent } = await import('../fleet/demo/demo-agent.js');
  const { writeDemoFiles } = await import('../fleet/demo/demo-files.js');
  const folder = resolve(dir);
  const store = join(folder, 'store');
  const labels = Array.from({ length: count }, (_, at) => `edge${at + 1}`);
  makeFolder(folder, 0o700);
  const files = writeDemoFiles(folder, labels);
  const log = createLog({ level: 'error' });
  const agents: DemoAgent[] = [];
  try {
    for (const label of labels) {
      if (host.signal.aborted) break;
      agents.push(await startDemoAgent({ label, store, state: join(folder, 'agents', label), log }));
    }
    await connected(store, labels, host.signal);
    if (!host.signal.aborted) await say(host, { agents, store, files });
    await new Promise<void>((end) => {
      if (host.signal.aborted) end();
      else host.signal.addEventListener('abort', () => end(), { once: true });
    });
  } finally {
    await Promise.all(agents.map((each) => each.close()));
  }
}

/** Resolves when the fleet knows all of them, or the signal is aborted. */
async function connected(folder: string, labels: readonly string[], signal: AbortSignal): Promise<void> {
  const { openFolderStore, FleetKeys } = await import('../../fleet/index.js');
  const store = await openFolderStore(folder);
  const keys = new FleetKeys();
  const left = new Set(labels.map((label) => keys.state(label)));
  try {
    for await (const item of store.watch({ prefix: keys.agents }, { signal })) {
      const found = item.kind === 'snapshot' ? item.kvs : item.changes;
      for (const { key } of found) left.delete(key);
      if (left.size === 0) return;
    }
  } finally {
    await store.close();
  }
}

interface Running {
  readonly agents: readonly DemoAgent[];
  readonly store: string;
  readonly files: string;
}

async function say(host: Host, { agents, store, files }: Running): Promise<void> {
  const { out } = host;
  const rows = agents.map(({ label, url, socket }) => [label, url, `VPP_API_SOCKET=${socket}`]);
  for (const line of hanging(rows, out.width)) await out.line(line);
  await out.line('');
  await out.line('In another terminal:');
  const steps = [
    [`  export VPPMUX_FLEET=${store}`, ''],
    ['  vppmux fleet status', `${agents.length} agents without a wish`],
    [`  vppmux fleet diff ${files}`, 'what these files would change'],
    [`  vppmux fleet apply ${files}`, 'rolls them out, an agent a wave'],
    ['  vppmux fleet status --agents', ''],
    ['  vppmux fleet rollback', 'goes back'],
  ];
  for (const [command, remark] of steps) await out.line(remark === '' ? command : `${command}   # ${remark}`);
  await out.flush();
  host.note('Ctrl-C ends it');
}

function countOf(text: string): number {
  const count = /^[1-9]\d?$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MOST) return count;
  throw new InvalidArgumentError(`it must be a number from 1 to ${MOST}.`);
}
