/**
 * One part of the agent (a plugin) on the status board.
 *
 * Its state is the worst of its sources: its life cycle (`init` until everything has started), the plugin's own last
 * report, and each of its probes. So a plugin that reports `ok` during init is still `init`.
 */

import { propertyOf, textAt } from '../thrown.js';
import { type Probe, type ProbeOptions, startProbe } from './probe.js';

/** States from best to worst. `init`: not started yet; `closed`: ended cleanly. */
const STATES = ['ok', 'degraded', 'init', 'closed', 'error'] as const;
export type PartState = (typeof STATES)[number];

/** A part's report about itself. */
export interface Report {
  readonly state: 'ok' | 'degraded' | 'error';
  /** Reason, for people. */
  readonly reason: string;
  /**
   * Sections at the top level of `/status` by name, 50 at most; replaced as a whole. Bigints are shown as strings, bytes as
   * hex, and long values are cut.
   */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface PartStatus {
  readonly name: string;
  readonly version: string;
  readonly state: PartState;
  readonly reason: string;
  /** Time since when it is in this state. */
  readonly since: Date;
  /** Whether it counts as degraded at worst. */
  readonly optional: boolean;
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

type Finding = { readonly state: PartState; readonly reason: string };

/** A part's entry with its sources. The plugin gets it as `PartReporter`; the life cycle uses the rest. */
export class StatusEntry implements PartReporter {
  readonly #sources = new Map<string, Finding>([['life', { state: 'init', reason: 'not started yet' }]]);
  readonly #stops = new Set<() => void>();
  #ended = false;
  #probes = 0;
  #status: PartStatus;
  details: Readonly<Record<string, unknown>> = {};

  constructor(
    part: { readonly name: string; readonly version: string; readonly optional: boolean },
    readonly changed: () => void,
  ) {
    const { name, version, optional } = part;
    this.#status = { name, version, state: 'init', reason: 'not started yet', since: new Date(), optional };
  }

  get status(): PartStatus {
    return this.#status;
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
    this.#found('said', found);
  }

  probe(probe: Probe, options: ProbeOptions = {}): () => void {
    if (this.#ended) return () => {};
    const source = `probe ${++this.#probes}`;
    this.#set(source, { state: 'init', reason: 'not probed yet' });
    const end = startProbe(probe, options, (found) => this.#found(source, found));
    const stop = () => {
      end();
      this.#stops.delete(stop);
      this.#set(source, undefined);
    };
    this.#stops.add(stop);
    return stop;
  }

  /** Sets the state of its life cycle. */
  life(state: 'init' | 'ok' | 'closed', reason: string): void {
    this.#set('life', { state, reason });
  }

  /** Sets the problem of a hook for control events; undefined once the hook has succeeded again. */
  control(hook: string, wrong: string | undefined): void {
    this.#set(`control ${hook}`, wrong === undefined ? undefined : { state: 'degraded', reason: wrong });
  }

  /** Sets its last state; later reports are ignored. */
  end(state: 'closed' | 'error', reason: string): void {
    if (this.#ended) return;
    for (const stop of [...this.#stops]) stop();
    this.#sources.clear();
    this.#set('life', { state, reason });
    this.#ended = true;
  }

  #found(source: string, found: Report): void {
    const { details, ...finding } = read(found);
    this.#set(source, finding, details);
  }

  #set(source: string, finding: Finding | undefined, details?: Readonly<Record<string, unknown>>): void {
    if (this.#ended) return;
    if (finding) this.#sources.set(source, finding);
    else this.#sources.delete(source);
    const before = this.#status;
    const { state, reason } = worst(this.#sources);
    if (state === before.state && reason === before.reason && details === undefined) return;
    if (details) this.details = details;
    this.#status = { ...before, state, reason, since: state === before.state ? before.since : new Date() };
    this.changed();
  }
}

const SAID: ReadonlySet<unknown> = new Set(['ok', 'degraded', 'error']);
const LONGEST_REASON = 4000;
/** Sections that are shown, each within bounds of its own. */
const MOST_SECTIONS = 50;
const LONGEST_NAME = 200;

/**
 * Reads a report, which a plugin in JavaScript may have made of anything. One that cannot be read is an error of its own
 * part only.
 */
function read(found: unknown): Finding & Pick<Report, 'details'> {
  const state = propertyOf(found, 'state');
  const reason = textAt(found, 'reason') ?? textOf(propertyOf(found, 'reason'));
  const details = sectionsIn(propertyOf(found, 'details'));
  if (SAID.has(state)) return { state: state as Report['state'], reason, details };
  const text = `it reported ${typeof state === 'string' ? `the state "${state.slice(0, 40)}"` : 'no state'}, not ok, degraded or error`;
  return { state: 'error', reason: reason === '' ? text : `${text}; ${reason}`, details };
}

function textOf(reason: unknown): string {
  if (typeof reason === 'object' || typeof reason === 'function' || reason === undefined) return '';
  return String(reason).slice(0, LONGEST_REASON);
}

/** Reads the sections, without the ones that throw when they are read. */
function sectionsIn(details: unknown): Report['details'] {
  if (typeof details !== 'object' || details === null) return undefined;
  try {
    const keys = Object.keys(details);
    const sections = keys
      .slice(0, MOST_SECTIONS)
      .map((key) => [key.slice(0, LONGEST_NAME), propertyOf(details, key)] as const);
    if (keys.length > MOST_SECTIONS) sections.push(['…', `${keys.length - MOST_SECTIONS} more sections are not shown`]);
    return Object.fromEntries(sections.filter(([, section]) => section !== undefined));
  } catch {
    return undefined; // a proxy that does not say what it has
  }
}

/** The worst finding; among equals the latest source, since a plugin's own report says more than its life cycle. */
function worst(sources: ReadonlyMap<string, Finding>): Finding {
  return [...sources.values()].reduce((a, b) => (rank(b.state) >= rank(a.state) ? b : a));
}

/** Severity of a state, from 0. */
export const rank = (state: PartState) => STATES.indexOf(state);
