/**
 * VPP itself on the command line: the mock, or the VPP that VPP_API_SOCKET names, writes what VPP 26.06 wrote. Numbers that depend on
 * what else there is are replaced. Each test makes what it needs, and leaves nothing behind.
 */
import { describe, expect, it } from 'vitest';
import { begin, NAME } from './loopback.js';

describe('VPP itself', () => {
  it('show version verbose', async () => {
    const { vpp } = await begin();
    const rows = (await vpp.cli('show version verbose')).replace(/^0 /, '').trimEnd().split('\n');
    const titles = [
      'Version',
      'Compiled by',
      'Compile host',
      'Compile date',
      'Compile location',
      'Compiler',
      'Current PID',
    ];
    expect(rows.map((row) => row.slice(0, 26).trimEnd())).toEqual(titles.map((title) => `${title}:`));
    expect(rows[0].slice(26)).toMatch(/^v26\.06/);
  });

  it('show clock', async () => {
    const { vpp } = await begin();
    expect(await vpp.cli('show clock')).toMatch(
      /^0 Time now \d*\.\d{6}, \w{3}, \d+ \w{3} \d{4} [\d:]{8} GMT\nTime last barrier release \d*\.\d{9}\n0: Time now \d*\.\d{6}\nThread 0 offset 0\.0{9} error 0\.0{9}\n/,
    );
  });

  it('show errors: a heading, and a row for each that was counted', async () => {
    const { vpp } = await begin();
    const [heading, ...rows] = (await vpp.cli('show errors')).trimEnd().split('\n');
    const title = '   Count                  Node                              Reason               Severity';
    expect(heading).toMatch(new RegExp(`^0 ${title} ?$`));
    expect(rows.every((row) => /^ *\d+ +\S+ .*\S *$/.test(row))).toBe(true);
  });

  it('show runtime: a heading, and nodes with six columns', async () => {
    const { vpp } = await begin();
    const [time, rates, heading, ...rows] = (await vpp.cli('show runtime')).trimEnd().split('\n');
    expect(time).toMatch(/^0 Time \d*\.\d, 10\.000000 sec internal node vector rate \d*\.\d\d loops\/sec \d+\.\d\d$/);
    expect(rates).toMatch(/^ {2}vector rates in \S+, out \S+, drop \S+, punt \S+$/);
    expect(heading).toBe(
      '             Name                 State         Calls          Vectors        Suspends      Packet-Clocks   Vectors/Call  ',
    );
    const node = rows.find((row) => row.startsWith('api-rx-from-ring'));
    expect(node).toMatch(/^api-rx-from-ring {13,} *"?\w[\w ]*"? +\d+ +\d+ +\d+ +\d\.\d\de\d+ +\d+\.\d\d$/);
  });

  it('show api clients, show log', async () => {
    const { vpp } = await begin();
    expect(await vpp.cli('show api clients')).toMatch(
      /^0 Socket clients\n {16}Name {2}Fildesc\n(.*\n)* {10}raw-client {2,7}\d+\n/,
    );
    const lines = (await vpp.cli('show log')).replace(/^0 /, '').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]).toMatch(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d:\d{3} \w+ +\S+ +\S/);
  });

  it.each([
    ['nosuch', "-1 unknown input `nosuch'\n"],
    ['', "-1 unknown input `'\n"],
    ['show', "-1 show: unknown input `'\n"],
    ['show nosuch thing', "-1 show: unknown input `nosuch thing'\n"],
    ['show ip nosuch', "-1 show ip: unknown input `nosuch'\n"],
    ['show bridge-domain 4091 nosuch', '-1 show bridge-domain: No such bridge domain 4091\n'],
    ['show version show nosuch', /^-1 vpp v26\.06.*\nshow: unknown input `nosuch'\n$/],
    ['show version show interface nosuch', /^-1 vpp v26\.06.*\nshow interface: unknown input `nosuch'\n$/],
    ['show errors nosuch', /^-1 [\s\S]*Severity[\s\S]*\nunknown input `nosuch'\n$/],
  ])('%s', async (cmd, answer) => {
    const { vpp } = await begin();
    const text = await vpp.cli(cmd);
    if (typeof answer === 'string') expect(text).toBe(answer);
    else expect(text).toMatch(answer);
  });

  it('two commands in one line: one after the other', async () => {
    const { vpp } = await begin();
    expect(await vpp.cli(`set interface state ${NAME} up show version`)).toMatch(/^0 vpp v26\.06/);
    expect(await vpp.cli(`set interface state ${NAME} down nosuch`)).toBe("-1 unknown input `nosuch'\n");
  });
});
