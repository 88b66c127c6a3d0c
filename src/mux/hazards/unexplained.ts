/**
 * Finds of `npm run try-messages -- --update` that no person has explained yet: a message with the values that ended
 * a VPP. Once the reason is known, an entry moves to table.ts.
 */

import { type Hazard, is } from './hazard.js';

/** A message that ended VPP with these values. */
export const ends = (message: string, values: Parameters<typeof is>[0], version: string): Hazard => ({
  message,
  when: Object.keys(values).length === 0 ? { text: 'it is sent with all defaults', holds: () => true } : is(values),
  reason: 'dies of it',
  evidence: 'tried',
  versions: [version],
});

export const FOUND: readonly Hazard[] = [
  // Added above this line by scripts/try-messages.mjs.
];
