/** An agent with the plugin remote, whose callers may do as much as they can. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT, type Setting } from './bench.js';

const PAGE_BYTES = 4096;

export interface BenchAgent {
  /** `http://127.0.0.1:9191`. */
  readonly url: string;
  /** Bytes of memory in use now. */
  memory(): number;
}

/** `vpp`: the socket that it connects to, and where its definitions are; `-`: fetched. */
export async function withAgent<T>(
  { node, scratch }: Setting,
  { socket, apiDir }: { readonly socket: string; readonly apiDir: string },
  work: (agent: BenchAgent) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(scratch, 'agent-'));
  mkdirSync(join(folder, 'conf'));
  const files = {
    'agent.yaml': 'plugins: [govpp, http, remote]\n',
    'govpp.conf': `binapi-socket-path: ${socket}\napi-dir: "${apiDir === '-' ? '' : apiDir}"\n`,
    'http.conf': 'endpoint: 127.0.0.1:0\n',
    'remote.conf': 'calls-per-second: 0\nbytes-per-second: 0\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'conf', name), text);
  const args = [join(PROJECT, 'bin', 'vppmux.js'), 'run', '--config-dir', join(folder, 'conf')];
  const child = spawn(node, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let address: string | undefined;
      child.once('exit', (code) => reject(new Error(`the agent ended with exit code ${code}`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        address ??= /listening at (http:\/\/[^"]+)"/.exec(line)?.[1];
        if (address !== undefined && line.includes('connected to VPP')) resolve(address);
      });
    });
    const memory = () => Number(readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
    return await work({ url, memory });
  } finally {
    child.kill('SIGKILL');
  }
}
