/** `vppmux top` on a terminal, until q or a signal. */

import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { FullScreen } from '../output/full-screen.js';
import type { Model } from './model.js';
import { painted } from './parts/line.js';
import { type Command, type Key, press, type Room } from './press.js';
import { Reader } from './reader.js';
import { render } from './render.js';
import type { Screen } from './screen.js';
import type { Sources } from './sources.js';

/** Milliseconds between two looks at an agent, at least. */
const AGENT_MS = 1000;

export interface TopOptions {
  /** Milliseconds between two reads. */
  readonly interval: number;
  readonly hasColours: boolean;
}

/** Resolves when the terminal is as it was. Rejects as reads do, for what is no StatsError. */
export async function runTop(host: Host, sources: Sources, first: Screen, options: TopOptions): Promise<void> {
  const quit = new AbortController();
  const end = AbortSignal.any([host.signal, quit.signal]);
  const top = new Top(host, new Reader(sources), first, options, () => quit.abort());
  top.open();
  let isTaken = false;
  try {
    await Promise.all([top.followCounters(end), top.followAgent(end)]);
  } finally {
    quit.abort();
    isTaken = await top.close();
    await sources.stats.close();
  }
  // Nobody reads the terminal: what waits for it would hold up the end.
  if (!isTaken) host.io.exit(host.signal.reason === 'SIGTERM' ? EXIT.TERMINATED : EXIT.OK);
}

class Top {
  private readonly terminal: FullScreen;
  private room: Room = { page: 1, most: 0 };
  /** The model that is shown while it is paused. */
  private frozen: Model | undefined;

  constructor(
    { io }: Host,
    private readonly reader: Reader,
    private screen: Screen,
    private readonly options: TopOptions,
    private readonly quit: () => void,
  ) {
    this.terminal = new FullScreen(io, {
      onKey: (key) => this.pressed(key),
      onDraw: () => this.draw(),
      onEnd: quit,
    });
    this.suspend = () => io.suspend();
  }

  private readonly suspend: () => void;

  open(): void {
    this.terminal.open();
  }

  close(): Promise<boolean> {
    return this.terminal.close();
  }

  async followCounters(end: AbortSignal): Promise<void> {
    await repeated(this.options.interval, end, async () => {
      if (this.screen.isPaused) return;
      await this.reader.readCounters();
      if (!end.aborted) this.draw();
    });
  }

  async followAgent(end: AbortSignal): Promise<void> {
    await repeated(Math.max(AGENT_MS, this.options.interval), end, async () => {
      if (!this.screen.isPaused) await this.reader.readAgent(end);
    });
  }

  private pressed(key: Key): void {
    const { screen, command } = press(this.screen, key, this.room);
    this.screen = screen;
    if (command !== undefined) this.carryOut(command);
    this.draw();
  }

  private carryOut(command: Command): void {
    const { counters } = this.reader;
    const actions: Record<Command, () => void> = {
      quit: this.quit,
      suspend: this.suspend,
      redraw: () => this.terminal.redraw(),
      clear: () => counters.clear(),
      unclear: () => counters.unclear(),
    };
    actions[command]();
  }

  private draw(): void {
    const now = this.reader.model(Date.now());
    this.frozen = this.screen.isPaused ? (this.frozen ?? now) : undefined;
    const { lines, room } = render(this.screen, this.frozen ?? now, this.terminal.size);
    this.room = room;
    this.terminal.draw(lines.map((line) => painted(line, this.options.hasColours)));
  }
}

/** Calls `work` at an interval until `end`; turns that were missed are skipped. */
async function repeated(interval: number, end: AbortSignal, work: () => Promise<void>): Promise<void> {
  let due = performance.now();
  while (!end.aborted) {
    await work();
    due = Math.max(due + interval, performance.now());
    await sleep(due - performance.now(), undefined, { signal: end }).catch(() => {});
  }
}
