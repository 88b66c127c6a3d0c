/** Frames that take their time. All by the same: order is kept. Some only: the others overtake them. */
import type { Fault } from './fault.js';
import { frameMatcher, type Which } from './which.js';

/** Everything, the handshake included, `ms` later. */
export function delay(ms: number): Fault {
  return held(ms, () => true);
}

/** Some frames `ms` later: past their request's deadline, say. */
export function late({ ms, ...which }: Which & { readonly ms: number }): Fault {
  return held(ms, frameMatcher(which));
}

function held(ms: number, matches: ReturnType<typeof frameMatcher>): Fault {
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
