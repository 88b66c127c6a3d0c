/** Sends wrong bytes. */
import type { MessageDef } from '../../src/mux/internal.js';
import type { OutFrame } from '../wire/client.js';
import { frame as frameOf, HEADER_BYTES } from '../wire/frame.js';
import type { FaultHooks } from './fault-hooks.js';
import { frameMatcher, type Which } from './which.js';

/** Gives wrong CRCs of these messages in the handshake; `true`: of all but memclnt's. */
export function wrongCrc(messages: string | readonly string[] | true): FaultHooks {
  const names = messages === true ? undefined : new Set(typeof messages === 'string' ? [messages] : messages);
  const lies = ({ name, file }: MessageDef) => (names ? names.has(name) : !/memclnt\.api\.json$/.test(file));
  return { crcOf: (def) => (lies(def) ? flipped(def.crc) : undefined) };
}

/** Sends random bytes (default 64), the same ones every time, in place of a frame. */
export function garbage(options: (Which & { readonly bytes?: number }) | true): FaultHooks {
  const { bytes: count = 64, ...which } = options === true ? {} : options;
  let seed = 0x2545f491;
  const next = () => {
    seed = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) + 0x297a2d39;
    return (seed >>> 16) & 255;
  };
  return instead(which, () => Buffer.from(Array.from({ length: count }, next)));
}

/** Sends a header that announces `bytes` (default 2 GiB), and nothing behind it, in place of a frame. */
export function oversize(options: (Which & { readonly bytes?: number }) | true): FaultHooks {
  const { bytes = 0x80000000, ...which } = options === true ? {} : options;
  return instead(which, () => frameOf(new Uint8Array(0), bytes));
}

/** Sends a frame without its last `bytes` (default 1); its header is right about the rest. */
export function truncate(options: (Which & { readonly bytes?: number }) | true): FaultHooks {
  const { bytes = 1, ...which } = options === true ? {} : options;
  return instead(which, ({ bytes: whole }) =>
    frameOf(whole.subarray(HEADER_BYTES, Math.max(HEADER_BYTES, whole.length - bytes))),
  );
}

/** Sends a frame with `bytes` (default 8) more than its definition has; VPP's own log_details is like that. */
export function trailing(options: (Which & { readonly bytes?: number }) | true): FaultHooks {
  const { bytes = 8, ...which } = options === true ? {} : options;
  return instead(which, ({ bytes: whole }) =>
    frameOf(Buffer.concat([whole.subarray(HEADER_BYTES), Buffer.alloc(bytes, 0xa5)])),
  );
}

function instead(which: Which, make: (frame: OutFrame) => Buffer): FaultHooks {
  const matches = frameMatcher(which);
  return {
    frame: (frame, _, next) => next(matches(frame) ? { ...frame, bytes: make(frame) } : frame),
  };
}

function flipped(crc: string): string {
  return (~Number.parseInt(crc, 16) >>> 0).toString(16).padStart(8, '0');
}
