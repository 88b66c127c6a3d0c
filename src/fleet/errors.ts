// biome-ignore-all lint/plugin: an error shows its fields to every log

/** The errors of a fleet; those of its store are their own. */

import { printableLine } from '../printable.js';

/** code → what it means and what to do. */
export const FLEET_ERRORS = {
  UNDER_WAY: 'another generation is rolled out; wait for its end, or take it back',
  NO_GENERATION: 'nothing was ever rolled out, or that generation is not kept any more',
  WRONG_STATE: 'the roll-out is in a state in which this cannot be asked for; the message has it',
  BAD_RECORD:
    'a key of the store holds what this version of vppmux has not written, and is named: vppmux fleet repair says what is damaged, and mends it',
  BAD_PLAN:
    'the plan has something that no record may have, as a text that is too long; it is named, and nothing was begun',
  BAD_MERGE: 'a wish cannot be merged with others: it cannot be read as YAML, or is no map; it is named',
  TOO_LARGE: 'the plan is larger than a store takes in one piece: roll it out to fewer agents at a time',
  NO_WISH: 'the store lacks the text of a wish that an assignment or group names; roll it out again',
  BAD_WISH: 'the text of a wish in the store is not the one that its name says; roll it out again',
  WISH_TOO_LARGE: 'a wish is larger than 32 MiB, or than 8 MiB when it is compressed',
  CONTENDED: 'others have changed the fleet each time that this was tried; try again',
} as const;

export type FleetErrorCode = keyof typeof FLEET_ERRORS;

/** `code` is stable, `message` is for people, in one line. */
export class FleetError extends Error {
  override readonly name = 'FleetError';

  constructor(
    readonly code: FleetErrorCode,
    message: string,
  ) {
    super(printableLine(message));
  }
}
