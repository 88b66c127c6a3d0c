import { describe, expect, it } from 'vitest';
import { ownApiDir, testMock } from '../../support/mock.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';
import { cli } from '../run-cli.js';

const fromDirectory = (...args: string[]) => cli(['describe', ...args, '--api-dir', ownApiDir]);
const parsed = (lines: readonly string[]) => lines.map((line) => JSON.parse(line));

describe('describe', () => {
  it('a request, piped: all that its definition says, and what answers it', async () => {
    const { code, lines, stderr } = await fromDirectory('sw_interface_set_flags');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [request, reply, ...rest] = parsed(lines);
    expect(request).toEqual({
      message: 'sw_interface_set_flags',
      role: 'request',
      what: 'a request with one reply',
      command: 'call',
      effect: 'writes',
      reply: 'sw_interface_set_flags_reply',
      crc: 'f5aec1b8',
      file: 'interface.api.json',
      fields: [
        { field: 'sw_if_index', type: 'interface_index (u32)' },
        {
          field: 'flags',
          type: 'if_status_flags (u32)',
          flags: true,
          values: { IF_STATUS_API_FLAG_ADMIN_UP: 1, IF_STATUS_API_FLAG_LINK_UP: 2 },
          shortNames: { ADMIN_UP: 1, LINK_UP: 2 },
        },
      ],
    });
    expect(reply).toMatchObject({ message: 'sw_interface_set_flags_reply', role: 'reply' });
    expect(reply.fields).toEqual([{ field: 'retval', type: 'i32' }]);
    expect(rest).toEqual([]);
  });

  it('nested fields: by the paths that call takes, with counts, defaults and forms of text', async () => {
    const [{ fields }] = parsed((await fromDirectory('ip_route_add_del_v2')).lines);
    const field = (name: string) => fields.find((each: { field: string }) => each.field === name);
    expect(field('is_add')).toEqual({ field: 'is_add', type: 'bool', default: true });
    expect(field('route.prefix').form).toMatch(/^a prefix such as '192/);
    expect(field('route.n_paths')).toMatchObject({ counts: 'paths' });
    expect(field('route.paths')).toEqual({ field: 'route.paths', type: 'fib_path[n_paths]' });
    expect(field('route.paths[].weight')).toEqual({ field: 'route.paths[].weight', type: 'u8' });
  });

  it('a running VPP: ids of its table, and what it has not or otherwise', async () => {
    const mock = await testMock({ misbehave: { wrongCrc: 'show_version' } });
    const args = ['describe', 'control_ping', 'show_version', '--socket', mock.socket];
    const [ping, , version] = parsed((await cli(args)).lines);
    expect(ping).toMatchObject({ message: 'control_ping', effect: 'reads', id: mock.table.idOf.get('control_ping') });
    expect(version).toMatchObject({
      message: 'show_version',
      id: null,
      vppCrc: expect.stringMatching(/^[0-9a-f]{8}$/),
    });
    const { stdout } = await cli(args, { terminal: 200 });
    expect(stdout).toMatch(/^show_version: .*; this VPP has another version of it \(CRC /m);
    expect(stdout).toMatch(/^ {2}vppmux call control_ping; answered by control_ping_reply; .*, id \d+$/m);
  });

  it('on a terminal: a head, how to use it, and a line for each field, no wider than the terminal', async () => {
    const run = await cli(['describe', 'ip_route_add_del_v2', '--api-dir', ownApiDir], { terminal: 100 });
    expect(run.lines[0]).toBe('ip_route_add_del_v2: a request with one reply; it writes; may still change');
    expect(run.stdout).toMatch(/^ {2}route\.paths\[\]\.type +fib_path_type \(u32\) +NORMAL=0, LOCAL=1, /m);
    expect(run.stdout).toMatch(/^ {60,}\S+=\d/m);
    expect(run.stdout).toMatch(/^ip_route_add_del_v2_reply: what VPP answers to ip_route_add_del_v2/m);
    expect(run.lines.filter((line) => line.length > 100)).toEqual([]);
  });

  it('on a terminal that does not know its width: 80', async () => {
    const run = await cli(['describe', 'ip_route_add_del_v2', '--api-dir', ownApiDir], { terminal: 0 });
    const widths = run.lines.map((line) => line.length);
    expect(Math.max(...widths)).toBeGreaterThan(60);
    expect(Math.max(...widths)).toBeLessThanOrEqual(100);
  });

  it('a pattern: a line for each message that matches', async () => {
    const run = await cli(['describe', 'ip_route*dump', '*_event', '--api-dir', ownApiDir], { terminal: 80 });
    expect(run.lines[0]).toMatch(/^ip_route_dump +dump +reads/);
    expect(run.lines[1]).toMatch(/^ip_route_v2_dump +dump +reads +may still change/);
    expect(run.lines.slice(2).every((line) => /^\w+_event +watch/.test(line))).toBe(true);
    expect(run.lines.length).toBeGreaterThan(3);
  });

  it('nothing named: all there is', async () => {
    const names = parsed((await fromDirectory()).lines).map(({ message }) => message);
    expect(names).toEqual([...names].sort());
    expect(names).toContain('sw_interface_dump');
    expect(names.length).toBeGreaterThan(250);
  });

  it('an event, and the request that switches it on: watch', async () => {
    const [want, , event] = parsed((await fromDirectory('want_interface_events')).lines);
    expect(want).toMatchObject({ command: 'watch', effect: 'reads', events: ['sw_interface_event'] });
    expect(event).toMatchObject({ message: 'sw_interface_event', role: 'event', command: 'watch' });
  });

  it('what is never sent: why, and no command', async () => {
    const [cli] = parsed((await fromDirectory('sockclnt_delete')).lines);
    expect(cli).toMatchObject({ neverSent: expect.stringContaining('registration') });
    expect(cli).not.toHaveProperty('command');
  });

  it('comments of the definitions: what message and fields are', needs(sharedMissing), async () => {
    const apiDir = sharedPath('vpp-api', '26.06');
    const [request] = parsed((await cli(['describe', 'sw_interface_set_flags', '--api-dir', apiDir])).lines);
    expect(request.about).toBe('Set flags on the interface');
    expect(request.fields[0].about).toBe('index of the interface to set flags on');
    const old = ['crypto_set_async_dispatch', 'rdma_create'];
    const [first, , second] = parsed((await cli(['describe', ...old, '--api-dir', apiDir])).lines);
    expect(first).toMatchObject({ deprecated: true, replacedBy: 'crypto_set_async_dispatch_v2' });
    expect(second).toMatchObject({ deprecated: '21.01' });
  });

  it.each<[string, string, RegExp]>([
    ['a name that is nearly one', 'sw_interface_dmp', /no message sw_interface_dmp; did you mean sw_interface_dump/],
    ['a part of names', 'path_mtu', /what has it in its name: vppmux describe '\*path_mtu\*'/],
    ['a pattern of nothing', 'zz*zz', /^vppmux: there is no message zz\*zz\n$/],
  ])('%s: refused', async (_, name, message) => {
    const { code, stdout, stderr } = await fromDirectory(name);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('a message of a plugin that the running VPP has not loaded: says so, as call does', async () => {
    const mock = await testMock();
    const run = await cli(['describe', 'snort_instance_creat', '--socket', mock.socket]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/no message of the running VPP begins with snort_: .*plugin is not loaded/);
    const near = await cli(['describe', 'sw_interface_dmp', '--socket', mock.socket]);
    expect(near.stderr).not.toMatch(/plugin/);
  });

  it('a directory and a socket: the running VPP, with the directory', async () => {
    const mock = await testMock();
    const run = await cli(['describe', 'show_version', '--api-dir', ownApiDir, '--socket', mock.socket]);
    expect(parsed(run.lines)[0]).toHaveProperty('id');
  });

  it('neither: as every other command', async () => {
    const { code, stderr } = await cli(['describe', 'show_version', '--socket', '/nonexistent/api.sock']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/no socket at/);
  });
});
