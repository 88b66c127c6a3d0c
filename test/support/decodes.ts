import { vi } from 'vitest';
import type { Message } from '../../src/mux/codec/codec.js';

/** Watches how often `message` is decoded by the session or for a listener; ends with `vi.restoreAllMocks()`. */
export function decodesOf(message: Message) {
  // A getter that gives a function is a method to the types of spyOn.
  return vi.spyOn(message as unknown as { readonly read: object }, 'read', 'get');
}
