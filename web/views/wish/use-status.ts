/** The state of the wish, asked while the view is open: the agent's memory has it, VPP is not bothered. */

import { useCallback, useEffect, useState } from 'preact/hooks';
import { connection } from '../../feed/index.js';
import { useValue } from '../../feed/use-value.js';
import type { WishStatus } from './types.js';

export interface StatusView {
  readonly status?: WishStatus;
  readonly failed?: string;
  /** Asks now. */
  refresh(): Promise<void>;
}

/** Milliseconds between two questions. */
const EACH_MS = 2000;
/** Objects that the tree shows. */
export const MOST_OBJECTS = 2000;

export function useStatus(): StatusView {
  const [view, setView] = useState<Omit<StatusView, 'refresh'>>({});
  const isLive = useValue(connection.link).phase === 'live';
  const refresh = useCallback(async () => {
    try {
      const status = await connection.call<WishStatus>('wish.status', { objects: true, limit: MOST_OBJECTS });
      setView({ status });
    } catch (error) {
      setView((before) => ({ ...before, failed: error instanceof Error ? error.message : String(error) }));
    }
  }, []);
  useEffect(() => {
    if (!isLive) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async () => {
      await refresh();
      if (!isOver) timer = setTimeout(() => void turn(), EACH_MS);
    };
    void turn();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isLive, refresh]);
  return { ...view, refresh };
}
