/** A table that has a name twice, as when two plugins bring a message of one name. */
import { describe, expect, it } from 'vitest';
import { tableFinding } from '../../../src/cli/doctor/contact.js';
import type { VppConnection } from '../../../src/mux/connection/connection.js';
import { connect } from '../../../src/mux/index.js';
import { doubledNames, readMessageTable } from '../../../src/mux/session/message-table.js';
import { CraftedVpp } from '../../support/crafted-vpp.js';
import { scratch } from '../../support/vpp.js';
import { afterThis } from '../../support/world.js';

describe('names that are in VPP’s table twice', () => {
  it('are known, the last one of each is used', () => {
    const table = readMessageTable([
      { index: 1, name: 'one_00000001' },
      { index: 2, name: 'one_00000002' },
      { index: 3, name: 'two_00000003' },
    ]);
    expect(doubledNames(table)).toEqual(['one']);
    expect(table.get('one')).toMatchObject({ id: 2, crc: '00000002' });
  });

  it('are logged, counted, and shown by doctor', async () => {
    const { path, remove } = scratch();
    const table = [1, 2].map((i) => ['plugin_get', `0000000${i}`, 100 + i] as const);
    const vpp = new CraftedVpp({ table });
    afterThis(remove, () => vpp.close());
    await vpp.listen(path('api.sock'));
    const lines: string[] = [];
    const connection = await connect({
      ...{ socket: path('api.sock'), cacheDir: false, health: { probe: false } },
      log: (level, message) => lines.push(`${level} ${message}`),
    });
    afterThis(() => connection.destroy());
    expect(lines).toContainEqual(expect.stringMatching(/^warn VPP's table has 1 names twice \(plugin_get\)/));
    expect(connection.stats().doubledNames).toBe(1);
    expect(tableFinding(connection as VppConnection)).toMatchObject({
      ok: 'warn',
      detail: expect.stringMatching(/11 in VPP's table, 1 names twice \(plugin_get\)/),
    });
  });
});
