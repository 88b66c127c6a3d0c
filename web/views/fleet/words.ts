/** The words for states, as `vppmux fleet` has them. */

import type { RolloutState, Standing } from './types.js';

/** An agent is … */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  applied: 'as wished',
  none: 'without a wish',
  applying: 'under way',
  behind: 'behind',
  waiting: 'waiting for VPP',
  incomplete: 'incomplete',
  refused: 'refused',
  'taken-back': 'taken back',
  lost: 'lost',
  unseen: 'never seen',
};

/** What that means, where the word does not say it. */
export const STANDING_HINTS: Readonly<Partial<Record<Standing, string>>> = {
  behind: 'have not taken it up yet',
  incomplete: 'objects failed',
  refused: 'nothing was changed there',
  'taken-back': 'went back by themselves',
  lost: 'not connected now',
  unseen: 'is it their label?',
};

/** A roll-out is … */
export const STATE_WORDS: Readonly<Record<RolloutState, string>> = {
  running: 'under way',
  paused: 'paused',
  confirming: 'waiting for its confirmation',
  done: 'done',
  'taking-back': 'being taken back',
  'taken-back': 'taken back',
};
