/** How long to wait before the next attempt: doubled each time up to a limit, with jitter; or always the same. */

export interface BackoffOptions {
  readonly delayMs: number;
  readonly maxDelayMs: number;
}

/**
 * `attempt` counts from 1. Between half and the whole of the doubled delay, so that many clients of a
 * restarted VPP do not come back in step.
 */
export function backoffDelay(attempt: number, options: BackoffOptions, random: () => number = Math.random): number {
  // A pace that was asked for: so many attempts have to take so long.
  if (options.delayMs >= options.maxDelayMs) return options.maxDelayMs;
  const whole = Math.min(options.maxDelayMs, options.delayMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(whole * (0.5 + random() / 2));
}
