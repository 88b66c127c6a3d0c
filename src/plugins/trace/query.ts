/** The messages of a trace that a client asks for, as its URL says. */

import { fitsAny } from '../../glob.js';

export interface TraceQuery {
  /** Number of the ring's messages that come first. */
  readonly last: number;
  /** New messages follow. */
  readonly follow: boolean;
  /** Whether a message of that name is shown; undefined: its id is not in VPP's table. */
  wants(name: string | undefined): boolean;
}

const PATTERN = /^!?[A-Za-z0-9_*]+$/;
/** More patterns would only cost time. */
const MAX_PATTERNS = 32;

/** Throws RangeError with a text for people. */
export function readQuery(url: string): TraceQuery {
  const query = new URLSearchParams(url.split('?')[1] ?? '');
  const last = Number(query.get('last') ?? 0);
  if (!Number.isSafeInteger(last) || last < 0) throw new RangeError('last must be a whole number');
  const follow = query.get('follow') ?? '1';
  if (follow !== '0' && follow !== '1') throw new RangeError('follow must be 0 or 1');
  return { last, follow: follow === '1', wants: nameFilter(query.get('match') ?? '') };
}

/**
 * `sw_*,ip_route_*` shows these, `!control_ping*` all but those; with both, a name must be among the first and not
 * among the second. Throws RangeError.
 */
export function nameFilter(text: string): TraceQuery['wants'] {
  const patterns = text.split(',').filter((pattern) => pattern !== '');
  if (patterns.length > MAX_PATTERNS) throw new RangeError(`match has more than ${MAX_PATTERNS} patterns`);
  const bad = patterns.find((pattern) => !PATTERN.test(pattern));
  if (bad !== undefined) throw new RangeError(`match: '${bad.slice(0, 40)}' is no name with * for any letters`);
  const shown = patterns.filter((pattern) => !pattern.startsWith('!'));
  const hidden = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  return (name = '') => (shown.length === 0 || fitsAny(shown, name)) && !fitsAny(hidden, name);
}
