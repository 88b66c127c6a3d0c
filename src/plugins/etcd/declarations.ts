/** The operations fleet.*: what they are called, what they take and give. */

import { operation, z } from '../../sdk/index.js';

const generation = z.int().min(1);
const when = z.string().describe('ISO 8601');

const rollout = z.object({
  generation: generation.describe('Its number'),
  state: z
    .enum(['running', 'paused', 'confirming', 'done', 'taking-back', 'taken-back'])
    .describe('confirming: all waves are done, and fleet.confirm is waited for'),
  reason: z.string().optional().describe('Why it stopped, for people'),
  wave: z.int().min(0).describe('The wave under way, from 1'),
  waves: z.int().min(0).describe('All of them'),
  agents: z.int().min(0).describe('Agents that it gives a wish'),
  since: when.describe('When this state, or this wave, began'),
  startedAt: when.describe('When it was asked for'),
  by: z.string().describe('Name of the one who asked for it'),
  comment: z.string().optional().describe('Of the one who asked for it'),
  driver: z.string().optional().describe('The driver that wrote the state'),
  confirmSeconds: z.int().min(1).optional().describe('How long it waits to be confirmed after its last wave'),
  confirmBy: when.optional().describe('In the state confirming: when it is taken back unless somebody confirms it'),
  wanted: z.enum(['confirm', 'take-back', 'pause', 'go-on']).optional().describe('Asked for, and not done yet'),
  rollbackTo: generation.optional().describe('The generation whose wishes these are, for a rollback'),
});

const standing = z.enum([
  ...(['applying', 'applied', 'waiting', 'incomplete', 'refused', 'taken-back'] as const),
  ...(['none', 'behind', 'lost', 'unseen'] as const),
]);

const health = z.enum(['ok', 'degraded', 'error']);

export const fleetStatus = operation({
  name: 'fleet.status',
  access: 'read',
  summary: 'Tell how the fleet is: the newest roll-out, its driver, agents by their state, and this agent',
  description:
    'What is beyond this agent is read from the store, at most once in two seconds for all callers; it is left out, with the reason, where' +
    ' the store is away, or does not let this agent read it.',
  input: z.object({}),
  output: z.object({
    on: z.boolean().describe('Whether etcd.conf makes this agent a member of a fleet'),
    reason: z.string().describe("This agent's part, for people"),
    own: z
      .object({
        label: z.string().describe("The agent's name in the fleet"),
        store: z.enum(['connecting', 'there', 'away', 'refused']).describe('The way to the store'),
        storeReason: z.string().optional().describe('Why the store cannot be reached, or refuses'),
        since: when.optional().describe('Since when it cannot'),
        generation: generation.optional().describe('The generation that it carries out'),
        outcome: standing.exclude(['none', 'behind', 'lost', 'unseen']).optional().describe('What became of that'),
        outcomeReason: z.string().optional().describe('Why it is not applied'),
        drift: z.int().min(0).describe('Objects of VPP that others have changed'),
        driving: z.boolean().describe('Whether it drives roll-outs just now'),
      })
      .optional()
      .describe('This agent; missing while it is off'),
    rollout: rollout.optional().describe('The newest one; missing where nothing was ever rolled out'),
    driver: z.string().optional().describe('Name of the one who drives; missing where nobody does'),
    agents: z.int().min(0).optional().describe('Agents that are known'),
    counts: z.partialRecord(standing, z.int()).optional().describe('Agents by their state'),
    health: z.partialRecord(health, z.int()).optional().describe('Agents that are there, by their health'),
    drifted: z.int().min(0).optional().describe('Agents whose VPP others have changed'),
    progress: z
      .object({
        given: z.int().min(0).describe('Agents that are to carry it out by now'),
        applied: z.int().min(0).describe('Those of them that have'),
      })
      .optional()
      .describe('How far the newest roll-out is'),
    fleetReason: z.string().optional().describe('Why the fleet beyond this agent is not known'),
  }),
});

const agent = z.object({
  label: z.string().describe('Its name'),
  standing: standing.describe(
    'How it is; none: it has no wish of the fleet; behind: it has not taken up its generation; lost: it was there; unseen: it never was',
  ),
  assigned: generation.optional().describe('The generation that it is to carry out'),
  generation: generation.optional().describe('The one that it has'),
  reason: z.string().optional().describe('Why it is not applied'),
  at: when.optional().describe('The time of its last word'),
  agent: z.string().optional().describe('Its version of vppmux; missing while it is away'),
  vpp: z.string().optional().describe('Its version of VPP'),
  labels: z.record(z.string(), z.string()).optional().describe('Its labels'),
  drift: z.int().min(0).optional().describe('Objects of its VPP that others have changed'),
  health: health.optional().describe('Its health'),
});

export const fleetAgents = operation({
  name: 'fleet.agents',
  access: 'read',
  summary: 'List the agents of the fleet',
  input: z.object({
    match: z.string().optional().describe('Only labels that fit: edge-*'),
    standing: standing.optional().describe('Only agents in this state'),
    health: health.optional().describe('Only agents that are there, with this health'),
    drifted: z.boolean().optional().describe('true: only agents whose VPP others have changed'),
    limit: z.int().min(1).max(10_000).default(1000).describe('How many at most'),
    after: z.string().optional().describe('next of the page before'),
  }),
  output: z.object({
    agents: z.array(agent).describe('In the order of their labels'),
    total: z.int().min(0).describe('All that fit'),
    next: z.string().optional().describe('The after of the next page; missing in the last one'),
  }),
});

export const fleetHistory = operation({
  name: 'fleet.history',
  access: 'read',
  summary: 'List the roll-outs of the fleet that are kept, the newest first',
  input: z.object({ limit: z.int().min(1).max(50).default(50).describe('How many at most') }),
  output: z.object({ rollouts: z.array(rollout).describe('The newest first') }),
});

const asked = z.object({
  generation: generation.describe('The roll-out that it was asked of'),
  driver: z.string().optional().describe('Name of the one who will do it; missing where nobody drives just now'),
});

const ask = (name: string, summary: string, description: string) =>
  operation({
    ...{ name: `fleet.${name}`, access: 'write', summary, description },
    input: z.object({
      generation: generation.optional().describe('The roll-out that is meant; EBUSY where it is not the newest'),
    }),
    output: asked,
  });

export const fleetConfirm = ask(
  'confirm',
  'Keep the newest roll-out, which waits to be confirmed',
  'It is taken back at its deadline otherwise. EBUSY in any other state.',
);
export const fleetTakeBack = ask(
  'take-back',
  'Take the newest roll-out back: all agents that it has touched get their wishes from before',
  'While it is under way, paused or waiting to be confirmed; EBUSY in any other state.',
);
export const fleetPause = ask(
  'pause',
  'Let the newest roll-out stop after the present step',
  'EBUSY unless it is under way.',
);
export const fleetResume = ask('resume', 'Let the newest roll-out go on', 'EBUSY unless it is paused.');
