/**
 * The signal of one request, as much of an AbortSignal as the mux uses. One of Node's takes some 10 µs with its listener, which is as
 * long as VPP takes for a small request.
 */
export class RequestSignal {
  aborted = false;
  readonly reason = undefined;
  private readonly listeners = new Set<() => void>();

  /** It, for options that take an AbortSignal. */
  get asAbortSignal(): AbortSignal {
    return this as Pick<AbortSignal, 'aborted' | 'reason'> as AbortSignal;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}
