/** A look at every message, for debugging; free when nobody looks. */

/** One message as a trace shows it. */
export interface TraceEntry {
  /** Milliseconds since the process started, with a fraction. */
  readonly at: number;
  readonly direction: 'in' | 'out';
  /** Undefined when the id is not in VPP's table. */
  readonly name: string | undefined;
  readonly context: number | undefined;
  /** Body as it came; an own copy. Undefined for what we send. */
  readonly body: Uint8Array | undefined;
  /** Bytes beyond the definition; undefined for what we send and what cannot be read. */
  readonly trailing: number | undefined;
}

/** The session's end of it. */
export type TraceMessage = (
  direction: 'in' | 'out',
  name: string | undefined,
  context: number | undefined,
  body: Uint8Array | undefined,
  trailing: number | undefined,
) => void;

/** Makes a session's hook out of a user's function. */
export function traceTo(take: (entry: TraceEntry) => void): TraceMessage {
  return (direction, name, context, body, trailing) =>
    take({ at: performance.now(), direction, name, context, body: body && Uint8Array.from(body), trailing });
}
