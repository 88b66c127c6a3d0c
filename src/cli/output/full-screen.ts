/**
 * The whole terminal for one program: lines are drawn in place of those that were there, and everything is as it was before
 * when it leaves.
 *
 * A draw writes only lines that have changed, all in one write, so nothing flickers. The next one is not written before the terminal
 * has taken the one before: a slow terminal misses draws, and no output piles up.
 */

import { emitKeypressEvents } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Io, OutputStream } from '../io.js';
import { widthOf } from './display-width.js';

/** Alternate screen, no cursor, no wrap of lines that are wider than they were measured. */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const LEAVE = '\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l';
const CLEAR = '\u001b[H\u001b[2J';
const REST_OF_LINE = '\u001b[K';
/** Columns and lines where the terminal does not say. */
const USUAL = { columns: 80, rows: 24 };
/** Longest wait for a terminal that has not taken the last draw. */
const PATIENCE_MS = 500;

export interface KeyPress {
  readonly name?: string;
  readonly sequence?: string;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
}

export interface FullScreenOptions {
  readonly onKey: (key: KeyPress) => void;
  /** Called when everything has to be drawn: at the beginning, for another size, after a suspension. */
  readonly onDraw: () => void;
  /** Called when nobody can press a key any more. */
  readonly onEnd: () => void;
}

interface Keyboard extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  unref?(): void;
}

/** Parts of a terminal's stream. By default Node waits in each write until the terminal has taken it. */
interface Terminal extends OutputStream {
  readonly _handle?: { setBlocking?(isBlocking: boolean): unknown };
}

export class FullScreen {
  private readonly keyboard: Keyboard;
  private readonly terminal: Terminal;
  private readonly undo: (() => void)[] = [];
  /** Lines that the terminal shows, or will when it has taken what was written. */
  private shown: readonly string[] | undefined;
  private wanted: readonly string[] | undefined;
  private isWriting = false;
  private isHere = false;

  constructor(
    private readonly io: Io,
    private readonly options: FullScreenOptions,
  ) {
    this.keyboard = io.stdin;
    this.terminal = io.stdout;
  }

  get size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = this.terminal;
    return { columns: columns || USUAL.columns, rows: rows || USUAL.rows };
  }

  open(): void {
    const { io, keyboard, terminal, options } = this;
    emitKeypressEvents(keyboard);
    const pressed = (_: string | undefined, key: KeyPress) => options.onKey(key);
    const resized = () => this.redraw();
    keyboard.on('keypress', pressed);
    keyboard.on('end', options.onEnd);
    keyboard.on('error', options.onEnd);
    terminal.on('resize', resized);
    this.undo.push(
      () => keyboard.off('keypress', pressed).off('end', options.onEnd).off('error', options.onEnd),
      () => terminal.off('resize', resized),
      io.onJob({ suspend: () => this.leave(), resume: () => this.enter(), end: () => this.leave() }),
    );
    this.enter();
  }

  /** Draws these lines, as many as the terminal has; if it is slow, later, or others that came meanwhile. */
  draw(lines: readonly string[]): void {
    this.wanted = lines;
    this.flush();
  }

  /** Draws everything anew. */
  redraw(): void {
    this.shown = undefined;
    this.options.onDraw();
  }

  /** Gives the terminal back. Resolves to whether it has taken everything; one that takes nothing is not waited for. */
  async close(): Promise<boolean> {
    for (const until = performance.now() + PATIENCE_MS; this.isWriting && performance.now() < until; ) await sleep(10);
    this.leave();
    for (const each of this.undo.splice(0)) each();
    return !this.isWriting;
  }

  private enter(): void {
    this.keyboard.setRawMode?.(true);
    this.keyboard.resume();
    this.terminal._handle?.setBlocking?.(false);
    if (!this.isHere) this.io.writeNow(ENTER);
    this.isHere = true;
    this.redraw();
  }

  private leave(): void {
    if (!this.isHere) return;
    this.isHere = false;
    // Before it blocks again: a terminal that takes nothing would hold the process here.
    this.io.writeNow(LEAVE);
    this.terminal._handle?.setBlocking?.(true);
    this.keyboard.setRawMode?.(false);
    this.keyboard.pause();
  }

  private flush(): void {
    const { wanted, isHere } = this;
    if (wanted === undefined || !isHere || this.isWriting) return;
    this.wanted = undefined;
    const text = difference(this.shown, wanted, this.size.columns);
    this.shown = wanted;
    if (text === '') return;
    this.isWriting = true;
    this.terminal.write(text, () => {
      this.isWriting = false;
      this.flush();
    });
  }
}

/** The escape sequences that make `now` of `before`; of an unknown screen where that is undefined. */
export function difference(before: readonly string[] | undefined, now: readonly string[], columns: number): string {
  const changed = Array.from({ length: Math.max(now.length, before?.length ?? 0) }, (_, at) => {
    const line = now[at] ?? '';
    if (line === (before?.[at] ?? '')) return '';
    // Behind a full line the cursor is still on its last character, which would be erased.
    const isFull = widthOf(stripVTControlCharacters(line)) >= columns;
    return `\u001b[${at + 1};1H${line}${isFull ? '' : REST_OF_LINE}`;
  });
  return (before === undefined ? CLEAR : '') + changed.join('');
}
