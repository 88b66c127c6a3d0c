/** Words of the page for how an agent is: those of `vppmux fleet`, which the page cannot import. */

import { expect, it } from 'vitest';
import { standingText } from '../../src/cli/fleet/status-text.js';
import { STANDINGS } from '../../web/views/fleet/types.js';
import { STANDING_WORDS } from '../../web/views/fleet/words.js';

it.each(STANDINGS)('%s: is called as on the command line', (standing) => {
  expect(STANDING_WORDS[standing]).toBe(standingText(standing));
});
