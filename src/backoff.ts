/** Delay before the next attempt to connect: doubled each time up to a limit, with jitter; or constant. */

export interface BackoffOptions {
  readonly delayMs: number;
  readonly maxDelayMs: number;
}

/**
 * `attempt` counts from 1. The delay is between half and the whole of the doubled one, so that many clients of a
 * restarted VPP do not come back at the same moment.
 */
export function backoffDelay(attempt: number, options: BackoffOptions, random: () => number = Math.random): number {
  // Equal limits ask for a fixed pace: a number of attempts then takes a known time.
  if (options.delayMs >= options.maxDelayMs) return options.maxDelayMs;
  const whole = Math.min(options.maxDelayMs, options.delayMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(whole * (0.5 + random() / 2));
}
