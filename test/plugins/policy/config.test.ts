import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { placeOf } from '../../../src/agent/config/places.js';
import { readConfig } from '../../../src/agent/config/read.js';
import { parseSchema } from '../../../src/mux/index.js';
import { policyConfig } from '../../../src/plugins/policy/config.js';
import { unknownMessages, unknownPlugins } from '../../../src/plugins/policy/unknown-names.js';
import { smallSchema } from '../../support/small-schema.js';

function read(text: string) {
  const dir = mkdtempSync(join(tmpdir(), 'policy-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'policy.yaml');
  writeFileSync(file, text);
  try {
    return { value: readConfig(file, policyConfig).value, problems: '' };
  } catch (error) {
    return {
      value: readConfig(undefined, policyConfig).value,
      problems: (error as Error).message.replaceAll(`${dir}/`, ''),
    };
  }
}

it.each([
  ['rule: []', 'policy.yaml:1:1: unknown key "rule"; did you mean "rules"?'],
  ['default: alow', 'policy.yaml:1:10: default: must be one of allow, refuse; did you mean "allow"?'],
  [
    'rules:\n  - action: refus',
    'policy.yaml:2:13: rules[0].action: must be one of allow, refuse, rate; did you mean "refuse"?',
  ],
  ['rules:\n  - message: cli\n    action: refuse', 'policy.yaml:2:5: unknown key "message"; did you mean "messages"?'],
  ['rules:\n  - messages: cli', 'policy.yaml:2:5: missing key "rules[0].action"'],
  ['rules:\n  - action: rate', 'policy.yaml:2:13: rules[0].action: rate needs "per-second: N" next to it'],
  ['rules:\n  - action: refuse\n    burst: 2', 'policy.yaml:3:12: rules[0].burst: is for "action: rate" only'],
  ['rules:\n  - action: allow\n    text: no', 'policy.yaml:3:11: rules[0].text: is for refusals only'],
  [
    'rules:\n  - action: allow\n    messages: [Cli]',
    'policy.yaml:3:16: rules[0].messages[0]: must be the name of a message, a pattern with * and ?, or "reads" or "writes"',
  ],
])('%j: is refused as %j', (text, problem) => expect(read(text).problems).toBe(problem));

it('one text: is a list of one; places are known', () => {
  const { value } = read(
    'default: refuse\nrules:\n  - plugins: a-*\n    messages:\n      [reads, cli]\n    action: allow\n',
  );
  expect(value).toEqual({
    default: 'refuse',
    rules: [{ plugins: ['a-*'], messages: ['reads', 'cli'], action: 'allow' }],
  });
  expect(placeOf(value.rules[0])).toMatchObject({ line: 3, column: 5 });
  expect(placeOf(value.rules[0].messages ?? [])).toMatchObject({ line: 5, column: 7 });
});

it('names that nothing bears: are told with the place and the nearest', () => {
  const { value } = read(
    'rules:\n  - messages: [reads, thing_dmp, "add_*", "sub_*", thing_event]\n    plugins: [intrfaces, "*"]\n    action: allow\n',
  );
  const ends = unknownMessages(value, smallSchema).map((line) => line.replace(/^.*policy/, 'policy'));
  expect(ends).toEqual([
    'policy.yaml:2:15: no request or event of VPP is called thing_dmp; did you mean "thing_dump"?; this part of the rule has no effect',
    'policy.yaml:2:15: no request or event of VPP is called sub_*; this part of the rule has no effect',
  ]);
  expect(unknownPlugins(value, ['interfaces', 'govpp']).map((line) => line.replace(/^.*policy/, 'policy'))).toEqual([
    'policy.yaml:3:14: no plugin that runs is called intrfaces; did you mean "interfaces"?; this part of the rule has no effect',
  ]);
  expect(unknownMessages(value, parseSchema([]))).toHaveLength(4);
});
