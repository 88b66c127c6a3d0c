/**
 * Lines to a stream, gathered into larger writes, with the stream's backpressure handed on: `line` gives a promise
 * when the reader is behind. A reader that goes away (`| head`) is no error; `onGone` is called so that the work can stop.
 *
 * All that a command prints goes through here, and nothing in it acts on the terminal but the colour of a mark of ours:
 * see printable.ts. A pipe gets lines of any length, a terminal at most `TERMINAL_LINE` characters of each.
 */

import { jsonLine } from '../../mux/for-cli.js';
import { bounded, printable } from '../../printable.js';
import type { OutputStream } from '../io.js';
import { terminalWidth } from './terminal-width.js';
import { wrapped } from './wrap.js';

const CHUNK_CHARACTERS = 65_536;
const TERMINAL_LINE = 100_000;

export class LineWriter {
  /** Set once the stream failed; `undefined` while it works. */
  failure: NodeJS.ErrnoException | undefined;
  private waiting = '';
  private scheduled = false;
  private drained: Promise<void> | undefined;

  constructor(
    private readonly stream: OutputStream,
    private readonly onGone: () => void,
    private readonly env: Readonly<Record<string, string | undefined>> = {},
    /** Writes what it can of some bytes past the stream; gives how many. */
    private readonly eagerly: (bytes: Uint8Array) => number = () => 0,
  ) {
    stream.on('error', (error: NodeJS.ErrnoException) => this.fail(error));
  }

  /** Ends the output as if a write had failed for want of a reader. */
  readerLeft(): void {
    this.fail(Object.assign(new Error('nobody reads the output any more'), { code: 'EPIPE' }));
  }

  private fail(error: NodeJS.ErrnoException): void {
    this.failure ??= error;
    this.waiting = '';
    this.onGone();
  }

  get isTerminal(): boolean {
    return this.stream.isTTY === true;
  }

  /** Columns in a line of the terminal; Infinity when it is none. */
  get width(): number {
    return terminalWidth(this.stream, this.env);
  }

  /** Whether the reader closed its end; nothing more can be written, and nothing need be said about it. */
  get readerGone(): boolean {
    return this.failure?.code === 'EPIPE' || this.failure?.code === 'ERR_STREAM_DESTROYED';
  }

  /**
   * Writes a line as it is, soon: JSON, or what has been laid out for `width`. Wait for the promise, when there is
   * one, before the next line.
   */
  line(text: string): Promise<void> | undefined {
    return this.put(this.shown(text));
  }

  /** `value` as a line of JSON. */
  json(value: unknown): Promise<void> | undefined {
    return this.line(jsonLine(value));
  }

  /** Whole lines that are safe to print, as they are, after all that was written before. */
  bytes(lines: Uint8Array): Promise<void> | undefined {
    this.flush();
    if (this.failure) return undefined;
    const written = this.stream.writableLength === 0 ? this.eagerly(lines) : 0;
    if (written < lines.length && !this.stream.write(lines.subarray(written))) this.drained ??= this.untilDrained();
    return this.drained;
  }

  /** Text for people: what is too wide for the terminal wraps, indented by `hang`. */
  text(text: string, hang = 0): Promise<void> | undefined {
    const shown = this.shown(text);
    return this.put(this.isTerminal ? wrapped(shown, this.width, hang).join('\n') : shown);
  }

  /** A line that begins with `mark` in a colour (its SGR number). */
  marked(mark: string, colour: number, text: string): Promise<void> | undefined {
    return this.put(`\u001b[${colour}m${mark}\u001b[0m ${this.shown(text)}`);
  }

  /** Lines in the place of all that the terminal shows, as many as it has room for. */
  screen(lines: readonly string[]): Promise<void> | undefined {
    const shown = lines.flatMap((line) => wrapped(this.shown(line), this.width, 2));
    const room = (this.stream.rows ?? Number.POSITIVE_INFINITY) - 1;
    const rest = shown.length - room + 1;
    const kept = shown.length <= room ? shown : [...shown.slice(0, room - 1), `… ${rest} more lines`];
    return this.put(`\u001b[H\u001b[2J${kept.join('\n')}`);
  }

  private shown(text: string): string {
    const safe = printable(text);
    if (!this.isTerminal || safe.length <= TERMINAL_LINE) return safe;
    const lines = safe.split('\n');
    return lines.map((line) => bounded(line, TERMINAL_LINE)).join('\n');
  }

  private put(line: string): Promise<void> | undefined {
    if (this.failure) return undefined;
    this.waiting += `${line}\n`;
    if (this.waiting.length >= CHUNK_CHARACTERS) return this.flush();
    if (!this.scheduled) {
      this.scheduled = true;
      setImmediate(() => {
        this.scheduled = false;
        void this.flush();
      });
    }
    return this.drained;
  }

  /** Hands everything gathered to the stream; the promise is there when the stream wants a pause. */
  flush(): Promise<void> | undefined {
    if (this.waiting !== '' && !this.failure) {
      const text = this.waiting;
      this.waiting = '';
      if (!this.stream.write(text)) this.drained ??= this.untilDrained();
    }
    return this.drained;
  }

  /** Resolves when all lines have left this program, or cannot any more. */
  async end(): Promise<void> {
    this.flush();
    if (this.failure) return;
    await new Promise<void>((resolve) => {
      this.stream.once('error', () => resolve());
      this.stream.write('', () => resolve());
    });
  }

  private untilDrained(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.stream.removeListener('drain', done);
        this.stream.removeListener('error', done);
        this.drained = undefined;
        resolve();
      };
      this.stream.on('drain', done);
      this.stream.on('error', done);
    });
  }
}
