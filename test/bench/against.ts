/** Two runs of the benchmarks side by side. */
import { readFileSync } from 'node:fs';
import { type Figure, shown } from './figures.js';

/** The content of the file that `--json` writes. */
export interface BenchRun {
  /** ISO 8601. */
  readonly date: string;
  /** Version of the Node that ran the clients. */
  readonly node: string;
  readonly machine: string;
  readonly server: string;
  readonly runs: number;
  readonly quick: boolean;
  readonly figures: readonly Figure[];
}

export interface Change {
  readonly name: string;
  readonly before: string;
  readonly now: string;
  /** Now's figure to the one before. */
  readonly absolute: number;
  /** Now's ratio to the yardstick to the one before, where both have one: machines differ, and moments too. */
  readonly beside?: number;
  /** Worse by more than a tenth; by `beside` where there is that. */
  readonly fell: boolean;
}

const FELL = 0.9;

/** Throws with a line for people. */
export function readRun(file: string): BenchRun {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`--against ${file}: ${(error as Error).message}`);
  }
  if (typeof read === 'object' && read !== null && 'figures' in read && Array.isArray(read.figures)) {
    return read as BenchRun;
  }
  throw new Error(`--against ${file}: not what --json writes`);
}

/** Compares the figures that both have, in the order of `now`. */
export function changes(before: readonly Figure[], now: readonly Figure[]): Change[] {
  return now.flatMap((figure): Change[] => {
    const old = before.find(({ name }) => name === figure.name);
    if (!old) return [];
    const { name, unit, value, ratio } = figure;
    const absolute = value / old.value;
    const beside = ratio === undefined || old.ratio === undefined ? undefined : ratio / old.ratio;
    const judged = beside ?? absolute;
    const fell = unit === '/s' ? judged < FELL : judged > 1 / FELL;
    return [{ name, before: shown(old.value, unit), now: shown(value, unit), absolute, beside, fell }];
  });
}
