import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { detailsThen } from '../../../mock-vpp/index.js';
import { testMock } from '../../support/mock.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';
import { cli, startCli } from '../run-cli.js';

const socketOf = (mock: { readonly socket: string }) => ['--socket', mock.socket];

describe('dump', () => {
  it('piped: one JSON line for each answer', async () => {
    const mock = await testMock({ setup: (dataplane) => void dataplane.addLoopback() });
    const { code, lines, stderr } = await cli(['dump', 'sw_interface_dump', '--socket', mock.socket]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines.map((line) => JSON.parse(line).interface_name)).toEqual(['local0', 'loop0']);
  });

  it('on a terminal: a table no wider than it, names in front, what is hidden said', async () => {
    const mock = await testMock({ setup: (dataplane) => void dataplane.addLoopback() });
    const args = ['dump', 'sw_interface_dump', '--socket', mock.socket];
    const { lines, stderr } = await cli(args, { terminal: 80 });
    expect(lines[0]).toMatch(/^sw_if_index {2}interface_name/);
    expect(lines[1]).toMatch(/^ +0 {2}local0/);
    expect(lines[2]).toMatch(/^ +1 {2}loop0/);
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(stderr).toMatch(/^vppmux: 2 rows; not shown for want of room: .*--columns/);
  });

  it('--columns: these and no others', async () => {
    const mock = await testMock();
    const args = ['dump', 'sw_interface_dump', '--columns', 'interface_name,flags', '--socket', mock.socket];
    const { stdout, stderr } = await cli(args, { terminal: 80 });
    expect(stdout).toBe('interface_name  flags\nlocal0              0\n');
    expect(stderr).toBe('vppmux: 1 row\n');
  });

  it('--columns, piped: only these fields, in the shape of the whole', async () => {
    const mock = await testMock();
    const dump = async (message: string, columns: string) =>
      (await cli(['dump', message, '--columns', columns, '--socket', mock.socket])).lines[0];
    expect(await dump('sw_interface_dump', 'interface_name,flags')).toBe('{"interface_name":"local0","flags":0}');
    expect(await dump('ip_table_dump', 'table.name,table')).toMatch(
      /^\{"table":\{"table_id":0,"is_ip6":false,"name":"/,
    );
    expect(await dump('ip_table_dump', 'table.table_id,table.is_ip6')).toBe('{"table":{"table_id":0,"is_ip6":false}}');
  });

  it('--columns, piped, with a name that no row has: said', async () => {
    const mock = await testMock();
    const args = ['dump', 'ip_table_dump', '--columns', 'table.nme', '--socket', mock.socket];
    const { code, stdout, stderr } = await cli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/--columns: there is no table\.nme; did you mean table\.name/);
  });

  it('--columns with a name that no row has: said', async () => {
    const mock = await testMock();
    const args = ['dump', 'sw_interface_dump', '--columns', 'interface_nme', '--socket', mock.socket];
    const { code, stderr } = await cli(args, { terminal: 80 });
    expect(code).toBe(2);
    expect(stderr).toMatch(/--columns: there is no interface_nme; did you mean interface_name/);
  });

  it('--output csv: a header of all columns, a row each', async () => {
    const mock = await testMock({ setup: (dataplane) => void dataplane.addLoopback() });
    const dump = (...words: string[]) => cli(['dump', ...words, '--output', 'csv', '--socket', mock.socket]);
    const { code, lines, stderr } = await dump('sw_interface_dump', '--names');
    expect({ code, stderr, rows: lines.length }).toEqual({ code: 0, stderr: '', rows: 3 });
    expect(lines[0]).toMatch(/^sw_if_index,sup_sw_if_index,l2_address,flags,type,/);
    expect(lines[2]).toMatch(/^1,1,de:ad:00:00:00:00,\[\],IF_API_TYPE_HARDWARE,.*,loop0,/);
    expect((await dump('ip_table_dump', '--columns', 'table.name,table.table_id')).lines.slice(0, 2)).toEqual([
      'table.name,table.table_id',
      'ipv4-VRF:0,0',
    ]);
    expect(await dump('sw_interface_dump', '--columns', 'nme')).toMatchObject({ code: 2, stdout: '' });
    expect((await dump('ip_address_dump', 'sw_if_index=0')).stdout).toBe('sw_if_index,prefix\n');
  });

  it('--output yaml: one list, on a terminal as well', async () => {
    const mock = await testMock({ setup: (dataplane) => void dataplane.addLoopback() });
    const dump = (...words: string[]) =>
      cli(['dump', ...words, '--output', 'yaml', '--socket', mock.socket], { terminal: 80 });
    const { stdout, stderr } = await dump('sw_interface_dump', '--columns', 'interface_name,mtu');
    expect(stderr).toBe('');
    const mtu = (first: number) => [first, 0, 0, 0];
    expect(parse(stdout)).toEqual([
      { interface_name: 'local0', mtu: mtu(0) },
      { interface_name: 'loop0', mtu: mtu(9000) },
    ]);
    expect((await dump('ip_address_dump', 'sw_if_index=0')).stdout).toBe('[]\n');
  });

  it('--output with what is no format, or with --json: exit code 2', async () => {
    expect(await cli(['dump', 'ip_table_dump', '--output', 'xml'])).toMatchObject({ code: 2, stdout: '' });
    expect(await cli(['dump', 'ip_table_dump', '--output', 'csv', '--json'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('an empty list: no lines, and exit code 0', async () => {
    const mock = await testMock();
    const args = ['dump', 'ip_address_dump', 'sw_if_index=0', '--socket', mock.socket];
    expect(await cli(args)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(await cli(args, { terminal: 80 })).toMatchObject({ code: 0, stdout: '', stderr: 'vppmux: 0 rows\n' });
  });

  it('a silent pipe on stdin: defaults after a moment, and said so', async () => {
    const mock = await testMock();
    const { code, lines, stderr } = await cli(['dump', 'sw_interface_dump', '--socket', mock.socket], {
      stdin: 'silent',
    });
    expect({ code, rows: lines.length }).toEqual({ code: 0, rows: 1 });
    expect(stderr).toMatch(/nothing on stdin within 2 s: sw_interface_dump is sent with its defaults/);
  });

  it.each<[string, string[], number, RegExp]>([
    ['a request with one reply', ['show_version'], 2, /use: vppmux call show_version/],
    ['details', ['sw_interface_details'], 2, /use: vppmux dump sw_interface_dump/],
    ['an unknown message', ['sw_interfaces_dump'], 2, /did you mean sw_interface_dump/],
    ['a bad field', ['sw_interface_dump', 'sw_if_idx=1'], 2, /sw_if_idx.*sw_if_index/],
  ])('%s: one line that says what to do', async (_, args, exit, message) => {
    const mock = await testMock();
    const { code, stderr } = await cli(['dump', ...args, '--socket', mock.socket]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^vppmux: [^\n]+\n$/);
    expect(code).toBe(exit);
  });

  it(
    'a reply that says more than retval and cursor: a line on stderr, the rows as ever',
    needs(sharedMissing),
    async () => {
      const mock = await testMock({ apiDir: sharedPath('vpp-api', '26.06') });
      mock.handle('trace_dump', () => detailsThen([{ thread_id: 0, position: 3, trace_data: 'x' }], { done: 1 }));
      const { lines, stderr } = await cli(['dump', 'trace_dump', 'clear_cache=1', '--socket', mock.socket]);
      expect(lines.map((line) => JSON.parse(line).position)).toEqual([3]);
      expect(stderr).toMatch(/^vppmux: the reply behind them: \{"retval":0,.*"done":1\}\n$/);
    },
  );

  it('two objects on stdin: refused', async () => {
    const mock = await testMock();
    const { code, stderr } = await cli(['dump', 'sw_interface_dump', '-', '--socket', mock.socket], {
      stdin: '{}\n{}',
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/stdin has 2 objects; a dump takes one/);
  });

  it('the connection ends half-way: exit code 5, and how much had arrived', async () => {
    const misbehave = { closeMidFrame: { messages: 'ip_route_v2_details', after: 100 } } as const;
    const mock = await testMock({ routes: 1000, misbehave });
    const { code, stderr, lines } = await cli(['dump', 'ip_route_v2_dump', '--socket', mock.socket]);
    expect(code).toBe(5);
    expect(stderr).toMatch(/100 details had arrived, the list is not complete/);
    expect(lines.length).toBeLessThanOrEqual(100);
  });

  it('Ctrl-C: exit code 130, and nothing more is said', async () => {
    const mock = await testMock({ misbehave: { silent: { messages: 'control_ping' } } });
    const run = startCli(['dump', 'sw_interface_dump', '--socket', mock.socket]);
    await run.seen('local0');
    run.signal('SIGINT');
    expect(await run.exit).toBe(130);
    expect(run.stderr).toBe('');
    expect(run.endedAtOnce).toBeUndefined();
  });

  it('routes as JSON: of the next hop the address that its protocol says; on a terminal as well', async () => {
    const mock = await testMock();
    const add = (prefix: string, proto: string, address: string) =>
      cli(['call', 'ip_route_add_del_v2', ...socketOf(mock), '-'], {
        stdin: JSON.stringify({ route: { prefix, paths: [{ sw_if_index: 0, proto, nh: { address } }] } }),
      });
    expect((await add('10.7.0.0/16', 'IP4', '192.0.2.7')).code).toBe(0);
    const { lines } = await cli(['dump', 'ip_route_v2_dump', ...socketOf(mock)], { stdin: '{}' });
    const own = lines.map((line) => JSON.parse(line).route).find(({ prefix }) => prefix === '10.7.0.0/16');
    expect(own.paths[0].nh.address).toEqual({ ip4: '192.0.2.7' });
  });

  it('--names: enums by name, flags as lists, fed back as they are', async () => {
    const mock = await testMock();
    const { lines } = await cli(['dump', 'sw_interface_dump', '--names', ...socketOf(mock)]);
    const row = JSON.parse(lines[0]);
    expect(row).toMatchObject({ sw_if_index: 0, type: 'IF_API_TYPE_HARDWARE', flags: [] });
    const on = JSON.stringify({ sw_if_index: row.sw_if_index, flags: ['IF_STATUS_API_FLAG_ADMIN_UP'] });
    expect((await cli(['call', 'sw_interface_set_flags', '-', ...socketOf(mock)], { stdin: on })).code).toBe(0);
    const after = await cli(['dump', 'sw_interface_dump', '--names', '--columns', 'flags', ...socketOf(mock)]);
    expect(JSON.parse(after.lines[0]).flags).toContain('IF_STATUS_API_FLAG_ADMIN_UP');
    const plain = await cli(['dump', 'sw_interface_dump', '--columns', 'flags', ...socketOf(mock)]);
    expect(JSON.parse(plain.lines[0]).flags).toBeTypeOf('number');
  });

  it('a path out of a dump, changed with jq, sent back: read, modify, write', async () => {
    const mock = await testMock();
    const first = { route: { prefix: '10.8.0.0/16', paths: [{ sw_if_index: 0, nh: { address: '192.0.2.8' } }] } };
    await cli(['call', 'ip_route_add_del_v2', '-', ...socketOf(mock)], { stdin: JSON.stringify(first) });
    for (const names of [[], ['--names']]) {
      const { lines } = await cli(['dump', 'ip_route_v2_dump', ...names, ...socketOf(mock)], { stdin: '{}' });
      const { route } = lines.map((line) => JSON.parse(line)).find((row) => row.route.prefix === '10.8.0.0/16');
      route.paths[0].nh.address.ip4 = `192.0.2.${90 + names.length}`;
      route.paths[0].weight = 9;
      const back = await cli(['call', 'ip_route_add_del_v2', '-', ...socketOf(mock)], {
        stdin: JSON.stringify({ is_add: true, route }),
      });
      expect(back).toMatchObject({ code: 0, stderr: '' });
      const [sent] = mock.receivedMessages('ip_route_add_del_v2').slice(-1);
      expect(sent.fields).toMatchObject({
        route: { paths: [{ weight: 9, nh: { address: { ip4: `192.0.2.${90 + names.length}` } } }] },
      });
    }
  });
});
