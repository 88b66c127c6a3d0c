/**
 * A trace that cannot be replayed.
 *
 * - TRACE_INVALID: the file cannot be read, or is no trace;
 * - TRACE_MISFIT: it was recorded with a VPP whose messages differ from the definitions of this mock.
 */
export class TraceError extends Error {
  override readonly name = 'TraceError';

  constructor(
    readonly code: 'TRACE_INVALID' | 'TRACE_MISFIT',
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}
