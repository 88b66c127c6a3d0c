import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Log } from '../../../src/agent/plugin/services.js';
import { refuse } from '../../../src/mux/index.js';
import { Audit } from '../../../src/plugins/policy/audit.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function auditing() {
  const lines: [object, string][] = [];
  const audit = new Audit({ warn: (fields: object, text: string) => lines.push([fields, text]) } as unknown as Log);
  const refused = (message: string, owner?: string) =>
    audit.refused({ id: 3, name: 'a', owner, access: 'write' }, message, 'rule 1', refuse('REFUSED', 'no'));
  return { audit, lines, refused, texts: () => lines.splice(0).map(([, text]) => text) };
}

it('a refusal: one line with who, what and by which rule', () => {
  const { lines, refused } = auditing();
  refused('cli_inband', 'lab');
  const fields = { who: 'lab', channel: 3, channelName: 'a', message: 'cli_inband', rule: 'rule 1', code: 'REFUSED' };
  expect(lines).toEqual([[fields, 'refused cli_inband of lab (channel "a"): rule 1']]);
});

it('the same again and again: told once, then summed up once a minute, and news again after a quiet one', () => {
  const { refused, texts } = auditing();
  for (let i = 0; i < 1000; i++) refused('cli_inband');
  expect(texts()).toEqual(['refused cli_inband of this program (channel "a"): rule 1']);
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['refused 999 more times within 60 s: cli_inband of this program (channel "a"): rule 1']);
  vi.advanceTimersByTime(60_000);
  expect(vi.getTimerCount()).toBe(0);
  refused('cli_inband');
  expect(texts()).toHaveLength(1);
});

it('very many kinds: a bounded number of lines, the rest counted', () => {
  const { audit, refused, texts } = auditing();
  for (let i = 0; i < 1500; i++) refused(`m${i}`);
  expect(texts()).toHaveLength(1000);
  audit.close();
  expect(texts()).toEqual(['refused 500 times within 60 s: too many kinds to log each']);
  expect(vi.getTimerCount()).toBe(0);
});

it('behind very many kinds of reads: each write and each message of the deny list still has its line', () => {
  const { audit, refused, lines, texts } = auditing();
  const session = { id: 4, name: 'b', owner: undefined, access: 'write' } as const;
  for (let i = 0; i < 1500; i++) refused(`m${i}`);
  texts();
  audit.refused(session, 'create_loopback', 'rule 2', refuse('REFUSED', 'no'), false);
  const denied = { refuse: 'FORBIDDEN_MESSAGE', text: 'it is never sent' } as const;
  for (let i = 0; i < 3; i++)
    audit.refused({ ...session, name: `${i}` }, 'sockclnt_delete', denied.text, denied, false);
  expect(lines.map(([fields]) => fields)).toMatchObject([
    { message: 'create_loopback', code: 'REFUSED' },
    { message: 'sockclnt_delete', code: 'FORBIDDEN_MESSAGE', channelName: '0' },
  ]);
  texts();
  audit.close();
  expect(texts()[0]).toBe(
    'refused 2 more times within 60 s: sockclnt_delete of this program (channel "0"): it is never sent',
  );
});

it('channel names without end: one line for each write, however many channels ask for it', () => {
  const { audit, texts } = auditing();
  const no = refuse('REFUSED', 'no');
  for (let i = 0; i < 5000; i++) {
    audit.refused({ id: i, name: `${i}`, owner: 'lab', access: 'write' }, 'cli_inband', 'rule 1', no, false);
  }
  expect(texts()).toHaveLength(1001);
});

it('one caller with very many kinds: hides nothing of another', () => {
  const { refused, texts } = auditing();
  for (let i = 0; i < 1500; i++) refused(`m${i}`, 'noisy');
  texts();
  refused('show_version', 'quiet');
  expect(texts()).toEqual(['refused show_version of quiet (channel "a"): rule 1']);
});

it('a client of an API socket: is named with its number, its own name and its process', () => {
  const { audit, texts } = auditing();
  const client = { id: 7, name: 'gopher', owner: 'api', role: 'api', access: 'write' } as const;
  const no = refuse('REFUSED', 'no');
  audit.refused(client, 'cli_inband', 'rule 1', no);
  const peer = { uid: 1000, gid: 992 };
  audit.refused({ ...client, peer }, 'cli', 'rule 1', no);
  audit.refused({ ...client, peer: { ...peer, pid: 42, command: 'calico-vpp' } }, 'show', 'rule 1', no);
  expect(texts()).toEqual([
    'refused cli_inband of api (client 7 "gopher"): rule 1',
    'refused cli of api (client 7 "gopher", uid 1000): rule 1',
    'refused show of api (client 7 "gopher", uid 1000, pid 42 calico-vpp): rule 1',
  ]);
});
