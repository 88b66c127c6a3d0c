import { expect, it } from 'vitest';
import { Unread } from '../../../src/mux/relay/unread.js';
import { fakeClock } from '../../support/fake-clock.js';
import { afterThis } from '../../support/world.js';

const MiB = 1024 * 1024;

function made() {
  const clock = fakeClock(afterThis);
  const output = { waiting: 2 * MiB, bytesTaken: 0 };
  const reasons: string[] = [];
  const unread = new Unread(output, MiB, (reason) => reasons.push(reason));
  afterThis(() => unread.stop());
  return { clock, output, reasons, unread };
}

it('nothing taken for a second: that is too much', async () => {
  const { clock, reasons, unread } = made();
  unread.check();
  await clock.pass(990);
  expect(reasons).toEqual([]);
  await clock.pass(20);
  expect(reasons).toEqual(['it does not read: 2097152 bytes wait for it, 1048576 are the limit']);
});

it('some of it taken each second: goes on, until nothing more is', async () => {
  const { clock, output, reasons, unread } = made();
  unread.check();
  for (let i = 0; i < 5; i++) {
    await clock.pass(500);
    output.bytesTaken += 100_000;
    unread.check();
    await clock.pass(500);
  }
  expect(reasons).toEqual([]);
  await clock.pass(1000);
  expect(reasons).toHaveLength(1);
});

it('below the limit again: is forgotten', async () => {
  const { clock, output, reasons, unread } = made();
  unread.check();
  output.waiting = 10;
  await clock.pass(3000);
  expect(reasons).toEqual([]);
});

it('half a gigabyte: is too much, however well it reads', () => {
  const { output, reasons, unread } = made();
  output.waiting = 513 * MiB;
  unread.check();
  expect(reasons[0]).toContain('it reads too slowly');
});

it('many that read slowly: share half a gigabyte', async () => {
  const all = [made(), made(), made(), made()];
  for (const { output, unread } of all) {
    output.waiting = 127 * MiB;
    unread.check();
  }
  expect(all.flatMap(({ reasons }) => reasons)).toEqual([]);
  const [first, second] = all;
  first.output.waiting = 129 * MiB;
  first.unread.check();
  expect(first.reasons).toEqual([
    `it reads too slowly: ${129 * MiB} bytes wait for it, ${128 * MiB} are the most, as 3 others read slowly, too`,
  ]);
  first.unread.stop();
  second.output.waiting = 129 * MiB;
  second.unread.check();
  expect(second.reasons).toEqual([]);
});
