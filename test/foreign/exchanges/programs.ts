/** Programs of ours in other languages, on the clients that VPP's users have: VPP's own Python library, and govpp. */

import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { pythonMissing, toolsMissing } from '../../support/tools.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const GO_FOLDER = here('govpp');
/** Keeps Go from downloading: a test whose needs the machine lacks is skipped. */
const OFFLINE = { ...process.env, GOPROXY: 'off', GOFLAGS: '-mod=readonly -buildvcs=false', GOTOOLCHAIN: 'local' };

/** Reason why programs with vpp_papi cannot run; undefined where they can. */
export const papiMissing = pythonMissing('vpp_papi');

/** Reason why programs with govpp cannot be built; undefined where they can. */
export const govppMissing = toolsMissing('go') ?? modulesMissing();

function modulesMissing(): string | undefined {
  const { status } = spawnSync('go', ['list', '-deps', '.'], { cwd: GO_FOLDER, env: OFFLINE });
  return status === 0 ? undefined : `govpp is not there: go mod download, in ${GO_FOLDER}`;
}

/** Figures that a program prints at its end. */
export interface ExchangeFigures {
  readonly exchanges: number;
  readonly events: number;
  /** Answers that do not fit their requests. */
  readonly wrong: readonly string[];
}

/** Builds the program with govpp as the file `path`. */
export function buildGovpp(path: string): void {
  const { status, stderr } = spawnSync('go', ['build', '-o', path, '.'], { cwd: GO_FOLDER, env: OFFLINE });
  if (status !== 0) throw new Error(`the program with govpp does not build: ${stderr}`);
}

/** Python leaves no compiled files in the repository. */
export const papiCommand = ['python3', '-B', here('papi.py')] as const;

/** A program that has connected its clients when `ready` resolves, and works after `go()`. */
export class ForeignProgram {
  readonly ready: Promise<void>;
  readonly figures: Promise<ExchangeFigures>;
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;

  constructor(command: readonly string[]) {
    const [program, ...args] = command;
    this.child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let errors = '';
    this.child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const lines = createInterface(this.child.stdout)[Symbol.asyncIterator]();
    const over = new Promise<never>((_, reject) => {
      this.child.on('error', reject);
      this.child.on('close', (code) => reject(new Error(`${command.join(' ')} ended with ${code}: ${errors}`)));
    });
    const line = async () => (await Promise.race([lines.next(), over])).value ?? over;
    this.ready = line().then(() => {});
    this.figures = this.ready.then(line).then((text) => JSON.parse(text) as ExchangeFigures);
    for (const each of [over, this.ready, this.figures]) each.catch(() => {});
  }

  go(): void {
    this.child.stdin.end('go\n');
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
