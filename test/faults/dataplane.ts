/** The handle of a mock in a process of its own (mock-process.ts): kill -9, SIGSTOP, SIGCONT, and orders to it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtTree, root } from '../support/built.js';
import type { DataplaneOptions, Order, Told } from './mock-process.js';

export type { DataplaneOptions, Told } from './mock-process.js';

export class Dataplane {
  private readonly waiting = new Map<number, (told: Told) => void>();
  private count = 0;
  private dead = false;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ number, told }: { number: number; told: Told }) => {
      this.waiting.get(number)?.(told);
      this.waiting.delete(number);
    });
    child.once('exit', () => {
      this.dead = true;
    });
  }

  /** A process that stands ready, but does not listen yet. */
  static async standby(options: DataplaneOptions): Promise<Dataplane> {
    const child = fork(compiled('mock-process.js'), [JSON.stringify(options)], {
      serialization: 'advanced',
      execArgv: [],
    });
    const dataplane = new Dataplane(child);
    await Promise.race([
      new Promise<void>((resolve) => dataplane.waiting.set(0, () => resolve())),
      once(child, 'exit').then(() => Promise.reject(new Error('the dataplane ended before it was ready'))),
    ]);
    return dataplane;
  }

  /** One that listens. */
  static async start(options: DataplaneOptions): Promise<Dataplane> {
    const dataplane = await Dataplane.standby(options);
    await dataplane.order({ do: 'listen' });
    return dataplane;
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  /** Resolves when it has been carried out; never, when the process dies before. */
  order(order: Order): Promise<Told> {
    const number = ++this.count;
    return new Promise((resolve) => {
      this.waiting.set(number, resolve);
      this.child.send({ number, order }, () => {}); // a dead one does not hear
    });
  }

  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(signal);
  }

  /** kill -9, and waits until the process is no more. */
  async end(): Promise<void> {
    if (this.dead) return;
    this.signal('SIGKILL');
    await once(this.child, 'exit');
  }
}

/** The compiled program of that name: beside this file, or in `dist` when the tests are run from source. */
export function compiled(name: string): string {
  const beside = fileURLToPath(new URL(name, import.meta.url));
  if (existsSync(beside)) return beside;
  builtTree();
  return join(root, 'dist', 'test', 'faults', name);
}
