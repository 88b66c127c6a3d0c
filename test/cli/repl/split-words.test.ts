import { expect, it } from 'vitest';
import { splitWords } from '../../../src/cli/repl/split-words.js';

it.each<[string, readonly string[]]>([
  ['', []],
  ['  call \t show_version ', ['call', 'show_version']],
  ["call cli_inband cmd='show interface'", ['call', 'cli_inband', 'cmd=show interface']],
  ['a "b \\"c\\" \\n" d', ['a', 'b "c" \\n', 'd']],
  ["'a \\' b", ['a \\', 'b']],
  ['a\\ b \\"c \\', ['a b', '"c', '\\']],
  ["tag=''", ['tag=']],
  ["''", ['']],
  ['\'{"sw_if_index": 1}\'', ['{"sw_if_index": 1}']],
])('%s', (line, words) => expect(splitWords(line)).toEqual(words));

it.each(["it's", 'a "b'])('%s: a quote that does not end', (line) =>
  expect(() => splitWords(line)).toThrow('a quote does not end'),
);
