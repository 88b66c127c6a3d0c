import { describe, expect, it } from 'vitest';
import { handedOver, handedOverNames } from '../../../src/plugins/api-socket/handed-over.js';

describe('handedOver', () => {
  const env = { LISTEN_PID: '7', LISTEN_FDS: '3', LISTEN_FDNAMES: 'api:ro:api' };

  it('the sockets for this process: with their names', () => {
    expect(handedOver(env, 7)).toEqual([
      { name: 'api', fd: 3 },
      { name: 'ro', fd: 4 },
      { name: 'api', fd: 5 },
    ]);
    expect(handedOverNames(env, 7)).toEqual(['api', 'ro']);
  });

  it('without names: unknown, as with systemd', () => {
    expect(handedOver({ LISTEN_PID: '7', LISTEN_FDS: '2' }, 7).map(({ name }) => name)).toEqual(['unknown', 'unknown']);
  });

  it.each([[{}], [{ ...env, LISTEN_PID: '8' }], [{ ...env, LISTEN_FDS: '-1' }], [{ ...env, LISTEN_FDS: '' }]])(
    '%j: none',
    (other) => {
      expect(handedOver(other, 7)).toEqual([]);
    },
  );
});
