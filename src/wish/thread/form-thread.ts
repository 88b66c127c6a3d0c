/** A wish's text that is read by a thread of its own; this is the side of the thread that waits for it. */

import { type ResourceLimits, Worker } from 'node:worker_threads';
import { reasonOf } from '../../thrown.js';
import type { WishForm } from '../form.js';
import { builtInKinds } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';
import type { Problem } from '../problem.js';
import type { Place } from '../read-yaml.js';
import { formsOf } from '../sections.js';
import type { FormReader } from './form-reader.js';
import type { Answer, Question, Task } from './messages.js';
import { join, type Piece } from './pieces.js';

export interface FormThreadOptions {
  readonly text: string;
  readonly kinds: readonly Kind[];
  /** Path of `main.js`. */
  readonly file: string;
  readonly signal?: AbortSignal;
  /** Default: those of the process. */
  readonly limits?: ResourceLimits;
}

/**
 * The secrets of the environment are none of its business. Nor are options of the program: a thread refuses `--input-type`, and would run
 * what `--require` names once more. The limit of `--max-old-space-size` holds for it all the same.
 */
const OPTIONS = { name: 'wish', env: {}, execArgv: [] };

export class FormThread implements FormReader {
  private readonly worker: Worker;
  private waiting: { resolve(answer: Answer): void; reject(reason: unknown): void } | undefined;
  private failure: { readonly reason: unknown } | undefined;
  private isOutOfMemory = false;
  private readonly abort = () => this.fail(this.options.signal?.reason);

  /** Throws where the program may not make threads. */
  constructor(private readonly options: FormThreadOptions) {
    const { text, kinds, file, signal, limits } = options;
    const builtIn = formsOf(builtInKinds);
    const sections = [...formsOf(kinds)].map(([key, form]) => ({ key, isBuiltIn: builtIn.get(key) === form }));
    const workerData: Task = { text, sections };
    this.worker = new Worker(file, { ...OPTIONS, workerData, ...(limits && { resourceLimits: limits }) });
    this.worker.on('message', (answer: Answer) => this.answered(answer));
    this.worker.on('messageerror', (error) => this.fail(error));
    this.worker.on('error', (error) => this.died(error));
    this.worker.on('exit', (code) => this.fail(new Error(`the thread that reads it has ended, with code ${code}`)));
    signal?.addEventListener('abort', this.abort);
  }

  /** Rejects where the thread ends too early, and with the signal's reason. */
  async form(): Promise<WishForm> {
    const form = {};
    try {
      for (;;) {
        const piece = (await this.ask({ ask: 'piece' })) as Piece | null;
        if (piece === null) return form as WishForm;
        join(form, piece);
      }
    } catch (error) {
      if (!this.isOutOfMemory) throw error;
      const message =
        'it takes more memory to read than a thread may have: make it smaller, or give Node more (--max-old-space-size)';
      const problem = { path: [], message, place: { line: 1, column: 1 } };
      return { file: undefined, sections: [], problems: [problem], warnings: [] };
    }
  }

  async places(paths: readonly Problem['path'][]): Promise<readonly Place[]> {
    return (await this.ask({ ask: 'places', paths })) as readonly Place[];
  }

  async end(): Promise<void> {
    this.options.signal?.removeEventListener('abort', this.abort);
    await this.worker.terminate();
  }

  private ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) return reject(this.failure.reason);
      this.waiting = { resolve, reject };
      this.worker.postMessage(question);
    });
  }

  private answered(answer: Answer): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(answer);
  }

  private died(error: NodeJS.ErrnoException): void {
    this.isOutOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    this.fail(new Error(`the thread that reads it has failed: ${reasonOf(error)}`, { cause: error }));
  }

  /** The first reason counts. */
  private fail(reason: unknown): void {
    this.failure ??= { reason };
    this.waiting?.reject(this.failure.reason);
    this.waiting = undefined;
  }
}
