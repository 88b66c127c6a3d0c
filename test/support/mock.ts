/** A mock for one test: own socket, own directory, gone afterwards. Warnings of the mock fail the test, but those of requests it does not serve. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type MockOptions, type MockVpp, startMock } from '../../mock-vpp/index.js';
import { loadSchema, type Schema } from '../../src/mux/internal.js';
import { RawClient } from './raw-client.js';

export const ownApiDir = fileURLToPath(new URL('../../mock-vpp/api', import.meta.url));

let own: Promise<Schema> | undefined;

/** The schema of the mock's own definitions, loaded once. */
export function ownSchema(): Promise<Schema> {
  own ??= loadSchema(ownApiDir);
  return own;
}

/** A path for a socket in a directory of its own, removed after the test. */
export function socketPath(): string {
  const dir = mkdtempSync(join(tmpdir(), 'mock-vpp-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, 'api.sock');
}

export async function testMock(options: Partial<MockOptions> = {}): Promise<MockVpp> {
  const warnings: string[] = [];
  const log: MockOptions['log'] = (level, message) => {
    if (level === 'warn' && !message.startsWith('the mock does not serve')) warnings.push(message);
  };
  const mock = await startMock({ socket: socketPath(), log, ...options });
  onTestFinished(async () => {
    await mock.stop();
    if (warnings.length > 0) throw new Error(`the mock warned: ${warnings.join('; ')}`);
  });
  return mock;
}

/** A client that has shaken hands; closed after the test. */
export async function rawClient(mock: MockVpp, schema?: Schema): Promise<RawClient> {
  const client = await RawClient.connect(mock.socket, schema ?? (await ownSchema()));
  onTestFinished(() => client.close());
  return client;
}

/** Mock and client in one. */
export async function mockAndClient(options: Partial<MockOptions> = {}): Promise<{ mock: MockVpp; client: RawClient }> {
  const mock = await testMock(options);
  return { mock, client: await rawClient(mock) };
}

/** Resolves when `condition` holds; looks at every turn of the event loop, gives up after `ms`. */
export async function until(condition: () => boolean, ms = 120_000): Promise<void> {
  const end = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${condition}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
