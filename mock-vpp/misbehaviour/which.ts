/** Selects the frames or requests that a fault is for. */
import type { OutFrame } from '../wire/client.js';

export interface Which {
  /**
   * Names of requests (then everything that answers them), or of the messages sent. Default: all but the
   * handshake's.
   */
  readonly messages?: string | readonly string[];
  /** Matches that are left alone before it begins. Default 0. */
  readonly after?: number;
  /** Matches after which the fault is over. Default: no limit. */
  readonly count?: number;
}

const HANDSHAKE: ReadonlySet<string> = new Set([
  'sockclnt_create',
  'sockclnt_create_reply',
  'sockclnt_delete',
  'sockclnt_delete_reply',
]);

/** Makes the test of a name; `true` matches all. It counts each match, so call it once for each frame. */
export function matcher(which: Which | true): (...names: (string | undefined)[]) => boolean {
  const { messages, after = 0, count = Number.POSITIVE_INFINITY } = which === true ? {} : which;
  const wanted = messages === undefined ? undefined : new Set(typeof messages === 'string' ? [messages] : messages);
  let seen = 0;
  return (...names) => {
    const fits = names.some((name) => name !== undefined && (wanted ? wanted.has(name) : !HANDSHAKE.has(name)));
    if (!fits) return false;
    const index = seen++;
    return index >= after && index < after + count;
  };
}

export function frameMatcher(which: Which | true): (frame: OutFrame) => boolean {
  const matches = matcher(which);
  return ({ name, request }) => matches(request ?? name, name);
}
