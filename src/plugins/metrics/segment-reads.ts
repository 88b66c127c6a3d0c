/**
 * Reads of VPP's counters that all scrapes share: one read is good for everybody who asks within its age, whatever profile. It has
 * what was asked for in the last minutes, so that profiles scraped side by side are read together.
 */

import type { Stats } from '../../sdk/index.js';
import { NameMatcher, type StatsDump, type StatsSet } from '../../stats/index.js';

/** Milliseconds after which what nobody asks for any more is not read any more. */
const REMEMBERED_MS = 300_000;

interface Read {
  readonly begunAt: number;
  readonly patterns: ReadonlySet<string>;
  readonly dump: Promise<StatsDump>;
}

export interface SegmentReadsOptions {
  /** Milliseconds. */
  readonly maxAgeMs: () => number;
  /** Reason why the segment is not that of a living VPP; undefined where it is. */
  readonly deadBecause: () => string | undefined;
}

export class SegmentReads {
  /** Pattern → when it was asked for last. */
  private readonly asked = new Map<string, number>();
  private prepared: { readonly key: string; readonly set: StatsSet } | undefined;
  private latest: Read | undefined;

  constructor(
    private readonly stats: Pick<Stats, 'prepare' | 'state'>,
    private readonly options: SegmentReadsOptions,
  ) {}

  /** The entries that match, in the order of VPP's directory. Rejects where VPP is away, with the reason. */
  async read(patterns: readonly string[]): Promise<StatsDump> {
    const read = this.current(patterns);
    const dump = await read.dump;
    const reason = this.options.deadBecause() ?? this.staleness();
    if (reason !== undefined) throw new Error(reason);
    if (patterns.length === read.patterns.size) return dump;
    const matcher = new NameMatcher(patterns);
    const isAsked = ({ name }: { readonly name: string }) => matcher.matches(name);
    return { ...dump, entries: dump.entries.filter(isAsked), skipped: dump.skipped.filter(isAsked) };
  }

  private current(patterns: readonly string[]): Read {
    const now = performance.now();
    for (const pattern of patterns) this.asked.set(pattern, now);
    const { latest } = this;
    if (
      latest &&
      now - latest.begunAt < this.options.maxAgeMs() &&
      patterns.every((each) => latest.patterns.has(each))
    ) {
      return latest;
    }
    for (const [pattern, at] of this.asked) if (now - at > REMEMBERED_MS) this.asked.delete(pattern);
    const all = [...this.asked.keys()].sort();
    const dump = this.setOf(all).read();
    dump.catch(() => {}); // each reader gets the failure by itself
    this.latest = { begunAt: now, patterns: new Set(all), dump };
    return this.latest;
  }

  private setOf(patterns: readonly string[]): StatsSet {
    const key = JSON.stringify(patterns);
    if (this.prepared?.key !== key) this.prepared = { key, set: this.stats.prepare(patterns) };
    return this.prepared.set;
  }

  private staleness(): string | undefined {
    const { state, reason } = this.stats.state;
    if (state === 'reading') return undefined;
    return reason ?? (state === 'stale' ? "VPP's heartbeat stands still" : 'VPP is away');
  }
}
