/**
 * Bonds, LACP and memifs on the command line: the mock, or the VPP that VPP_API_SOCKET names, writes what VPP 26.06 wrote. Each
 * test makes what it needs, and leaves nothing behind.
 */
import { describe, expect, it } from 'vitest';
import { beginBonds, BondMode as Mode } from '../../support/contract-bonds.js';
import type { Contract } from '../../support/contract-client.js';
import { beginMemifs, MASTER, SLAVE } from '../../support/contract-memifs.js';

const A = '02:00:5e:00:53:0a';

/** Numbers that are VPP's own: of hardware, of files, of timers, of packets. */
const plain = (text: string) =>
  text
    .replace(/(hw_if_index: |device instance: |fd )\d+/g, '$1N')
    .replace(/(PDUs sent|PDUs received|loopback port|ready|ready_n): \d+/g, '$1: N')
    .replace(/timer: .*/g, 'timer: …')
    .replace(/ {4}last .*\n/g, '');

const nameOf = async (vpp: Contract, index: number) => String((await vpp.details(index))?.interface_name);

describe('show bond', () => {
  it('details: modes, members, and those that are active', async () => {
    const { vpp, bond, add, up } = await beginBonds();
    const lag = await bond({ id: 4091, mode: Mode.XOR, lb: 2 });
    const backup = await bond({ id: 4092, mode: Mode.ACTIVE_BACKUP });
    const loops = [await vpp.loopback(), await vpp.loopback()];
    await add(loops[0], backup);
    await vpp.ask('sw_interface_set_bond_weight', { sw_if_index: loops[0], weight: 9 });
    await add(loops[1], lag);
    await up(loops[0]);
    const [first, second] = [await nameOf(vpp, loops[0]), await nameOf(vpp, loops[1])];
    const text = plain(await vpp.cli('show bond details'));
    expect(text).toContain(
      [
        ...['BondEthernet4091', '  mode: xor', '  load balance: l23', '  number of active members: 0'],
        ...['  number of members: 1', `    ${second}`, '  device instance: N', '  interface id: 4091'],
        ...[`  sw_if_index: ${lag}`, '  hw_if_index: N', ''],
      ].join('\n'),
    );
    expect(text).toContain(
      [
        ...['BondEthernet4092', '  mode: active-backup', '  load balance: active-backup'],
        ...['  number of active members: 1', `    ${first}`],
        `      weight: 9, is_local_numa: 1, sw_if_index: ${loops[0]}`,
        ...['  number of members: 1', `    ${first}`, '  device instance: N', '  interface id: 4092'],
        ...[`  sw_if_index: ${backup}`, '  hw_if_index: N', ''],
      ].join('\n'),
    );
    expect(await vpp.cli('show bond details nosuch')).toBe("-1 show bond: unknown input `nosuch'\n");
    expect(await vpp.cli('show bond nosuch')).toBe("-1 show bond: unknown input `nosuch'\n");
  });
});

describe('show lacp', () => {
  it('a port that is down: its states, its identity, its details', async () => {
    const { vpp, bond, add } = await beginBonds();
    const made = await bond({ id: 4093, mode: Mode.LACP, use_custom_mac: true, mac_address: A });
    const port = await vpp.loopback();
    await add(port, made, { is_passive: true, is_long_timeout: true });
    const name = await nameOf(vpp, port);
    const key = made.toString(16).padStart(4, '0');
    const mac = A.replaceAll(':', '-');
    const text = await vpp.cli('show lacp');
    expect(text).toBe(
      [
        `0 ${' '.repeat(56)}actor state${' '.repeat(22)}partner state${' '.repeat(19)}`,
        'interface name            sw_if_index  bond interface   exp/def/dis/col/syn/agg/tim/act  exp/def/dis/col/syn/agg/tim/act',
        `${name.padEnd(26)}${`${port}`.padEnd(13)}BondEthernet4093   1   1   0   0   0   1   0   0    0   0   0   0   0   0   1   0`,
        `  LAG ID: [(ffff,${mac},${key},00ff,0001), (ffff,00-00-00-00-00-00,${key},00ff,0001)]`,
        '  RX-state: EXPIRED, TX-state: TRANSMIT, MUX-state: DETACHED, PTX-state: NO_PERIODIC',
        '',
      ].join('\n'),
    );
    const side = (system: string) => [
      ...[`      system: ${system}`, '      system priority: 65535', `      key: ${made}`],
      ...['      port priority: 255', '      port number: 1'],
    ];
    expect(plain(await vpp.cli('show lacp details'))).toBe(
      [
        ...['0 Number of interfaces: 1', `  ${name}`],
        ...['    Good LACP PDUs received: N', '    Bad LACP PDUs received: N', '    LACP PDUs sent: N'],
        ...['    Good Marker PDUs received: N', '    Bad Marker PDUs received: N', '    debug: 0'],
        ...['    loopback port: N', '    port_enabled: 0', '    port moved: 0', '    ready_n: N', '    ready: N'],
        ...['    Actor', ...side(A), '      state: 0xc4', '        LACP_STATE_AGGREGATION (2)'],
        ...['        LACP_STATE_DEFAULTED (6)', '        LACP_STATE_EXPIRED (7)'],
        ...['    Partner', ...side('00:00:00:00:00:00'), '      state: 0x2', '        LACP_STATE_LACP_TIMEOUT (1)'],
        ...['      wait while timer: …', '      current while timer: …', '      periodic timer: …'],
        ...['    RX-state: EXPIRED', '    TX-state: TRANSMIT', '    MUX-state: DETACHED', '    PTX-state: NO_PERIODIC'],
        ...['', ''],
      ].join('\n'),
    );
    expect(await vpp.cli('show lacp nosuch details')).toBe("-1 show lacp: unknown input `nosuch details'\n");
    expect(await vpp.cli('show lacp details nosuch')).toBe("-1 show lacp: unknown input `nosuch'\n");
  });

  it('without a port: nothing, and how many', async () => {
    const { vpp } = await beginBonds();
    expect([await vpp.cli('show lacp'), await vpp.cli('show lacp details')]).toEqual([
      '0 ',
      '0 Number of interfaces: 0\n',
    ]);
  });
});

