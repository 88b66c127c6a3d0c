/** Rings that outlive a view: whoever comes back finds the line where it was left. Their number is bounded. */

import { dataplane } from './dataplane.js';
import { Ring } from './ring.js';
import type { TopicView } from './topics.js';

const MOST = 4096;
const rings = new Map<string, Ring>();

/** The ring of this name, for the dataplane that is shown, with the topic's newest values added: `pick` makes them of its state. */
export function recorded<S>(
  name: string,
  { state, at }: TopicView<S>,
  lines: number,
  pick: (state: S) => readonly (number | undefined)[],
  capacity = 300,
): Ring {
  const key = `${dataplane.current} ${name}`;
  let ring = rings.get(key);
  if (ring === undefined) {
    const [oldest] = rings.keys();
    if (rings.size >= MOST && oldest !== undefined) rings.delete(oldest);
    ring = new Ring(lines, capacity);
    rings.set(key, ring);
  }
  if (state !== undefined && at !== undefined) ring.add(at / 1000, pick(state));
  return ring;
}
