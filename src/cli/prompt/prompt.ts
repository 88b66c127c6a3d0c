/** The prompt: reads lines from a terminal and runs one after the other. What is typed meanwhile waits for its turn. */

import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import { type History, MOST_LINES } from './history.js';

const ENDS: ReadonlySet<string> = new Set(['quit', 'exit', 'q']);

/** Whether a line ends the session. */
export const isEnd = (line: string) => ENDS.has(line);

export interface PromptOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Stands in front of each line. */
  readonly prompt: string;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly history: History;
  /** Runs a line; `signal` is aborted by Ctrl-C. */
  readonly run: (line: string, signal: AbortSignal) => Promise<void>;
  /** Lists what the last word of a line can be, and what there is of it. */
  readonly complete: (line: string) => Promise<[hits: string[], last: string]>;
  /** Called for Ctrl-C on an empty line. */
  readonly hint: () => void;
}

export class Prompt {
  private readonly options: PromptOptions;
  private readonly terminal: Interface;
  private readonly lines: string[] = [];
  private running: AbortController | undefined;
  private isClosed = false;
  private wake = () => {};

  constructor(options: PromptOptions) {
    this.options = options;
    const { input, output, prompt, signal, history } = options;
    this.terminal = createInterface({
      input,
      output,
      signal,
      terminal: true,
      prompt,
      history: history.lines.reverse(),
      historySize: MOST_LINES,
      removeHistoryDuplicates: true,
      completer: (line: string, done: Completed) => void this.complete(line, done),
    });
    this.terminal.on('line', (line) => {
      this.lines.push(line);
      this.wake();
    });
    this.terminal.on('close', () => {
      this.isClosed = true;
      this.wake();
    });
    this.terminal.on('SIGINT', () => this.interrupt());
  }

  /** Runs the prompt until Ctrl-D, `quit`, or `signal`. Rejects as `run` does. */
  async untilEnd(): Promise<void> {
    const { signal, history, run } = this.options;
    try {
      for (let line = await this.next(); line !== undefined; line = await this.next()) {
        const text = line.trim();
        if (isEnd(text) || signal.aborted) return;
        if (text === '') continue;
        history.keep(line.trimEnd());
        this.running = new AbortController();
        await run(text, this.running.signal);
        this.running = undefined;
      }
    } finally {
      this.terminal.close();
    }
  }

  /** Lets `print` print lines where the prompt is, which comes again below them. */
  interject(print: () => void): void {
    if (this.isWaiting) {
      clearLine(this.options.output, 0);
      cursorTo(this.options.output, 0);
    }
    print();
    // Lines are written at the end of the tick.
    setImmediate(() => {
      if (this.isWaiting) this.terminal.prompt(true);
    });
  }

  private get isWaiting(): boolean {
    return !this.isClosed && this.running === undefined;
  }

  private async next(): Promise<string | undefined> {
    if (this.lines.length === 0 && !this.isClosed) {
      this.terminal.prompt(true);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.lines.shift();
  }

  /** Abandons the running command, with all that was typed after it; else clears the line. */
  private interrupt(): void {
    const isEmpty = this.terminal.line === '';
    // To the end of the line, then all that is before it.
    if (!isEmpty) for (const name of ['e', 'u']) this.terminal.write(null, { ctrl: true, name });
    this.options.output.write('^C\n');
    this.lines.length = 0;
    if (this.running) this.running.abort('Ctrl-C');
    else if (isEmpty) this.interject(this.options.hint);
    else this.terminal.prompt();
  }

  private async complete(line: string, done: Completed): Promise<void> {
    // A command that runs may keep VPP from answering.
    const found = this.isWaiting ? await this.options.complete(line) : NOTHING;
    if (!this.isClosed) done(null, found);
  }
}

type Completed = (error: null, found: [string[], string]) => void;
const NOTHING: [string[], string] = [[], ''];
