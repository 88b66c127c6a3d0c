/** The operations wish.*: what they are called, what they take and give. */

import { operation, z } from '../../sdk/index.js';
import {
  cliLine,
  graphEdge,
  graphObject,
  mistake,
  objectCounts,
  outcome,
  pendingObject,
  planOutput,
  problem,
  revision,
  text,
  unconfirmed,
} from './shapes.js';

const most = z.int().min(0).max(100_000).default(1000).describe('How many to give at most; all are counted');

const allowDeletions = z
  .union([z.int().min(0), z.literal(true)])
  .optional()
  .describe('How many objects may be deleted, or true for any number. Default: max-deletions of desired-state.conf');

const autoCorrect = z.enum(['never', 'safe', 'all']).describe('What the agent mends by itself');

const confirm = z
  .int()
  .min(1)
  .max(86_400)
  .optional()
  .describe('Seconds within which wish.confirm has to come, or the wish before takes its place again');

export const wishValidate = operation({
  name: 'wish.validate',
  access: 'read',
  summary: 'Check a wish without carrying it out',
  input: z.object({ text }),
  output: z.object({
    valid: z.boolean().describe('It could be applied'),
    errors: z.array(mistake).describe('In the order of the checks; of the form first'),
    warnings: z.array(mistake).describe('Likely mistakes; they refuse nothing'),
  }),
});

export const wishPlan = operation({
  name: 'wish.plan',
  access: 'read',
  summary: 'Show what would change in VPP, and change nothing',
  description:
    'For a wish that is given, for one of the history, or for the present one. Values that are secret are shown as (secret).',
  input: z.object({
    text: text.optional(),
    revision: revision.optional().describe('A wish of the history in place of a text'),
    most,
    asCli: z.boolean().default(false).describe("Give lines of VPP's command line as well, as vppcfg has them"),
  }),
  output: z.object({
    ...planOutput,
    refusal: z.string().optional().describe('Why wish.apply would refuse it: it deletes too much'),
    cli: z.array(cliLine).optional().describe('With asCli: the same changes, without those that VPP has no line for'),
  }),
});

export const wishApply = operation({
  name: 'wish.apply',
  access: 'write',
  summary: 'Save a wish and carry it out',
  description:
    'The wish is on disk before the first message goes to VPP; one that cannot be saved is refused, and so is one that has mistakes or deletes' +
    ' too much. It is carried out to its end, whether its caller waits or not, and again after each restart of VPP. One object that fails' +
    ' stops no other. With `confirm` the wish before takes its place again, unless wish.confirm comes in time, also when the agent ends meanwhile.',
  input: z.object({
    text,
    confirm,
    allowDeletions,
    comment: z.string().max(500).optional().describe('For the history'),
  }),
  output: z.object(outcome),
});

export const wishConfirm = operation({
  name: 'wish.confirm',
  access: 'write',
  summary: 'Keep the wish that waits to be confirmed',
  description:
    'May be called again. ENOENT where a given revision is not the present one: it was taken back, or replaced.',
  input: z.object({ revision: revision.optional().describe('Confirm only this one') }),
  output: z.object({
    revision: revision.describe('The wish that is confirmed now'),
    already: z.boolean().describe('It was confirmed before'),
  }),
});

export const wishRollback = operation({
  name: 'wish.rollback',
  access: 'write',
  summary: 'Take the wish back: carry out an earlier one',
  description:
    'Without input: while a wish waits to be confirmed, the confirmed one; else the one before the present one. The earlier wish becomes a new revision,' +
    ' except where an unconfirmed one is taken back.',
  input: z.object({
    revision: revision.optional().describe('The wish to go back to'),
    steps: z.int().min(1).optional().describe('How many wishes to go back'),
    confirm,
    allowDeletions,
  }),
  output: z.object({ ...outcome, from: revision.describe('The wish of the history that is carried out again') }),
});

export const wishDrift = operation({
  name: 'wish.drift',
  access: 'read',
  summary: 'Show what in VPP is not as it was wished',
  input: z.object({ most }),
  output: z.object({
    revision: revision.describe('The present wish'),
    ...planOutput,
    autoCorrect,
  }),
});