describe('show memif', () => {
  it('sockets, a master alone, and refusals', async () => {
    const { vpp, socket, make } = await beginMemifs();
    await socket(true, 61, '/tmp/vppmux-61');
    const none = await vpp.cli('show memif');
    expect(none).toMatch(/^0 sockets\n {2}id {2}listener {4}filename\n/);
    expect(none).toContain('  61  no          /tmp/vppmux-61\n');
    expect(none).toMatch(/[^\n]\n\n$/);
    await make({ role: MASTER, id: 5, socket_id: 61 });
    const text = plain(await vpp.cli('show memif memif61/5'));
    expect(text).toContain('  61  yes (1)     /tmp/vppmux-61\n');
    expect(text).toMatch(
      /\n\ninterface memif61\/5\n {2}socket-id 61 id 5 mode ethernet\n {2}flags\n {2}listener-fd N conn-fd N\n {2}num-s2m-rings 0 num-m2s-rings 0 buffer-size 0 num-regions 0\n$/,
    );
    expect(await vpp.cli('show memif nosuch x')).toBe("-1 show memif: unknown input `nosuch x'\n");
  });

  it('two ends that have met: their rings', async () => {
    const { vpp, socket, make, up } = await beginMemifs();
    for (const id of [62, 63]) await socket(true, id, '/tmp/vppmux-62');
    const hw = { id: 1, hw_addr: A };
    await make({ role: MASTER, socket_id: 62, ...hw });
    const rings = { ring_size: 512, rx_queues: 2, tx_queues: 1, no_zero_copy: true };
    const slave = Number((await make({ role: SLAVE, socket_id: 63, ...hw, ...rings })).sw_if_index);
    await up(slave);
    await expect.poll(() => vpp.cli('show memif memif62/1')).toContain('connected');
    await expect.poll(() => vpp.cli('show memif memif63/1')).toContain('connected');
    const of = async (name: string) =>
      plain(await vpp.cli(`show memif ${name}`))
        .split('\n\n')[1]
        .replace(/"VPP .*"/, '"VPP"')
        .split('\n');
    const ring = (title: string, at: number, offset: number, head: number) => [
      `    ${title} ring ${at}:`,
      `      region 0 offset ${offset} ring-size 512 int-fd N`,
      `      head ${head} tail 0 flags 0x0001 interrupts 0`,
    ];
    const toMaster = ring('slave-to-master', 0, 0, 0);
    const toSlave = [...ring('master-to-slave', 0, 8320, 512), ...ring('master-to-slave', 1, 16640, 512)];
    const size = 3 * 8320 + 3 * 512 * 2048;
    expect(await of('memif62/1')).toEqual([
      ...['interface memif62/1', '  remote-name "VPP"', '  remote-interface "memif63/1"'],
      ...['  socket-id 62 id 1 mode ethernet', '  flags connected', '  listener-fd N conn-fd N'],
      '  num-s2m-rings 1 num-m2s-rings 2 buffer-size 0 num-regions 1',
      ...[`  region 0 size ${size} fd N`, ...toSlave, ...toMaster, ''],
    ]);
    expect(await of('memif63/1')).toEqual([
      ...['interface memif63/1', '  remote-name "VPP"', '  remote-interface "memif62/1"'],
      ...['  socket-id 63 id 1 mode ethernet', '  flags admin-up slave connected', '  listener-fd N conn-fd N'],
      '  num-s2m-rings 1 num-m2s-rings 2 buffer-size 2048 num-regions 1',
      ...[`  region 0 size ${size} fd N`, ...toMaster, ...toSlave, ''],
    ]);
  });
});
