/** Finds dataplanes that no policy guards: rules are for the dataplane that their plugin works at, and for no other. */

import type { AgentInfo, Board } from '../../sdk/index.js';

/** The name of a policy that agent.yaml gives none. */
const NAME = 'policy';

/** A line for each dataplane at which no part of the agent has the name of a policy. Of several policies the first one says it. */
export function unguardedDataplanes(
  { dataplane: own, dataplanes }: Pick<AgentInfo, 'dataplane' | 'dataplanes'>,
  { status: { parts } }: Pick<Board, 'status'>,
): string[] {
  const guarded = new Set(parts.filter(({ name }) => name.startsWith(NAME)).map(({ dataplane }) => dataplane));
  guarded.add(own);
  if (dataplanes.find((name) => guarded.has(name)) !== own) return [];
  return dataplanes
    .filter((name) => !guarded.has(name))
    .map(
      (name) =>
        `the rules are for dataplane ${own}; nothing is refused at dataplane ${name}, unless "{ plugin: policy, dataplane: ${name} }" in agent.yaml gives it rules of its own`,
    );
}
