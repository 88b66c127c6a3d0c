/** Records of agents and groups that cannot be read. Others mend them: the next roll-out, or the agent itself. */

import type * as z from 'zod';
import type { FleetKeys } from '../keys.js';
import { agentReport, agentState, assignment, group } from '../records.js';
import { recordOf } from '../rollout/read-records.js';
import type { FleetStore } from '../store/store.js';
import type { Damage } from './damage.js';

/** By the key below the agent's label. */
const OF_AGENTS: ReadonlyMap<string, { readonly schema: z.ZodType; readonly text: string }> = new Map([
  [
    'config/wish',
    {
      schema: assignment,
      text: 'is no assignment: the agent keeps what it has, until vppmux fleet apply assigns it something',
    },
  ],
  [
    'state',
    {
      schema: agentState,
      text: 'is no state: the agent writes it anew with its next change, or its next start',
    },
  ],
  ['report', { schema: agentReport, text: 'is no report: the agent writes it anew with its next generation' }],
]);

export async function damagedRecords(store: FleetStore, keys: FleetKeys): Promise<Damage[]> {
  const [agents, groups] = await Promise.all([
    store.list({ prefix: keys.agents }),
    store.list({ prefix: keys.groups }),
  ]);
  const ofAgents = agents.kvs.flatMap((kv): Damage[] => {
    const known = OF_AGENTS.get(keys.agentOf(kv.key)?.what ?? '');
    return known === undefined || recordOf(known.schema, kv) !== undefined ? [] : [{ key: kv.key, text: known.text }];
  });
  const ofGroups = groups.kvs.flatMap((kv): Damage[] =>
    recordOf(group, kv) !== undefined
      ? []
      : [{ key: kv.key, text: 'is no group, and counts for nobody: vppmux fleet apply writes it anew' }],
  );
  return [...ofAgents, ...ofGroups];
}
