/** Serves requests without answering them. */
import type { FaultHooks } from './fault-hooks.js';
import { frameMatcher, type Which } from './which.js';

export function silent(which: Which | true): FaultHooks {
  const matches = frameMatcher(which);
  return {
    frame(frame, _, next) {
      if (!matches(frame)) next(frame);
    },
  };
}
