/**
 * Interfaces on the command line: the mock, or the VPP that VPP_API_SOCKET names, writes what VPP 26.06 wrote. Numbers that depend on
 * what else there is are replaced. Each test makes what it needs, and leaves nothing behind.
 */
import { describe, expect, it } from 'vitest';
import { center } from '../../../mock-vpp/cli/cli-layout.js';
import { begin, inTable, MAC, NAME, plain, TABLE } from './loopback.js';

describe('interfaces', () => {
  it('show interface: chosen ones in the order of the words', async () => {
    const { vpp, loop } = await begin();
    const heading =
      '              Name               Idx    State  MTU (L3/IP4/IP6/MPLS)     Counter          Count     \n';
    const row = (name: string, index: number, mtu: string) =>
      `${name.padEnd(32)}${center(`${index}`, 5)}   down   ${center(mtu, 21)}\n`;
    expect(await vpp.cli(`show int ${NAME} local0`)).toBe(
      `0 ${heading}${row(NAME, loop, '9000/0/0/0')}${row('local0', 0, '0/0/0/0')}`,
    );
    expect(await vpp.cli(`show interface ${loop}`)).toBe(`0 ${heading}${row(NAME, loop, '9000/0/0/0')}`);
    expect(await vpp.cli('show interface 77777')).toBe("-1 show interface: unknown interface index `77777'\n");
    expect(await vpp.cli(`show interface ${NAME} nosuch x`)).toBe("-1 show interface: unknown input `nosuch x'\n");
  });

  it('show interface address: of one, with its table', async () => {
    const { vpp } = await inTable();
    for (const command of [`show int addr ${NAME}`, `show interface ${NAME} address`]) {
      expect(plain(await vpp.cli(command))).toBe(
        `0 ${NAME} (up):\n  L3 198.51.100.1/24 ip4 table-id ${TABLE} fib-idx N\n`,
      );
    }
    expect(await vpp.cli('show int addr nosuch')).toBe("-1 show interface: unknown input `nosuch'\n");
  });

  it('lists: by name, as VPP sorts', async () => {
    const { vpp } = await begin();
    const list = (await vpp.cli('show interface address')).replace(/^0 /, '').split('\n');
    const names = list.filter((line) => /^\S+ \((up|dn)\):/.test(line)).map((line) => line.split(' ')[0]);
    expect(names).toEqual(expect.arrayContaining(['local0', NAME]));
    expect(names.indexOf('local0')).toBeLessThan(names.indexOf(NAME));
  });

  it('show hardware: with its class, or without', async () => {
    const { vpp } = await begin();
    const heading = '              Name                Idx   Link  Hardware\n';
    const index = async (text: string) => (await vpp.cli(text)).replace(/^(loop4090) +\d+ +down/gm, '$1 N down');
    const brief = `0 ${heading}${NAME} N down  ${NAME}\n  Link speed: unknown\n`;
    expect(await index(`show hardware ${NAME} brief`)).toBe(brief);
    expect(await index(`show hardware-interfaces ${NAME}`)).toBe(`${brief}  Ethernet address ${MAC}\n`);
    expect(await vpp.cli('show hardware local0')).toBe(
      `0 ${heading}local0                             0    down  local0\n  Link speed: unknown\n  local\n`,
    );
    expect(await vpp.cli('show hardware nosuch')).toBe("-1 show hardware-interfaces: unknown input `nosuch'\n");
  });
});
