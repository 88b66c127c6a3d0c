/** A VPP to throw away: started in a folder of its own, and started anew when a message has ended it. */

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../dist/src/mux/index.js';

const START_MS = 60_000;
/** Something for the messages to find; what a VPP lacks is refused there. */
const SETUP = [
  'create loopback interface',
  'set interface state loop0 up',
  'set interface ip address loop0 192.0.2.1/24',
  'create loopback interface',
  'create sub-interfaces loop0 7',
];

export class ThrowAwayVpp {
  /** `extra`: words for VPP's configuration, as `plugins { path DIR }`. */
  constructor(bin, extra = []) {
    this.bin = bin;
    this.extra = extra;
    this.folder = mkdtempSync(join(tmpdir(), 'vppmux-try-'));
    this.socket = join(this.folder, 'api.sock');
  }

  async start() {
    rmSync(this.socket, { force: true });
    const sections = [
      `unix { nodaemon nosyslog nobanner cli-listen ${this.folder}/cli.sock runtime-dir ${this.folder} coredump-size 0 poll-sleep-usec 1000 }`,
      `api-segment { prefix ${this.folder.split('/').at(-1)} } socksvr { socket-name ${this.socket} }`,
      `statseg { socket-name ${this.folder}/stats.sock } buffers { buffers-per-numa 8192 page-size 4K }`,
      'memory { main-heap-size 1G main-heap-page-size 4K } physmem { max-size 256m }',
    ];
    this.child = spawn(this.bin, [...sections.join(' ').split(' '), ...this.extra], { stdio: 'ignore' });
    this.death = undefined;
    this.ended = new Promise((resolve) => {
      const end = (how) => {
        this.death = how;
        resolve(how);
      };
      this.child.once('error', (error) => end(error.message));
      this.child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    });
    for (const end = Date.now() + START_MS; !existsSync(this.socket); await sleep(100)) {
      if (this.death) throw new Error(`${this.bin} did not start: ${this.death}`);
      if (Date.now() > end) throw new Error(`${this.bin} made no socket within ${START_MS / 1000} s`);
    }
    const health = { probe: false };
    this.connection = await connect({ socket: this.socket, unsafe: true, health, name: 'try-messages' });
    this.channel = this.connection.channel();
    for (const cmd of SETUP) await this.channel.request('cli_inband', { cmd }).catch(() => undefined);
  }

  /** Cause of its death, after a moment's wait where the connection was lost; undefined while it lives. */
  async diedOf() {
    return this.death ?? (await Promise.race([this.ended, sleep(2000)]));
  }

  async stop() {
    this.connection?.destroy();
    this.child?.kill('SIGKILL');
    await this.ended;
  }

  async remove() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
    // A VPP that was killed leaves its shared memory behind.
    const prefix = this.folder.split('/').at(-1);
    for (const segment of ['global_vm', 'vpe-api']) rmSync(`/dev/shm/${prefix}-${segment}`, { force: true });
  }
}
