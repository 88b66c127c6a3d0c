import { describe, expect, it } from 'vitest';
import { matchFinding } from '../../../src/cli/doctor/schema-check.js';
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
    const finding = matchFinding(await ownSchema(), 'directory x', table(entries));
    expect(finding).toMatchObject({ ok, detail: expect.stringContaining(text) });
  });
});
