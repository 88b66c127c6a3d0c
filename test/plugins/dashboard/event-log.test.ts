/** The last events. */

import { expect, it } from 'vitest';
import { EventLog } from '../../../src/plugins/dashboard/event-log.js';

it('the event log: the newest first, fifty at most', () => {
  let now = 0;
  const log = new EventLog(() => ++now);
  for (let i = 1; i <= 60; i++) log.add('good', `event ${i}`);
  expect(log.lines).toHaveLength(50);
  expect(log.lines[0]).toEqual({ at: 60, tone: 'good', text: 'event 60' });
  expect(log.lines.at(-1)?.text).toBe('event 11');
});
