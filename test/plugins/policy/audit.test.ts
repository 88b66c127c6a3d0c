import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Log } from '../../../src/agent/services.js';
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
  expect(texts()).toEqual(['refused 500 times within 60 s: too many kinds to tell each']);
  expect(vi.getTimerCount()).toBe(0);
});
