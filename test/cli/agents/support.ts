/** A user's private folder with the entries of agents, as tests want them. */

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentRecord } from '../../../src/cli/agents/running-agents.js';
import { pidNamespace, processStart } from '../../../src/process-identity.js';
import { directoryWith } from '../../agent/support.js';

/** A record as it stands in its file. */
type RecordOf<T> = Partial<Omit<T, 'dataplanes' | 'statsSockets'>> & {
  readonly dataplanes?: Readonly<Record<string, string>>;
  readonly statsSockets?: Readonly<Record<string, string>>;
};

/** The environment in which the agents of `records` are found. Those without a `pid` are this process: they run. */
export function environmentWith(...records: (RecordOf<AgentRecord> | string)[]) {
  const runtime = directoryWith({});
  chmodSync(runtime, 0o700);
  const folder = join(runtime, 'vppmux', 'agents');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  records.forEach((record, at) => {
    const own = { pid: process.pid, started: processStart(process.pid) };
    const text = typeof record === 'string' ? record : JSON.stringify({ ...own, ...record });
    writeFileSync(join(folder, `${pidNamespace()}-${at + 1}.json`), text);
  });
  return { XDG_RUNTIME_DIR: runtime, TMPDIR: runtime, VPPMUX_AGENT: '' };
}
