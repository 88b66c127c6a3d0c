/** The profiles vpp-v1 and vpp-v2: line by line as VPP's own exporter writes the same memory. */

import { describe, expect, it } from 'vitest';
import { writeV1 } from '../../../../src/plugins/metrics/vpp/export-v1.js';
import { writeV2 } from '../../../../src/plugins/metrics/vpp/export-v2.js';
import type { StatsEntry } from '../../../../src/stats/index.js';
import { needs } from '../../../support/needs.js';
import { sharedMissing } from '../../../support/shared.js';
import { exported, frozenDump, written } from './frozen.js';

const UPTIME = /^sys_uptime .*$/m;

describe('a frozen segment of VPP 26.06', needs(sharedMissing), () => {
  it('vpp-v1: every line, in order', async () => {
    const { entries } = await frozenDump();
    expect((await written((page) => writeV1(page, entries))) === exported('v1')).toBe(true);
  });

  it('vpp-v2: every line, in order, but for the uptime', async () => {
    const { entries } = await frozenDump();
    const text = await written((page) => writeV2(page, entries, Date.UTC(2026, 0)));
    expect(text).toMatch(UPTIME);
    expect(text.replace(UPTIME, '') === exported('v2').replace(UPTIME, '')).toBe(true);
  });
});

const numbers = (...values: (number | bigint)[]) => BigUint64Array.from(values, BigInt);

describe('entries that the segment does not have', () => {
  const histogram: StatsEntry = {
    ...{ name: '/q/wait', type: 'histogram' },
    threads: [
      { minimum: 3, bins: numbers(1, 0, 2) },
      { minimum: 0, bins: numbers() },
    ],
  };
  const lines = `# TYPE _q_wait histogram
_q_wait{le="8",thread="0"} 1
_q_wait{le="16",thread="0"} 1
_q_wait{le="32",thread="0"} 3
_q_wait{le="+Inf",thread="0"} 3
_q_wait_count{thread="0"} 3
_q_wait_sum{thread="0"} 72
`;
  const of = (name: string, ...values: (number | bigint)[]): StatsEntry => ({
    ...{ name, type: 'symlink', target: '/x', index: 0, counters: numbers(...values) },
  });

  it.each<[string, StatsEntry, string, string]>([
    ['a histogram', histogram, lines, lines],
    [
      'a counter beyond 2^63: signed in the first form only',
      of('/sys/x', 2n ** 64n - 1n),
      '# TYPE _sys_x counter\n_sys_x{thread="0",interface="0"} -1\n',
      'sys_x{index="0",thread="0"} 18446744073709551615\n',
    ],
    [
      'a counter beyond 2^53: exact',
      of('/sys/x', 2n ** 53n + 1n),
      '# TYPE _sys_x counter\n_sys_x{thread="0",interface="0"} 9007199254740993\n',
      'sys_x{index="0",thread="0"} 9007199254740993\n',
    ],
    [
      'an interface with slashes',
      of('/interfaces/Gi0/8/0/rx-error', 1, 2),
      '# TYPE _interfaces_Gi0_8_0_rx_error counter\n_interfaces_Gi0_8_0_rx_error{thread="0",interface="0"} 1\n_interfaces_Gi0_8_0_rx_error{thread="1",interface="0"} 2\n',
      'interfaces_rx_error{interface="Gi0_8_0",index="0",thread="0"} 1\ninterfaces_rx_error{interface="Gi0_8_0",index="0",thread="1"} 2\n',
    ],
    [
      'an error with slashes: all behind the node',
      of('/err/memif1/0-output/down', 3),
      '# TYPE _err_memif1_0_output_down counter\n_err_memif1_0_output_down{thread="0",interface="0"} 3\n',
      'err{node="memif1",error="0-output/down",index="0",thread="0"} 3\n',
    ],
    [
      'a part that its group begins with: of the group',
      of('/m/x', 3),
      '# TYPE _m_x counter\n_m_x{thread="0",interface="0"} 3\n',
      'm{heap="x",index="0",thread="0"} 3\n',
    ],
    ['nothing', { name: '/x', type: 'empty' }, '', ''],
    ['no thread', { name: '/x', type: 'simple', counters: [] }, '# TYPE _x counter\n', ''],
  ])('%s', async (_, entry, v1, v2) => {
    expect(await written((page) => writeV1(page, [entry]))).toBe(v1);
    expect(await written((page) => writeV2(page, [entry], 0))).toBe(v2);
  });
});

it('more series than there may be: they are counted by metric', async () => {
  const entry: StatsEntry = { name: '/x', type: 'simple', counters: [numbers(1, 2, 3)] };
  let leftOut: unknown;
  const text = await written(async (page) => {
    await writeV1(page, [entry]);
    leftOut = [...page.leftOut];
  }, 1);
  expect(text).toBe('# TYPE _x counter\n_x{thread="0",interface="0"} 1\n');
  expect(leftOut).toEqual([['_x', 2]]);
});
