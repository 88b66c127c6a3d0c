/**
 * Input and output of a command: the process's streams, or a test's. Commands know only this.
 */

import { fstatSync, writeSync } from 'node:fs';
import { type JobListener, suspendJob, watchJob } from './job-control.js';
import { writeEagerly } from './output/eager-write.js';
import { whenReaderGone } from './output/pipe-reader.js';

export interface OutputStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  /** Its lines. */
  readonly rows?: number;
  /** Bytes that wait to be written. */
  readonly writableLength?: number;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
export type Signal = (typeof SIGNALS)[number];

export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  /** Whether standard input can have fields: a pipe or a file, not a terminal or /dev/null. */
  readonly stdinIsData: boolean;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls `listener` at each signal, once for each key press; returns the function that undoes it. */
  onSignal(listener: (signal: Signal) => void): () => void;
  /** Calls `listener` when nobody reads standard output any more, as far as that can be known; returns the function that undoes it. */
  onReaderGone(listener: () => void): () => void;
  /** Writes to standard output, past its stream, what a reader that keeps up takes of `bytes`; gives how many. */
  writeEagerly?(bytes: Uint8Array): number;
  /** Ends the program immediately, without cleaning up. */
  exit(code: number): void;
  /** Tells a program that owns the terminal when it is suspended, goes on, and ends; returns the function that undoes it. */
  onJob(listener: JobListener): () => void;
  /** Suspends the program, as the terminal does for Ctrl-Z. */
  suspend(): void;
  /** Writes to the terminal of standard output past what waits to be written; for the end of the process. */
  writeNow(text: string): void;
}

export function processIo(): Io {
  return {
    stdin: process.stdin,
    stdinIsData: isData(0),
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    onSignal(listener) {
      const heard = withoutEchoes(listener, () => performance.now());
      for (const signal of SIGNALS) process.on(signal, heard);
      return () => {
        for (const signal of SIGNALS) process.off(signal, heard);
      };
    },
    onReaderGone: (listener) => whenReaderGone(1, listener),
    writeEagerly: (bytes) => writeEagerly(1, bytes),
    exit: (code) => process.exit(code),
    onJob: watchJob,
    suspend: suspendJob,
    writeNow(text) {
      try {
        writeSync(1, text);
      } catch {
        // The terminal is gone, or takes nothing.
      }
    },
  };
}

function isData(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return stat.isFIFO() || stat.isSocket() || stat.isFile();
  } catch {
    // Closed (`<&-`): nothing will come from it.
    return false;
  }
}

/**
 * npm passes on the SIGINT that the terminal has sent to the whole process group already, so one Ctrl-C under
 * `npm start` arrives twice, less than a millisecond apart. What comes this soon after another is the same key press.
 */
const ECHO_MS = 250;

/** `listener` without the echoes of signals that it has had. `now` in milliseconds. */
export function withoutEchoes<T>(listener: (signal: T) => void, now: () => number): (signal: T) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (signal) => {
    const at = now();
    const isEcho = at - last < ECHO_MS;
    last = at;
    if (!isEcho) listener(signal);
  };
}
