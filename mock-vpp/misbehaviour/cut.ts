/** Connections that end: in the middle of a frame, or as a request arrives. */
import { HEADER_BYTES } from '../wire/frame.js';
import type { FaultHooks } from './fault-hooks.js';
import { frameMatcher, matcher, type Which } from './which.js';

/** Sends the first `bytes` of a frame (default: the header and half of the body), then ends the connection. */
export function closeMidFrame(options: (Which & { readonly bytes?: number }) | true): FaultHooks {
  const { bytes, ...which } = options === true ? {} : options;
  const matches = frameMatcher(which);
  return {
    frame(frame, client, next) {
      if (client.state !== 'open') return;
      if (!matches(frame)) return next(frame);
      const half = HEADER_BYTES + ((frame.bytes.length - HEADER_BYTES) >> 1);
      client.sendRaw(frame.bytes.subarray(0, bytes ?? half));
      client.held = 0;
      client.finish();
    },
  };
}

/** Ends connections. `true`: all of them now, and each new one immediately; otherwise instead of serving a request. */
export function close(which: Which | true): FaultHooks {
  if (which === true) return { begin: (client) => client.destroy() };
  const matches = matcher(which);
  return {
    request(name, client) {
      if (!matches(name)) return true;
      client.destroy();
      return false;
    },
  };
}
