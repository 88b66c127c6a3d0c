import { expect, it } from 'vitest';
import { kinds } from '../../mock-vpp/index.js';
import { acls } from '../../src/vpp/index.js';
import { channelToMock, recorder } from './support.js';

it('acls.list: rules in words, and the interfaces that have them', async () => {
  const { mock, channel } = await channelToMock();
  const ports = { dstport_or_icmpcode_first: 80, dstport_or_icmpcode_last: 443, srcport_or_icmptype_last: 65535 };
  const rule = { is_permit: 1, src_prefix: '10.0.0.0/8', dst_prefix: '0.0.0.0/0', proto: 6, ...ports };
  const { dataplane } = mock;
  dataplane.of(kinds.acls).put(0xffffffff, 'web', [rule]);
  dataplane.of(kinds.acls).apply(dataplane.addLoopback(), { input: [], output: [0] });
  const web = {
    ...{ index: 0, tag: 'web', input: [], output: ['loop0'] },
    rules: [
      {
        ...{ action: 'permit', source: '10.0.0.0/8', destination: '0.0.0.0/0', protocol: 'tcp' },
        sourcePorts: { first: 0, last: 65535 },
        destinationPorts: { first: 80, last: 443 },
      },
    ],
  };
  expect(await acls.list(channel)).toEqual([web]);
  expect(await acls.list(channel, { index: 3 })).toEqual([]);
});

it('acls.list without the acl plugin: NOT_SUPPORTED, which names it', async () => {
  const { channel } = await channelToMock();
  await expect(acls.list(recorder(channel, 'acl_dump').channel)).rejects.toMatchObject({
    ...{ code: 'NOT_SUPPORTED', object: 'ACL', message: expect.stringContaining('acl_plugin.so is not loaded') },
  });
});
