/** Parts of the inputs and outputs of the operations wish.*. */

import { z } from '../../sdk/index.js';

/** Characters of a wish at most: as many as reading a file gives. */
const MOST_TEXT = 32 * 1024 * 1024;

export const text = z
  .string()
  .max(MOST_TEXT)
  .describe("The wish: YAML in vppcfg's format, with x-vppmux")
  .meta({ secret: true });

export const revision = z.int().min(1);

export const mistake = z.object({
  path: z.string().describe('The place in the wish, as interfaces.GigabitEthernet3/0/0.mtu'),
  message: z.string().describe('What is wrong, for people'),
  line: z.int().describe('From 1'),
  column: z.int().describe('From 1'),
});

/** A value of an object, as its kind has it. */
const value = z.union([z.looseObject({}), z.array(z.json()), z.string(), z.number(), z.boolean(), z.null()]);

export type ShownValue = z.input<typeof value>;

export const message = z.object({
  name: z.string().describe('Name of the message'),
  fields: z
    .record(z.string(), z.unknown())
    .describe('As they would be sent; <loop0> stands for a number that VPP gives'),
  stopsWorkers: z.boolean().describe("Whether VPP's workers stand still while it handles it"),
});

export const change = z.object({
  action: z.enum(['create', 'change', 'delete']).describe('What is done to the object'),
  key: z.string().describe('KIND/NAME: address/loop0 192.0.2.1/24'),
  reason: z.string().describe('Why, for people'),
  before: value.optional().describe('The object as VPP has it; missing where it is created'),
  after: value.optional().describe('The object as it is wanted; missing where it is deleted'),
  messages: z.array(message).describe('The messages that make it so'),
});

export const pendingObject = z.object({
  key: z.string().describe('KIND/NAME'),
  reason: z.string().describe('Why it cannot be as it is wanted, or stays as it is'),
});

export const changeCounts = z.object({
  create: z.int().describe('Objects to be created'),
  change: z.int().describe('Objects to be changed in place'),
  delete: z.int().describe('Objects to be deleted, those that are created anew included'),
  pending: z.int().describe('Objects that cannot be as they are wanted'),
});

export const cliLine = z.object({
  block: z.enum(['prune', 'create', 'sync']).describe("Block of vppcfg's output"),
  line: z.string().describe("A line of VPP's command line"),
});

/** A plan in an output. */
export const planOutput = {
  changes: z.array(change).describe('In the order in which they would be carried out; at most `most`'),
  counts: changeCounts.describe('All of them'),
  pending: z.array(pendingObject).describe('At most `most`'),
};

export const objectState = z.enum(['applied', 'failed', 'uncertain', 'pending', 'drifted']);

/** An object that is not as it is wanted. */
export const problem = z.object({
  key: z.string().describe('KIND/NAME'),
  state: objectState.exclude(['applied']).describe('What it is instead'),
  reason: z.string().describe('For people'),
  attempts: z.int().optional().describe('How often it was tried'),
  retryAt: z
    .string()
    .optional()
    .describe('When it is tried again, ISO 8601; missing: not before the wish or VPP changes'),
});

export const unconfirmed = z.object({
  revision: revision.describe('The wish that waits for wish.confirm'),
  seconds: z.int().describe('How long it waits, from the moment it has been carried out'),
  until: z.string().optional().describe('When it is taken back, ISO 8601; missing until it has been carried out'),
  back: revision.optional().describe('The wish that takes its place then'),
});

export const objectCounts = z.object({
  applied: z.int().describe('Objects that are as they are wanted'),
  failed: z.int().describe('VPP, or the agent, has refused it'),
  uncertain: z.int().describe('No answer came; it is read back'),
  pending: z.int().describe('Waits for what it needs, or for its turn'),
  drifted: z.int().describe('Was as wanted, and has been changed by others'),
});

/** The result of carrying a wish out. */
export const outcome = {
  revision: revision.describe('Its number in the history'),
  state: z
    .enum(['applied', 'incomplete', 'waiting'])
    .describe(
      'applied: VPP is as wished; incomplete: some objects are not, and what can succeed is tried again; waiting: saved, and carried out when VPP is there',
    ),
  changed: z.int().describe('Changes that VPP has confirmed'),
  counts: objectCounts.describe('Objects of the wish by their state'),
  problems: z.array(problem).describe('Objects that are not as they are wanted, at most 100'),
  unconfirmed: unconfirmed.optional().describe('Present where it has to be confirmed'),
};

export const graphObject = z.object({
  key: z.string().describe('KIND/NAME'),
  kind: z.string().describe('Its kind; interface for one that no kind makes'),
  state: z
    .enum(['as-wanted', 'differs', 'missing', 'pending', 'unwanted', 'unmanaged', 'absent'])
    .describe('absent: something needs it, and nobody makes it'),
  reason: z.string().optional().describe('Why it is changed, or is not'),
});

export const graphEdge = z.object({
  from: z.string().describe('Key of the object that needs the other one'),
  to: z.string().describe('Key of the other one'),
});
