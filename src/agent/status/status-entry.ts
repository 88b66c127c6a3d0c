/**
 * One part of the agent (a plugin) on the status board.
 *
 * Its state is the worst of its sources: its life cycle (`init` until everything has started), the plugin's own last
 * report, and each of its probes. So a plugin that reports `ok` during init is still `init`.
 */

import { type Probe, type ProbeOptions, startProbe } from './probe.js';
import { type Finding, type PartState, type Report, rank, readReport } from './report.js';

export interface PartStatus {
  readonly name: string;
  readonly version: string;
  readonly state: PartState;
  readonly reason: string;
  /** Time since when it is in this state. */
  readonly since: Date;
  /** Whether it counts as degraded at worst. */
  readonly optional: boolean;
  /** The dataplane that it works at, where several are configured. */
  readonly dataplane?: string;
}

/** A part as it is added to the board. */
export interface Part {
  readonly name: string;
  readonly version: string;
  readonly optional: boolean;
  /** The dataplane that it works at, where several are configured. */
  readonly dataplane?: string | undefined;
}

/** A part's own entry on the board, as a plugin gets it (`Status`). */
export interface PartReporter {
  ok(reason?: string): void;
  degraded(reason: string): void;
  error(reason: string): void;
  /** Sets state, reason and details as one change. */
  report(found: Report): void;
  /**
   * Calls `probe` at intervals, in addition to the plugin's reports. Returns the function that stops it; ends with the
   * plugin.
   */
  probe(probe: Probe, options?: ProbeOptions): () => void;
}

/** A part's entry with its sources. The plugin gets it as `PartReporter`; the life cycle uses the rest. */
export class StatusEntry implements PartReporter {
  private readonly sources = new Map<string, Finding>([['life', { state: 'init', reason: 'not started yet' }]]);
  private readonly stops = new Set<() => void>();
  private ended = false;
  private probes = 0;
  private latest: PartStatus;
  readonly dataplane: string | undefined;
  details: Readonly<Record<string, unknown>> = {};

  constructor(
    part: Part,
    readonly changed: () => void,
  ) {
    const { name, version, optional, dataplane } = part;
    this.dataplane = dataplane;
    this.latest = { name, version, state: 'init', reason: 'not started yet', since: new Date(), optional };
    if (dataplane !== undefined) this.latest = { ...this.latest, dataplane };
  }

  get status(): PartStatus {
    return this.latest;
  }

  ok(reason = 'ok'): void {
    this.report({ state: 'ok', reason });
  }

  degraded(reason: string): void {
    this.report({ state: 'degraded', reason });
  }

  error(reason: string): void {
    this.report({ state: 'error', reason });
  }

  report(found: Report): void {
    this.found('said', found);
  }

  probe(probe: Probe, options: ProbeOptions = {}): () => void {
    if (this.ended) return () => {};
    const source = `probe ${++this.probes}`;
    this.set(source, { state: 'init', reason: 'not probed yet' });
    const end = startProbe(probe, options, (found) => this.found(source, found));
    const stop = () => {
      end();
      this.stops.delete(stop);
      this.set(source, undefined);
    };
    this.stops.add(stop);
    return stop;
  }

  /** Sets the state of its life cycle. */
  life(state: 'init' | 'ok' | 'closed', reason: string): void {
    this.set('life', { state, reason });
  }

  /** Sets the problem of a hook for control events; undefined once the hook has succeeded again. */
  control(hook: string, wrong: string | undefined): void {
    this.set(`control ${hook}`, wrong === undefined ? undefined : { state: 'degraded', reason: wrong });
  }

  /** Sets its last state; later reports are ignored. */
  end(state: 'closed' | 'error', reason: string): void {
    if (this.ended) return;
    for (const stop of [...this.stops]) stop();
    this.sources.clear();
    this.set('life', { state, reason });
    this.ended = true;
  }

  private found(source: string, found: Report): void {
    const { details, ...finding } = readReport(found);
    this.set(source, finding, details);
  }

  private set(source: string, finding: Finding | undefined, details?: Readonly<Record<string, unknown>>): void {
    if (this.ended) return;
    if (finding) this.sources.set(source, finding);
    else this.sources.delete(source);
    const before = this.latest;
    const { state, reason } = worst(this.sources);
    if (state === before.state && reason === before.reason && details === undefined) return;
    if (details) this.details = details;
    this.latest = { ...before, state, reason, since: state === before.state ? before.since : new Date() };
    this.changed();
  }
}

/** The worst finding; among equals the latest source, since a plugin's own report says more than its life cycle. */
function worst(sources: ReadonlyMap<string, Finding>): Finding {
  return [...sources.values()].reduce((a, b) => (rank(b.state) >= rank(a.state) ? b : a));
}
