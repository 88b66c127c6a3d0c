/** Stands where a view's state is not there yet, or cannot be had. */

import type { TopicView } from '../feed/topics.js';

export function Waiting({ topic: { error } }: { readonly topic: TopicView<unknown> }) {
  if (error !== undefined) return <p class="note busy">{error}</p>;
  return <p class="quiet">Waiting for the agent …</p>;
}
