/**
 * The real etcd, started for a test on free ports of the loopback with a folder of its own. `VPPMUX_ETCD` names another program than
 * the `etcd` of the path.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { toolsMissing } from './tools.js';

const PROGRAM = process.env.VPPMUX_ETCD ?? 'etcd';

/** Reason why etcd cannot be tested here; undefined where it can. */
export const etcdMissing = (...tools: readonly string[]) => toolsMissing(PROGRAM, ...tools);

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface EtcdTls {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export interface EtcdOptions {
  /** Clients need a certificate of this CA. */
  readonly tls?: EtcdTls;
  readonly args?: readonly string[];
}

/** One member, which can be killed, stopped and started again with its data. */
export class EtcdMember {
  private child: ChildProcess | undefined;

  constructor(
    readonly name: string,
    readonly url: string,
    private readonly args: readonly string[],
    private readonly folder: string,
  ) {}

  /** Resolves when it serves; rejects with its last words where it ends. */
  async start(): Promise<void> {
    const child = spawn(PROGRAM, this.args, { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    const said: string[] = [];
    const lines = createInterface({ input: child.stderr as NodeJS.ReadableStream });
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (line) => {
        if (said.length < 200) said.push(line);
        if (line.includes('serving client traffic')) resolve();
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`etcd ended with ${code}: ${said.slice(-5).join('\n')}`)));
    });
  }

  /** `kill -9` */
  async kill(): Promise<void> {
    await this.signal('SIGKILL');
  }

  /** Ends it in order. */
  async end(): Promise<void> {
    await this.signal('SIGTERM');
  }

  /** Stops the process as it is, until `resume`. */
  suspend(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** Removes its data: as if its disk had been lost. */
  forget(): void {
    rmSync(join(this.folder, this.name), { recursive: true, force: true });
  }

  private async signal(name: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const over = once(child, 'exit');
    child.kill(name);
    if (name !== 'SIGKILL') child.kill('SIGCONT');
    await over;
  }
}

export interface EtcdCluster {
  readonly members: readonly EtcdMember[];
  readonly endpoints: readonly string[];
  /** Kills all of it, and removes its data. */
  close(): Promise<void>;
}

/** Starts `count` members that form one cluster. */
export async function startEtcd(count = 1, options: EtcdOptions = {}): Promise<EtcdCluster> {
  for (let attempt = 1; ; attempt++) {
    const cluster = await makeCluster(count, options);
    try {
      await Promise.all(cluster.members.map((member) => member.start()));
      return cluster;
    } catch (error) {
      await cluster.close();
      // A port may have been taken meanwhile by another test.
      if (attempt === 5 || !`${error}`.includes('address already in use')) throw error;
    }
  }
}

async function makeCluster(count: number, { tls, args = [] }: EtcdOptions): Promise<EtcdCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-etcd-'));
  const ports = await freePorts(2 * count);
  const peers = Array.from({ length: count }, (_, i) => `m${i}=http://127.0.0.1:${ports[count + i]}`).join(',');
  const scheme = tls ? 'https' : 'http';
  const secured = tls
    ? [`--cert-file=${tls.cert}`, `--key-file=${tls.key}`, `--trusted-ca-file=${tls.ca}`, '--client-cert-auth']
    : [];
  const members = Array.from({ length: count }, (_, i) => {
    const url = `${scheme}://127.0.0.1:${ports[i]}`;
    const peer = `http://127.0.0.1:${ports[count + i]}`;
    const all = [
      ...[`--name=m${i}`, `--data-dir=${join(folder, `m${i}`)}`, '--logger=zap', '--log-outputs=stderr'],
      ...[`--listen-client-urls=${url}`, `--advertise-client-urls=${url}`],
      ...[`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`, `--initial-cluster=${peers}`],
      // Elections within the second.
      ...['--heartbeat-interval=50', '--election-timeout=500', ...secured, ...args],
    ];
    return new EtcdMember(`m${i}`, url, all, folder);
  });
  return {
    members,
    endpoints: members.map(({ url }) => url),
    async close() {
      await Promise.all(members.map((member) => member.kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
