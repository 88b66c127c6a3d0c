/** Times of a fleet, by the clock of this browser. */

import { useEffect, useState } from 'preact/hooks';
import { clock, UNKNOWN } from '../../parts/format.js';

/** `13:05:22` for a time of today, and the date with it for another one. */
export function when(iso: string | undefined): string {
  if (iso === undefined) return UNKNOWN;
  const date = new Date(iso);
  return date.toDateString() === new Date().toDateString() ? clock(date.getTime()) : date.toLocaleString();
}

/** The time in milliseconds, each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