export const wishGraph = operation({
  name: 'wish.graph',
  access: 'read',
  summary: 'Show the objects of a wish and of VPP, with what each needs',
  description: 'For the present wish, or as wish.plan. VPP is read for it.',
  input: z.object({
    text: text.optional(),
    revision: revision.optional().describe('A wish of the history in place of a text'),
    format: z.enum(['json', 'dot', 'mermaid']).default('json').describe('dot and mermaid give a text'),
    most: z
      .int()
      .min(1)
      .max(100_000)
      .default(2000)
      .describe('Objects at most; those that are as wanted are left out first'),
  }),
  output: z.object({
    objects: z.array(graphObject).optional().describe('With json'),
    edges: z.array(graphEdge).optional().describe('With json'),
    omitted: z.int().describe('Further objects'),
    text: z.string().optional().describe('With dot and mermaid'),
  }),
});

export const wishAdopt = operation({
  name: 'wish.adopt',
  access: 'write',
  summary: 'Write down what VPP has, as a wish',
  description: 'Changes nothing. Only callers who may write can read it: it holds what VPP has, secrets included.',
  input: z.object({}),
  output: z.object({
    text: z.string().describe('A wish that, applied now, changes nothing').meta({ secret: true }),
    undescribed: z
      .array(pendingObject)
      .describe('Objects that the text does not describe; applying it leaves them as they are'),
  }),
});

export const wishHistory = operation({
  name: 'wish.history',
  access: 'read',
  summary: 'List the wishes that were applied, the newest first',
  input: z.object({ limit: z.int().min(1).max(1000).default(50).describe('How many at most') }),
  output: z.object({
    wishes: z
      .array(
        z.object({
          revision: revision.describe('Its number'),
          at: z.string().describe('When it was saved, ISO 8601'),
          by: z.string().describe('Who applied it'),
          comment: z.string().optional().describe('Of the one who applied it'),
          state: z
            .enum(['present', 'unconfirmed', 'confirmed', 'past', 'taken-back'])
            .describe('confirmed: the one that takes the place of an unconfirmed one'),
          results: z
            .record(z.string(), z.int())
            .optional()
            .describe('How many of its changes were applied, failed, uncertain, pending, when there were some last'),
        }),
      )
      .describe('The newest first'),
  }),
});

export const wishShow = operation({
  name: 'wish.show',
  access: 'write',
  summary: 'Read a wish of the history',
  description: 'Only callers who may write can read it: it may hold secrets.',
  input: z.object({ revision: revision.optional().describe('Default: the present one') }),
  output: z.object({
    revision: revision.describe('Its number'),
    text: z.string().describe('As it was applied').meta({ secret: true }),
  }),
});

export const wishStatus = operation({
  name: 'wish.status',
  access: 'read',
  summary: 'Tell whether VPP is as it was wished, and what the agent does about it',
  input: z.object({
    objects: z.boolean().default(false).describe('List all objects of the wish with their states'),
    match: z.string().optional().describe('Only objects whose keys fit: address/loop*'),
    limit: z.int().min(0).max(100_000).default(1000).describe('How many objects at most'),
    after: z.string().optional().describe('next of the page before'),
  }),
  output: z.object({
    state: z
      .enum(['none', 'waiting', 'working', 'applied', 'incomplete', 'drifted', 'error'])
      .describe(
        'none: no wish was applied; waiting: VPP is away; working: it is being read or changed; incomplete: some objects are not as wanted; error: the wish cannot be read, or VPP does not answer',
      ),
    reason: z.string().describe('For people'),
    revision: revision.optional().describe('The present wish'),
    since: z.string().optional().describe('When the present wish was saved'),
    unconfirmed: unconfirmed.optional().describe('Present where the present wish has to be confirmed'),
    counts: objectCounts.describe('Objects of the present wish by their state'),
    problems: z.array(problem).describe('At most 100'),
    checkedAt: z.string().optional().describe('When VPP was read last'),
    nextCheckAt: z.string().optional().describe('When it is read next, if nothing happens'),
    autoCorrect,
    objects: z
      .array(
        z.object({
          key: z.string().describe('KIND/NAME'),
          kind: z.string().describe('Its kind: address'),
          name: z.string().describe('Its name within its kind'),
          state: objectCounts.keyof().describe('Whether it is as it is wanted'),
          reason: z.string().optional().describe('Why it is not'),
          needs: z.array(z.string()).describe('Keys of what it stands on'),
        }),
      )
      .optional()
      .describe('By key'),
    next: z.string().optional().describe('The after of the next page; missing in the last one'),
  }),
});
