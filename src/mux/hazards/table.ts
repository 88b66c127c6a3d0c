/**
 * All messages that are known to harm VPP, by message, value and state. `scripts/try-messages.mjs` tries every reading
 * message on a VPP of its own and adds what ended it (WIRE 3.13, 3.17, 3.18).
 */

import { ABF } from './abf.js';
import { ASKED_FIRST } from './asked-first.js';
import { BY_VALUE } from './by-value.js';
import type { Hazard } from './hazard.js';
import { NEVER } from './never.js';
import { TOLD } from './told.js';
import { FOUND } from './unexplained.js';
import { PATHS } from './with-paths.js';

export const HAZARDS: readonly Hazard[] = [
  // Never sent.
  ...NEVER,
  // Refused with some values, or where VPP lacks what they name.
  ...BY_VALUE,
  ...PATHS,
  ...ABF,
  ...ASKED_FIRST,
  // Told, and sent.
  ...TOLD,
  ...FOUND,
];
