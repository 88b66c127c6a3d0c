/** Delays frames: all by the same time, which keeps their order, or some only, which the others overtake. */
import type { FaultHooks } from './fault-hooks.js';
import { frameMatcher, type Which } from './which.js';

/** Sends everything, the handshake included, `ms` later. */
export function delay(ms: number): FaultHooks {
  return held(ms, () => true);
}

/** Sends some frames `ms` later, for example after their request's deadline. */
export function late({ ms, ...which }: Which & { readonly ms: number }): FaultHooks {
  return held(ms, frameMatcher(which));
}

function held(ms: number, matches: ReturnType<typeof frameMatcher>): FaultHooks {
  return {
    frame(frame, client, next) {
      if (!matches(frame)) {
        next(frame);
        return;
      }
      client.held++;
      setTimeout(() => {
        next(frame);
        client.release();
      }, ms).unref();
    },
  };
}
