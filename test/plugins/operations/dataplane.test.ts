import { describe, expect, it } from 'vitest';
import { dataplaneSwitch, systemVersion } from '../../../src/plugins/index.js';
import { testMock } from '../../support/mock.js';
import { clientOf, mocked } from './support.js';

describe('dataplane.switch', () => {
  it('one dataplane: ENOTSUP', async () => {
    const { client } = await mocked();
    await expect(client.call(dataplaneSwitch, { to: 'backup' })).rejects.toMatchObject({
      code: 'ENOTSUP',
      message: 'there is one dataplane only; "dataplanes" in govpp.conf names two',
    });
  });

  it('two: the other one serves; again: nothing changes; away: ENOTCONN', async () => {
    const [primary, backup] = [await testMock({ version: '1-primary' }), await testMock({ version: '2-backup' })];
    const dataplanes = { primary: primary.socket, backup: backup.socket, 'fail-back': 'manual' };
    const { agent, client, text } = await clientOf(undefined, { govpp: { dataplanes } });
    const switchTo = (to: 'primary' | 'backup') => client.call(dataplaneSwitch, { to });
    expect(await switchTo('primary')).toEqual({ role: 'primary', socket: primary.socket, changed: false });
    await expect.poll(() => backup.clients.length).toBe(1);
    await expect
      .poll(() => switchTo('backup').catch(() => undefined))
      .toMatchObject({ role: 'backup', socket: backup.socket });
    expect(await client.call(systemVersion, {})).toMatchObject({ version: '2-backup' });
    expect(text()).toContain('operations warn: test (program) asks for the backup');
    expect(await switchTo('backup')).toMatchObject({ changed: false });
    primary.kill();
    await expect.poll(() => switchTo('primary').catch(({ code }) => code)).toBe('ENOTCONN');
    expect(await client.call(systemVersion, {})).toMatchObject({ version: '2-backup' });
    expect(agent.status.status.parts.find(({ name }) => name === 'operations')?.state).toBe('ok');
  });
});
