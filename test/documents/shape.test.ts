import { describe, expect, it } from 'vitest';
import { printed, shapeOf } from './shape.js';

const fits = (shown: string, output: string) => shapeOf(shown).test(printed(output));

describe('output that a document shows', () => {
  it.each([
    ['ok', 'ok\n'],
    ['seq=1 time=0.200 ms', 'seq=1 time=13 ms'],
    ['00:00:04:153509  thread 0', '00:01:01:000539  thread 0'],
    ['09:21:53.587  sw_interface_event pid=26370', '17:01:02.001  sw_interface_event pid=999'],
    ['a   b', 'a b'],
    ['first\n…\nlast', 'first\n1\n2\nlast'],
    ['first\n…', 'first'],
    ['"definitions from cache …"', '"definitions from cache /x/y"'],
    ['id b987df83-2e48-4a87-9ce0-10866c790aea.', 'id 00000000-2e48-4a87-9ce0-10866c790aea.'],
    ['table e85c45dff015 --', 'table 0123456789ab --'],
  ])('%j: may be %j', (shown, output) => expect(fits(shown, output)).toBe(true));

  it.each([
    ['ok', 'ok\nand more'],
    ['sw_if_index: 1', 'sw_if_index: 2'],
    ['loop0 (up)', 'loop0 (dn)'],
    ['first\n…\nlast', 'first\n1'],
    ['10.1.0.0/24', '10.2.0.0/24'],
    ['a\nb', 'b\na'],
  ])('%j: may not be %j', (shown, output) => expect(fits(shown, output)).toBe(false));
});
