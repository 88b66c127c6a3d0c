import { describe, expect, it } from 'vitest';
import { matchFinding } from '../../../src/cli/doctor/schema-check.js';
import { parseSchema } from '../../../src/mux/codec/load.js';
import { ownSchema } from '../../support/mock.js';

const crcOf = { show_version: '51077d14', control_ping: '51077d14' };
const table = (entries: Readonly<Record<string, string>>) =>
  new Map(Object.entries(entries).map(([name, crc], id) => [name, { name, crc, id }]));

describe('definitions held against the table', () => {
  it.each<[string, Readonly<Record<string, string>>, 'yes' | 'warn' | 'no', string]>([
    ['all the same', crcOf, 'yes', '2 of'],
    [
      'what is never sent, and its answer, unknown as VPP leaves them',
      { ...crcOf, sock_init_shm: '1', sock_init_shm_reply: '2', memclnt_create: '3', rpc_call_reply: '4' },
      'yes',
      '2 of',
    ],
    ['some unknown', { ...crcOf, other: '1' }, 'warn', '1 none (other)'],
    ['most of another release', { show_version: '1', a: '2', b: '3', c: '4', d: '5' }, 'no', '4 none (a, b, c, …)'],
  ])('%s: judged', async (_, entries, ok, text) => {
    const finding = matchFinding({ schema: await ownSchema(), source: 'directory x' }, table(entries));
    expect(finding).toMatchObject({ ok, detail: expect.stringContaining(text) });
  });

  it('a message that VPP has but does not hand out: is no fault of its packages, and a directory helps', async () => {
    const found = { schema: await ownSchema(), source: 'VPP itself (get_api_json)' };
    const finding = matchFinding(found, table({ ...crcOf, sr_mpls_policy_add: '1' }));
    expect(finding).toMatchObject({ ok: 'warn', fix: expect.stringContaining('--api-dir /usr/share/vpp/api') });
    expect(finding.detail).toContain('1 that VPP has but does not hand out (sr_mpls_policy_add)');
  });

  it('the same, and a directory of this machine has it: all is well', async () => {
    const text = JSON.stringify({ messages: [['sr_mpls_policy_add', ['u16', '_vl_msg_id'], { crc: '0x1' }]] });
    const elsewhere = parseSchema([{ name: 'sr_mpls.api.json', text }]);
    const found = { schema: await ownSchema(), source: 'VPP itself (get_api_json)', elsewhere };
    expect(matchFinding(found, table({ ...crcOf, sr_mpls_policy_add: '00000001' }))).toMatchObject({ ok: 'yes' });
  });

  it('definitions that cannot be used: are named with the first reason, and those of two files as well', async () => {
    const message = (crc: string, type: string) => ['bad', ['u16', '_vl_msg_id'], [type, 'x'], { crc }];
    const files = ['u8', 'vl_api_nowhere_t'].map((type, i) => ({
      name: `${i}.api.json`,
      text: JSON.stringify({ messages: [message(`0x${i + 1}`, type)] }),
    }));
    const fine = {
      name: 'fine',
      text: JSON.stringify({ messages: [['fine', ['u16', '_vl_msg_id'], { crc: '0x9' }]] }),
    };
    const running = table({ bad: '00000002', fine: '00000009' });
    const schema = parseSchema([...files, fine]).forTable(running);
    const finding = matchFinding({ schema, source: 'directory x' }, running);
    expect(finding).toMatchObject({ ok: 'warn', fix: expect.stringContaining('all other messages work') });
    expect(finding.detail).toContain('1 of the 2 messages in VPP');
    expect(finding.detail).toContain(
      '1 that cannot be used (bad), the first: 1.api.json: messages[0][2][0]: there is no type',
    );
    expect(finding.detail).toContain('1 defined differently by several files (bad)');
  });
});
