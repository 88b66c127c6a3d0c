import { describe, expect, it } from 'vitest';
import { commandNames, completions } from '../../../src/cli/vpp-cli/completion.js';

// As VPP 26.06 answers `?`.
const HELP = `  show interface rx-placement              show interface rx-placement
  show interface                           show interface [address|addr|features|feat|vtr|tag] [<interface> [<interface> [..]]] [verbose]
  show ip fib                              show ip fib [summary]
  show ipsec sa                            show ipsec sa [index]
  test sleep                               Sleep for 10 seconds
  set ioam-trace profile-of-a-very-long-name set ioam-trace
  classify filter                          classify filter <intfc>
  | trace mask                             <mask-value> match <match-value> [del]
    [buckets <nn>] [memory-size <n>]
 table-index <nn> match [hex] [l2]
  bad\u001b[2J                             acts on a terminal
`;

describe('names of commands', () => {
  const names = commandNames(HELP);

  it('the names that VPP lists, not what else is in their help', () => {
    expect(names.map((words) => words.join(' '))).toEqual([
      'show interface rx-placement',
      'show interface',
      'show ip fib',
      'show ipsec sa',
      'test sleep',
      'classify filter',
    ]);
    expect(commandNames('')).toEqual([]);
  });

  it.each<[string, string[], string]>([
    ['', ['classify', 'show', 'test'], ''],
    ['t', ['test '], 't'],
    ['show i', ['interface', 'ip', 'ipsec'], 'i'],
    ['show int', ['interface '], 'int'],
    ['  sh   int ', ['rx-placement '], ''],
    ['show ip ', ['fib '], ''],
    ['show ipsec ', ['sa '], ''],
    ['show ipsec sa ', [], ''],
    ['nothing ', [], ''],
  ])('behind "%s": %o', (line, hits, last) => expect(completions(names, line)).toEqual([hits, last]));
});
