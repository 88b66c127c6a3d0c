/** VPP's counters on a page, by profile; and a VPP that is away. */

import { describe, expect, it } from 'vitest';
import { Collectors } from '../../../src/plugins/metrics/collectors.js';
import { PROFILES, type Profile } from '../../../src/plugins/metrics/config.js';
import { PageText } from '../../../src/plugins/metrics/page-text.js';
import { SegmentReads } from '../../../src/plugins/metrics/segment-reads.js';
import { VppCounters } from '../../../src/plugins/metrics/vpp-counters.js';
import { readExposition } from '../../support/exposition.js';
import { FakeStats } from './fake-stats.js';

function counters() {
  const stats = new FakeStats();
  const collectors = new Collectors();
  const reads = new SegmentReads(stats, { maxAgeMs: () => 0, deadBecause: () => undefined });
  const options = { usedOnly: true, perWorker: true, topNodes: 10, exportPatterns: ['^/'], agent: 'a' };
  const vpp = new VppCounters(reads, collectors, () => options);
  const page = async (profile: Profile, withCollectors = false) => {
    const text = new PageText(1000);
    await vpp.write(text, profile);
    if (withCollectors) collectors.write(text);
    return String(text.bytes());
  };
  return { stats, page };
}

describe('a VPP that lives', () => {
  it.each([
    ['vppmux', 'vpp_interface_drops_total{interface="loop0",worker="0"} 5\n'],
    ['vpp-v2', 'interfaces_drops{interface="loop0",index="0",thread="0"} 5\n'],
    ['vpp-v1', '_if_drops{thread="0",interface="1"} 5\n'],
    ['ligato', 'vpp_interfaces_drops{agent="a",index="1",name="loop0"} 5\n'],
    [
      'calico',
      'cni_projectcalico_vpp_drops{worker="0",namespace="",podName="",podInterfaceName="",vppInterfaceName="loop0"} 5\n',
    ],
  ] as const)('%s: has its counters', async (profile, line) => {
    expect(await counters().page(profile)).toContain(line);
  });
});

describe('a VPP that is away', () => {
  it.each(PROFILES)('%s: has no numbers, and says why', async (profile) => {
    const { stats, page } = counters();
    stats.error = new Error('no segment\nat all');
    const text = await page(profile);
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual(
      profile === 'vppmux' ? ['vpp_up 0'] : [],
    );
    expect(text).toContain('# no counters of VPP: no segment at all\n');
  });

  it('the collector: its last error and when it succeeded last, until it succeeds again', async () => {
    const { stats, page } = counters();
    await page('vppmux');
    stats.error = new Error('no "segment"');
    const found = readExposition(await page('vppmux', true));
    const value = (name: string) => found.get(`vppmux_collector_${name}`)?.samples[0];
    expect(value('up')).toMatchObject({ labels: { collector: 'vpp' }, value: 0 });
    expect(value('errors_total')?.value).toBe(1);
    expect(value('error_info')?.labels).toEqual({ collector: 'vpp', error: 'no "segment"' });
    expect(value('last_success_timestamp_seconds')?.value).toBeGreaterThan(1e9);
    stats.error = undefined;
    const again = readExposition(await page('vppmux', true));
    expect(again.get('vpp_up')?.samples[0].value).toBe(1);
    expect(again.has('vppmux_collector_error_info')).toBe(false);
  });
});
