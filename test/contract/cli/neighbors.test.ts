/**
 * Neighbours on the command line: the mock, or the VPP that VPP_API_SOCKET names, writes what VPP 26.06 wrote. Numbers that depend on
 * what else there is are replaced. Each test makes what it needs, and leaves nothing behind.
 */
import { describe, expect, it } from 'vitest';
import { center } from '../../../mock-vpp/cli/cli-layout.js';
import { inTable, NAME } from './loopback.js';

describe('show ip neighbors', () => {
  it('of one interface: static and dynamic; of none; and what follows', async () => {
    const { vpp, loop } = await inTable();
    const neighbor = (last: number, flags: number) => ({
      is_add: true,
      neighbor: { sw_if_index: loop, mac_address: `02:00:00:00:00:0${last}`, ip_address: `198.51.100.${last}`, flags },
    });
    await vpp.ask('ip_neighbor_add_del', neighbor(2, 1));
    await vpp.ask('ip_neighbor_add_del', neighbor(3, 0));
    const [heading, ...rows] = (await vpp.cli(`show ip neighbors ${NAME}`)).trimEnd().split('\n');
    expect(heading).toBe(
      '0      Age                       IP                    Flags      Ethernet              Interface       ',
    );
    expect(rows.every((row) => /^ {2,7}\d{0,5}\.\d{4}/.test(row))).toBe(true);
    expect(rows.map((row) => row.slice(12)).sort()).toEqual([
      `${center('198.51.100.2', 40)}${center('S', 6)}${center('02:00:00:00:00:02', 20)}${NAME}`,
      `${center('198.51.100.3', 40)}${center('D', 6)}${center('02:00:00:00:00:03', 20)}${NAME}`,
    ]);
    expect(await vpp.cli(`show ip6 neighbors ${NAME}`)).toBe('0 ');
    expect(await vpp.cli(`show ip4 neighbors ${NAME} nosuch`)).toMatch(/^-1 [\s\S]*\nunknown input `nosuch'\n$/);
  });
});
