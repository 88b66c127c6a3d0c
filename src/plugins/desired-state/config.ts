/** desired-state.conf. */

import { duration, z } from '../../sdk/index.js';

export const desiredStateConfig = z.object({
  'state-dir': z
    .string()
    .default('')
    .describe('Folder of the wishes and their state. Empty: that of systemd or of the user, see docs/desired-state.md'),
  wish: z
    .string()
    .default('')
    .describe('A wish that is applied when the agent starts and when the file has changed. Empty: none'),
  'auto-correct': z
    .enum(['never', 'safe', 'all'])
    .default('never')
    .describe(
      'What is mended when others change VPP. safe: nothing is deleted or created anew, and no worker of VPP stops for it. After a restart of VPP everything is carried out anyway',
    ),
  'check-interval': duration().default('5m').describe('How often VPP is compared with the wish, besides after events'),
  'max-deletions': z
    .int()
    .min(0)
    .default(20)
    .describe('How many objects are deleted at most, unless whoever applies a wish allows more'),
  unmanaged: z
    .array(z.string().min(1))
    .default([])
    .describe('Globs over keys of objects that are never touched, nor what stands on them: interface/memif*, route/*'),
  'unmanaged-tags': z
    .array(z.string().min(1))
    .default([])
    .describe('Globs over tags of interfaces and ACLs that are never touched, nor what stands on them'),
  keep: z.int().min(2).max(1000).default(50).describe('How many wishes are kept, for rollback'),
});

export type DesiredStateConfig = z.output<typeof desiredStateConfig>;
export type AutoCorrect = DesiredStateConfig['auto-correct'];
