import { describe, expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, channelToAny, due, fulfil } from '../../reconcile/support.js';

const TUNNELS = `
x-vppmux:
  tables: { underlay: { id: 71 } }
  gre:
    gre7: { local: 192.0.2.1, remote: 198.51.100.1, flags: [ decap-copy-ecn, encap-copy-df ] }
    gre8: { local: "2001:DB8::1", remote: "2001:db8::2", type: teb }
    gre9: { local: 192.0.2.1, remote: 198.51.100.1, type: erspan, session: 5 }
    gre10: { local: 192.0.2.1, multipoint: yes, table: underlay }
    gre11: { local: 192.0.2.1, remote: 198.51.100.1, key: 77 }
  ipip:
    ipip3: { local: 192.0.2.1, remote: 198.51.100.1, dscp: 46, flags: [ encap-copy-ecn ] }
    ipip4: { local: "2001:db8::1", remote: "2001:db8::2", table: 71 }
    ipip5: { local: 192.0.2.1, multipoint: yes }
interfaces:
  gre7: { addresses: [ 192.0.2.17/31 ] }
  ipip3: { addresses: [ 2001:db8:9::1/64 ] }
`;

const mistakesOf = (section: string) => validateWish(`x-vppmux: { ${section} }`).errors.map(({ message }) => message);

describe('GRE and IPIP tunnels', () => {
  it('made, described and deleted', async () => {
    const channel = await channelToAny();
    const before = await adopted(channel);
    await fulfil(channel, TUNNELS);
    const file = await adopted(channel);
    expect(await due(channel, file)).toEqual([]);
    expect(file).toContain('gre8:\n      local: 2001:db8::1\n      remote: 2001:db8::2\n      type: teb\n');
    await fulfil(channel, '{}');
    expect(await adopted(channel)).toEqual(before);
  });

  it.each([
    ['gre/gre7', 'remote: 198.51.100.1, flags: [ decap-copy-ecn, encap-copy-df ]', 'remote: 198.51.100.2'],
    ['gre/gre8', 'type: teb', 'type: l3'],
    ['gre/gre11', 'key: 77', 'key: 78'],
    ['ipip/ipip3', 'dscp: 46', 'dscp: 0'],
    ['ipip/ipip5', 'multipoint: yes }\ninter', 'remote: 203.0.113.1 }\ninter'],
  ])('%s of other values: made anew, with what stands on it', async (key, old, other) => {
    const channel = await channelToAny();
    await fulfil(channel, TUNNELS);
    const wish = TUNNELS.replace(old, other);
    const operations = await due(channel, wish);
    expect(operations.filter((each) => /gre\/|ipip\//.test(each))).toEqual([`delete ${key}`, `create ${key}`]);
    await fulfil(channel, wish);
  });

  it('mistakes: ends that do not go together, the same tunnel twice, a session where there is none', () => {
    const ends = 'local: 192.0.2.1, remote: 192.0.2.2';
    expect(mistakesOf('ipip: { ipip0: { local: 192.0.2.1 } }')).toEqual([
      'ipip ipip0 needs a remote, or multipoint: true without one',
    ]);
    expect(mistakesOf(`gre: { gre0: { ${ends}, table: red } }`)).toEqual([
      'x-vppmux.gre.gre0.table: no table red in the wish',
    ]);
    expect(mistakesOf('ipip: { ipip0: { local: 192.0.2.1, remote: "::1" } }')).toEqual([
      'ipip ipip0 local and remote are not the same address family',
    ]);
    expect(mistakesOf(`ipip: { ipip0: { ${ends} }, ipip1: { ${ends}, dscp: 1 } }`)).toEqual([
      'ipip ipip1 is the same tunnel as ipip0',
    ]);
    expect(mistakesOf(`gre: { gre0: { ${ends} }, gre1: { ${ends}, key: 1 }, gre2: { ${ends}, key: 1 } }`)).toEqual([
      'gre gre2 is the same tunnel as gre1',
    ]);
    expect(mistakesOf(`gre: { gre0: { ${ends}, type: erspan }, gre1: { ${ends}, session: 1 } }`)).toEqual([
      'gre gre0 needs a session',
      'gre gre1 has a type without a session',
    ]);
    expect(mistakesOf(`gre: { gre01: { ${ends} } }`)).toEqual(['x-vppmux.gre.gre01: must be gre and a number']);
  });
});
