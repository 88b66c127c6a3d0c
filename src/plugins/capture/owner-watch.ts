/** The end of a lease by itself: its time is up, or its owner is gone. */

export interface Terms {
  readonly owner: string;
  /** Milliseconds after which it ends. */
  readonly timeMs: number;
  /** Milliseconds without a sign of the owner after which it ends. */
  readonly keepAliveMs?: number;
  /** Aborted when the owner is gone. */
  readonly signal?: AbortSignal;
}

export interface OwnerWatch {
  /** The owner is still there. */
  touch(): void;
  dispose(): void;
}

export const GONE = 'its owner is gone';

/** Starts the timers of a lease, and listens to the signal of its owner. */
export function watchOwner({ timeMs, keepAliveMs, signal }: Terms, ended: (reason: string) => void): OwnerWatch {
  const over = setTimeout(() => ended('its time was up'), timeMs);
  let silent: NodeJS.Timeout | undefined;
  const touch = () => {
    clearTimeout(silent);
    if (keepAliveMs !== undefined) silent = setTimeout(() => ended(GONE), keepAliveMs);
  };
  const gone = () => ended(GONE);
  signal?.addEventListener('abort', gone, { once: true });
  touch();
  return {
    touch,
    dispose: () => {
      clearTimeout(over);
      clearTimeout(silent);
      signal?.removeEventListener('abort', gone);
    },
  };
}
