/**
 * The text of a page of metrics, put together in slices of the event loop: others have their turn after each. Series beyond the
 * limit are counted and left out.
 *
 * Held by the benchmark `metrics`.
 */

import { setImmediate } from 'node:timers/promises';

/** Characters that are turned into bytes together. */
const CHUNK = 64 * 1024;
/** Milliseconds of the event loop that a slice takes. */
const SLICE_MS = 0.25;

export class PageText {
  /** Series on the page so far. */
  series = 0;
  /** Series left out, by metric. */
  readonly leftOut = new Map<string, number>();
  private readonly chunks: Buffer[] = [];
  private pending = '';
  /** Lines before the first series of a metric, which has them only if it has series. */
  private head = '';
  private name = '';
  private began = performance.now();

  constructor(
    private readonly maxSeries: number,
    private readonly sliceMs = SLICE_MS,
  ) {}

  /** Begins a metric. */
  family(name: string, type: string, help: string): void {
    this.name = name;
    this.head = `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
  }

  /** Adds a series of the metric that was begun: `labels` in braces or empty. */
  add(labels: string, value: string | number): void {
    this.line(this.name, `${this.name}${labels} ${value}\n`);
  }

  /** Adds the line of a series of `metric`. */
  line(metric: string, line: string): void {
    if (this.series >= this.maxSeries) {
      this.leftOut.set(metric, (this.leftOut.get(metric) ?? 0) + 1);
      return;
    }
    this.series++;
    if (this.head !== '') {
      this.pending += this.head;
      this.head = '';
    }
    this.pending += line;
    if (this.pending.length >= CHUNK) this.flush();
  }

  /** Adds a metric as it is, whole or not at all. */
  whole(metric: string, text: string, series: number): void {
    if (this.series + series > this.maxSeries) {
      this.leftOut.set(metric, series);
      return;
    }
    this.series += series;
    this.text(text);
  }

  /** Adds lines that are no series. */
  text(text: string): void {
    this.head = '';
    this.pending += text;
    if (this.pending.length >= CHUNK) this.flush();
  }

  /** A promise to wait for where the slice is used up: `const turn = page.turn(); if (turn) await turn;`. */
  turn(): Promise<void> | undefined {
    return performance.now() - this.began < this.sliceMs ? undefined : this.takeTurn();
  }

  bytes(): Buffer {
    this.flush();
    return Buffer.concat(this.chunks);
  }

  private async takeTurn(): Promise<void> {
    await setImmediate();
    this.began = performance.now();
  }

  private flush(): void {
    if (this.pending !== '') this.chunks.push(Buffer.from(this.pending));
    this.pending = '';
  }
}
