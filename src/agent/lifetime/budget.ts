/** Waits for a step, but no longer than its time budget. */

/** Results of `within` when the time is up, or when `signal` aborts first. */
export const OVERDUE = Symbol('overdue');
export const INTERRUPTED = Symbol('interrupted');

/**
 * Runs `step` and waits for it, at most `ms` milliseconds and at most until `signal` aborts. A step that is given up goes
 * on: `late` gets its promise, and its failure is no unhandled rejection.
 */
export async function within<T>(
  step: () => T | Promise<T>,
  ms: number,
  options: { signal?: AbortSignal; late?: (running: Promise<T>) => void } = {},
): Promise<T | typeof OVERDUE | typeof INTERRUPTED> {
  const { signal, late } = options;
  if (signal?.aborted) return INTERRUPTED;
  let timer: NodeJS.Timeout | undefined;
  let interrupt: (() => void) | undefined;
  const running = (async () => step())();
  const overdue = new Promise<typeof OVERDUE>((resolve) => {
    timer = setTimeout(resolve, ms, OVERDUE);
  });
  const interrupted = new Promise<typeof INTERRUPTED>((resolve) => {
    interrupt = () => resolve(INTERRUPTED);
    signal?.addEventListener('abort', interrupt);
  });
  try {
    const outcome = await Promise.race([running, overdue, interrupted]);
    if (outcome === OVERDUE || outcome === INTERRUPTED) {
      late?.(running);
      running.catch(() => {});
    }
    return outcome;
  } finally {
    clearTimeout(timer);
    if (interrupt) signal?.removeEventListener('abort', interrupt);
  }
}
