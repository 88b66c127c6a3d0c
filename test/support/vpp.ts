/**
 * A VPP for contract tests: the one `VPP_API_SOCKET` names, else a mock on a socket of its own.
 * Tests against a real VPP leave nothing behind and assume nothing of what is in it.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MockOptions, type MockVpp, startMock } from '../../mock-vpp/index.js';

export const realSocket = process.env.VPP_API_SOCKET || undefined;

/** A directory of a test's own, and what removes it. */
export function scratch(): { path: (name: string) => string; remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'vppmux-'));
  return { path: (name) => join(directory, name), remove: () => rmSync(directory, { recursive: true, force: true }) };
}

export interface TestVpp {
  readonly socket: string;
  stop(): Promise<void>;
}

/** The real one, or a mock. */
export async function anyVpp(): Promise<TestVpp> {
  if (realSocket) return { socket: realSocket, stop: async () => {} };
  const { mock, stop } = await mockVpp();
  return { socket: mock.socket, stop };
}

/** Always a mock. */
export async function mockVpp(
  options: Partial<MockOptions> = {},
): Promise<{ mock: MockVpp; socket: string; stop(): Promise<void> }> {
  const { path, remove } = scratch();
  const mock = await startMock({ socket: path('api.sock'), ...options });
  const stop = async () => {
    await mock.stop();
    remove();
  };
  return { mock, socket: mock.socket, stop };
}
