/** A plugin's report about its own state, and how it is read. */

import { propertyOf, textAt } from '../../thrown.js';

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

/** A state with its reason. */
export type Finding = { readonly state: PartState; readonly reason: string };

/** Severity of a state, from 0. */
export const rank = (state: PartState) => STATES.indexOf(state);

const SAID: ReadonlySet<unknown> = new Set(['ok', 'degraded', 'error']);
const LONGEST_REASON = 4000;
/** Sections that are shown, each within bounds of its own. */
const MOST_SECTIONS = 50;
const LONGEST_NAME = 200;

/**
 * Reads a report, which a plugin in JavaScript may have made of anything. One that cannot be read is an error of its own
 * part only.
 */
export function readReport(found: unknown): Finding & Pick<Report, 'details'> {
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
