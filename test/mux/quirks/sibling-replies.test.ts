import { expect, it } from 'vitest';
import { loadSchema } from '../../../src/mux/index.js';
import { siblingDetails, siblingReplies, siblingReply } from '../../../src/mux/quirks/sibling-replies.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

it('a request: its sibling, or none', () => {
  expect(siblingReply('policer_input_v2')).toBe('policer_input_reply');
  expect(siblingReply('policer_input')).toBeUndefined();
  expect(siblingReply('constructor')).toBeUndefined();
});

it(
  'VPP 26.06: each sibling has the CRC of the declared reply, by which the mux knows it',
  needs(sharedMissing),
  async () => {
    const schema = await loadSchema(sharedPath('vpp-api', '26.06'));
    const crc = (name: string) => schema.find(name)?.def.crc;
    expect(siblingReplies).toHaveLength(14);
    for (const [request, reply] of siblingReplies) {
      const declared = schema.find(request)?.def.service?.reply ?? '';
      expect([request, crc(reply)]).toEqual([request, crc(declared)]);
    }
    const details = 'nat44_ed_vrf_tables_v2_details';
    expect(crc(siblingDetails(details) ?? '')).toBe(crc(details));
    expect(siblingDetails('sw_interface_details')).toBeUndefined();
  },
);
