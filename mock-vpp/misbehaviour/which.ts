/** Which frames or requests a fault is for. */
import type { OutFrame } from '../client.js';

export interface Which {
  /**
   * Message names: of a request (then everything that answers it), or of the message sent itself.
   * Default: all but the handshake.
   */
  readonly messages?: string | readonly string[];
  /** The first so many that match are left alone. Default 0. */
  readonly after?: number;
  /** For so many; then the fault is over. Default: for ever. */
  readonly count?: number;
}

const HANDSHAKE: ReadonlySet<string> = new Set([
  'sockclnt_create',
  'sockclnt_create_reply',
  'sockclnt_delete',
  'sockclnt_delete_reply',
]);

/** `true` for all. Counts each match, so ask once for each frame. */
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
