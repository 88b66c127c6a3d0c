import { expect, it } from 'vitest';
import { isSameVpp, runOf } from '../../../src/mux/relay/vpp-run.js';

const asked = (pid: number, seconds: number) => (name: string) =>
  Promise.resolve(name === 'control_ping' ? { vpe_pid: pid } : { vpe_system_time: seconds });

it('the same process, started at the same time: is the same run', async () => {
  const [a, b] = [await runOf(asked(7, 100)), await runOf(asked(7, 101))];
  expect(isSameVpp(a, b)).toBe(true);
});

it('another process, or one with that number again: is not', async () => {
  const one = await runOf(asked(7, 100));
  expect(isSameVpp(one, await runOf(asked(8, 100)))).toBe(false);
  expect(isSameVpp(one, await runOf(asked(7, 1)))).toBe(false);
});

it('VPP does not say: is not known, and the same as nothing', async () => {
  const unknown = await runOf(() => Promise.reject(new Error('gone')));
  expect(unknown).toBeUndefined();
  expect(isSameVpp(unknown, unknown)).toBe(false);
  expect(isSameVpp(unknown, await runOf(asked(7, 1)))).toBe(false);
});
