/** A mock and a connection to it for the time of one test. */

import { afterEach, expect } from 'vitest';
import type { MockOptions } from '../../mock-vpp/index.js';
import { type ConnectOptions, connect } from '../../src/mux/index.js';
import { mockVpp } from './vpp.js';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

/** Runs `each` after the present test; the last one first. */
export function afterThis(...each: (() => unknown)[]): void {
  undo.push(...each);
}

/** Connected, and nothing of the mux's own is in flight any more. */
export async function world(options: ConnectOptions = {}, mockOptions: Partial<MockOptions> = {}) {
  const { mock, socket, stop } = await mockVpp(mockOptions);
  afterThis(stop);
  const connection = await connect({ socket, cacheDir: false, ...options });
  afterThis(() => connection.destroy());
  await expect.poll(() => connection.status.pid).toBeDefined();
  return { mock, connection };
}
