/** Serves requests without answering them. */
import type { Fault } from './fault.js';
import { frameMatcher, type Which } from './which.js';

export function silent(which: Which | true): Fault {
  const matches = frameMatcher(which);
  return {
    frame(frame, _, next) {
      if (!matches(frame)) next(frame);
    },
  };
}
