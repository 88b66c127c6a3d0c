import { describe, expect, it } from 'vitest';
import { EtcdError, EtcdRefusedError, EtcdUnavailableError } from '../../../src/etcd/index.js';
import { isNotAllowed, isStoreAway, StoreError } from '../../../src/fleet/index.js';
import { fileError } from '../../../src/fleet/store/errors.js';

describe('errors of a store', () => {
  it.each([
    ['EACCES', 'STORE_PERMISSION'],
    ['EROFS', 'STORE_PERMISSION'],
    ['ENOSPC', 'STORE_FULL'],
    ['EDQUOT', 'STORE_FULL'],
    ['EIO', 'STORE_AWAY'],
    ['ENOENT', 'STORE_AWAY'],
  ])('the system says %s: %s, with what was done and the reason', (code, ours) => {
    const error = fileError(Object.assign(new Error(`${code}: it failed`), { code }), 'writing log');
    expect(error).toMatchObject({ code: ours, message: expect.stringMatching(`^writing log: ${code}: it failed: `) });
  });

  it('away and not allowed: are known of either store', () => {
    const away = [new EtcdUnavailableError('ETCD_AWAY', ''), new StoreError('STORE_AWAY', '')];
    const refused = [new EtcdRefusedError('ETCD_PERMISSION', ''), new StoreError('STORE_PERMISSION', '')];
    const others = [new EtcdError('ETCD_CLOSED', ''), new StoreError('STORE_DAMAGED', ''), new Error(''), undefined];
    const all = [...away, ...refused, ...others];
    expect(all.filter(isStoreAway)).toEqual(away);
    expect(all.filter(isNotAllowed)).toEqual(refused);
  });
});
