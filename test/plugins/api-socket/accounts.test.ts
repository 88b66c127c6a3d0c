import { describe, expect, it } from 'vitest';
import { idOf } from '../../../src/plugins/api-socket/accounts.js';
import { directoryWith } from '../../agent/support.js';

describe('idOf', () => {
  const files = () => {
    const dir = directoryWith({
      passwd: 'root:x:0:0:root:/root:/bin/sh\nvpp:x:992:991::/:/bin/false\n',
      group: 'root:x:0:\nvpp:x:991:ann,bob\nodd:x\n',
    });
    return { passwd: `${dir}/passwd`, group: `${dir}/group` };
  };

  it.each([
    ['passwd', 'vpp', 992],
    ['group', 'vpp', 991],
    ['group', 'root', 0],
    ['group', 42, 42],
    ['passwd', '42', 42],
  ] as const)('%s %s: %d', (kind, account, id) => {
    expect(idOf(kind, account, files())).toBe(id);
  });

  it('a name that is not there, or has no id: is refused with the file', () => {
    const { passwd, group } = files();
    expect(() => idOf('passwd', 'ann', { passwd, group })).toThrow(`there is no user ann in ${passwd}`);
    expect(() => idOf('group', 'odd', { passwd, group })).toThrow(`there is no group odd in ${group}`);
  });
});
