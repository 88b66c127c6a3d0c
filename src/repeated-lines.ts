/**
 * Keeps a line that comes again and again from filling the log: of lines that differ in numbers only (or, where their
 * numbers mean something, not at all), the first few of a time are written, the rest are counted, and one line at its end
 * says how many there were. A VPP in a crash loop made 65 lines a second.
 */

export interface Folding {
  /** Number of lines of a kind that are written in each period. */
  readonly burst: number;
  readonly everyMs: number;
  /** Fold only lines that are the same to the letter. */
  readonly exact?: boolean;
}

const USUAL: Folding = { burst: 3, everyMs: 10_000 };
/** Kinds that are counted at a time; with more the one that began first is let go. */
const KINDS = 100;
/** So much of a line tells its kind. */
const TOLD_BY = 300;

interface Kind {
  readonly began: number;
  written: number;
  folded: number;
  /** Writes that line again, with what was folded. */
  last: (note: string) => void;
  timer: NodeJS.Timeout | undefined;
}

export class RepeatedLines {
  private readonly kinds = new Map<string, Kind>();

  /** `counting` holds it while it has counts that are not written yet. */
  constructor(
    private readonly folding: Folding = USUAL,
    private readonly counting?: Set<RepeatedLines>,
  ) {}

  /** Writes `text` now, or counts it. `write` is given the text as it is to be logged. */
  line(level: string, text: string, write: (text: string) => void): void {
    const key = `${level} ${this.folding.exact ? text : text.slice(0, TOLD_BY).replace(/\d+/g, '#')}`;
    let kind = this.kinds.get(key);
    if (!kind || (kind.folded === 0 && Date.now() - kind.began >= this.folding.everyMs)) kind = this.begin(key, 0);
    if (kind.written < this.folding.burst) {
      kind.written++;
      write(text);
      return;
    }
    kind.folded++;
    this.counting?.add(this);
    kind.last = (note) => write(`${text} (${note})`);
    kind.timer ??= setTimeout(() => this.tell(key), this.folding.everyMs).unref();
  }

  /** Writes all counts now: nothing may run any more when their time is over. */
  flush(): void {
    for (const key of [...this.kinds.keys()]) this.tell(key, true, 'until the end');
  }

  private begin(key: string, written: number): Kind {
    const kind = { began: Date.now(), written, folded: 0, last: () => {}, timer: undefined };
    this.kinds.delete(key);
    this.kinds.set(key, kind);
    const [oldest] = this.kinds.keys();
    if (this.kinds.size > KINDS && oldest !== undefined) this.tell(oldest, true);
    return kind;
  }

  /** A line that repeated goes on being folded: one line a period, not a few. */
  private tell(key: string, isOver = false, when = `in ${this.folding.everyMs / 1000} s`): void {
    const kind = this.kinds.get(key);
    if (!kind) return;
    clearTimeout(kind.timer);
    this.kinds.delete(key);
    if (!isOver) this.begin(key, this.folding.burst);
    if (![...this.kinds.values()].some(({ folded }) => folded > 0)) this.counting?.delete(this);
    if (kind.folded > 0) kind.last(`${kind.folded} such lines ${when}, of which this is the last`);
  }
}
