import { describe, expect, it } from 'vitest';
import { pathText } from '../../../src/mux/json/path-text.js';

const texts = (values: Record<string, string | number>) =>
  Object.entries(values).map(([name, value]) => ({ name, text: String(value) }));

describe('path of a route', () => {
  const both = { sw_if_index: 1, weight: 1, 'nh.address.ip4': '10.9.0.2', 'nh.address.ip6': 'a09:2::' };

  it('the next hop of its own protocol first, then the interface; what every path has is left out', () => {
    expect(pathText(texts({ ...both, rpf_id: '~0' }), false)).toBe('via 10.9.0.2 sw_if_index=1');
    expect(pathText(texts({ ...both, proto: 'IP6', weight: 3 }), true)).toBe('via a09:2:: sw_if_index=1 weight=3');
  });

  it('without a next hop: what it has', () => {
    expect(pathText(texts({ sw_if_index: '~0', type: 'DROP' }), false)).toBe('type=DROP');
    expect(pathText(texts({ weight: 1 }), false)).toBe('weight=1');
  });
});
