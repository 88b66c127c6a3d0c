/** A mock and a connection to it for the time of one test. */

import { expect, onTestFinished } from 'vitest';
import type { MockOptions } from '../../mock-vpp/index.js';
import { type ConnectOptions, connect } from '../../src/mux/index.js';
import { mockVpp } from './vpp.js';

/** Runs `each` after the present test; the last one first. */
export function afterThis(...each: (() => unknown)[]): void {
  for (const one of each) onTestFinished(async () => void (await one()));
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
