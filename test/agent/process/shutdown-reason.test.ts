import { EventEmitter } from 'node:events';
import type { Logger } from 'pino';
import { config as rxjs, Subject } from 'rxjs';
import { expect, it, vi } from 'vitest';
import { ShutdownReason } from '../../../src/agent/process/shutdown-reason.js';

it('an observer that fails at the last moment: is logged, though rxjs tells of it when the agent has ended', async () => {
  const errors: string[] = [];
  const log = { error: (_: unknown, text: string) => void errors.push(text) } as unknown as Logger;
  const reason = new ShutdownReason(Object.assign(new EventEmitter(), { exit: () => {} }), log, undefined);
  const status = new Subject<number>();
  status.subscribe(() => {
    throw new Error('too late');
  });
  status.next(1);
  reason.dispose();
  await vi.waitFor(() => expect(errors).toEqual(['an observer has failed (in no known plugin): too late']));
  await vi.waitFor(() => expect(rxjs.onUnhandledError).toBeNull());
});
