/** The scripts of deploy/etcd, as a person calls them, on free ports of the loopback. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './built.js';
import { type EtcdTls, freePorts } from './etcd.js';

export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class EtcdScripts {
  /** Everything that they make is in here. */
  readonly folder = mkdtempSync(join(tmpdir(), 'vppmux-deploy-etcd-'));
  private ports: readonly number[] = [];

  /** Calls a script; throws with its words where it fails. */
  run(script: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = this.tryRun(script, ...args);
    if (status !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${status}:\n${stderr}`);
    return stdout;
  }

  tryRun(script: string, ...args: readonly string[]): Said {
    const env = { ...process.env, ENDPOINTS: this.endpoints.join(), CERTIFICATES: 'certificates', PREFIX: '/vppmux' };
    const path = join(root, 'deploy/etcd', script);
    const { status, stdout, stderr } = spawnSync(path, args, { cwd: this.folder, env, encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  get endpoints(): string[] {
    return this.ports.slice(0, 3).map((port) => `https://127.0.0.1:${port}`);
  }

  /** Starts three members over TLS, whose data are in `data`. */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      this.ports = await freePorts(6);
      const [clients, peers] = [this.ports.slice(0, 3).join(), this.ports.slice(3).join()];
      const ports = ['--client-ports', clients, '--peer-ports', peers];
      const { status, stderr } = this.tryRun(
        'three-members.sh',
        'start',
        'data',
        '--certificates',
        'certificates',
        ...ports,
      );
      if (status === 0) return;
      this.stop();
      // A port may have been taken meanwhile by another test.
      if (attempt === 5 || !stderr.includes('address already in use')) throw new Error(stderr);
    }
  }

  /** `kill -9` */
  kill(member: number): void {
    process.kill(Number(readFileSync(join(this.folder, `data/m${member}.pid`), 'utf8')), 'SIGKILL');
  }

  /** The files of a client, for its options. */
  tls(user: string, folder = 'certificates'): EtcdTls {
    const at = (name: string) => join(this.folder, folder, name);
    return { ca: join(this.folder, 'certificates/ca.pem'), cert: at(`${user}.pem`), key: at(`${user}.key`) };
  }

  private stop(): void {
    this.tryRun('three-members.sh', 'stop', 'data');
    rmSync(join(this.folder, 'data'), { recursive: true, force: true });
  }

  remove(): void {
    this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
