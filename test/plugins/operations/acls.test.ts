import { expect, it } from 'vitest';
import { kinds } from '../../../mock-vpp/index.js';
import { aclList } from '../../../src/plugins/index.js';
import { mocked } from './support.js';

const ANY = { src_prefix: '0.0.0.0/0', dst_prefix: '0.0.0.0/0' };

it('acl.list: rules in words, and the interfaces that have them', async () => {
  const { client } = await mocked({
    setup: (dataplane) => {
      const [one, two] = [dataplane.addLoopback(), dataplane.addLoopback()];
      const web = {
        ...{
          is_permit: 2,
          src_prefix: '10.0.0.0/8',
          dst_prefix: '192.0.2.1/32',
          proto: 6,
          tcp_flags_mask: 18,
          tcp_flags_value: 2,
        },
        ...{ srcport_or_icmptype_first: 0, srcport_or_icmptype_last: 65535 },
        ...{ dstport_or_icmpcode_first: 80, dstport_or_icmpcode_last: 443 },
      };
      const ping = { ...ANY, is_permit: 1, proto: 1, srcport_or_icmptype_first: 8, srcport_or_icmptype_last: 8 };
      const gre = { ...ANY, is_permit: 3, proto: 47 };
      dataplane.of(kinds.acls).put(0xffffffff, 'web', [web, ping, gre]);
      dataplane.of(kinds.acls).put(0xffffffff, 'empty', []);
      dataplane.of(kinds.acls).apply(one, { input: [0], output: [1] });
      dataplane.of(kinds.acls).apply(two, { input: [1, 0], output: [] });
    },
  });
  const ends = { source: '0.0.0.0/0', destination: '0.0.0.0/0' };
  const web = {
    ...{ index: 0, tag: 'web', input: ['loop0', 'loop1'], output: [] },
    rules: [
      {
        ...{ action: 'permit-reflect', source: '10.0.0.0/8', destination: '192.0.2.1/32', protocol: 'tcp' },
        sourcePorts: { first: 0, last: 65535 },
        destinationPorts: { first: 80, last: 443 },
        tcpFlags: { mask: 18, value: 2 },
      },
      {
        ...ends,
        action: 'permit',
        protocol: 'icmp',
        icmpTypes: { first: 8, last: 8 },
        icmpCodes: { first: 0, last: 0 },
      },
      { ...ends, action: 'unknown', protocol: '47' },
    ],
  };
  const empty = { index: 1, tag: 'empty', rules: [], input: ['loop1'], output: ['loop0'] };
  expect(await client.call(aclList, {})).toMatchObject({ acls: [web, empty], total: 2 });
  expect(await client.call(aclList, { index: 1 })).toMatchObject({ acls: [empty] });
  expect(await client.call(aclList, { index: 7 })).toMatchObject({ acls: [], total: 0 });
  expect(await client.call(aclList, { limit: 1 })).toMatchObject({ acls: [web], total: 2, next: 0 });
  const last = await client.call(aclList, { limit: 1, after: 0 });
  expect(last).toMatchObject({ acls: [empty], total: 2 });
  expect(last.next).toBeUndefined();
});
