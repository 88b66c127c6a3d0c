import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addMisbehaviour } from '../../../src/cli/mock/misbehaviour.js';
import { ownSchema, socketPath, testMock } from '../../support/mock.js';
import { needs } from '../../support/needs.js';
import { RawClient } from '../../support/raw-client.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';
import { cli, startCli } from '../run-cli.js';

const recorded = fileURLToPath(new URL('../../mux/trace/fixtures/interfaces.trace', import.meta.url));

describe('mock', () => {
  it('in the foreground: says how to try it, serves, and goes with its socket', async () => {
    const socket = socketPath();
    const run = startCli(['mock', '--socket', socket, '--routes', '10']);
    await run.seen(`export VPP_API_SOCKET=${socket}`);
    expect(run.stderr).toMatch(/the mock listens on .*: \d+ messages, 10 routes; Ctrl-C ends it/);
    expect((await cli(['call', 'show_version', '--socket', socket])).code).toBe(0);
    const routes = await cli(['dump', 'ip_route_v2_dump', '--socket', socket]);
    expect(routes.lines.length).toBeGreaterThanOrEqual(10);
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
    expect(existsSync(socket)).toBe(false);
  });

  it('--interfaces: physical ones to begin with', async () => {
    const socket = socketPath();
    const run = startCli(['mock', '--socket', socket, '--interfaces', 'GigabitEthernet3/0/0,GigabitEthernet3/0/1']);
    await run.seen('VPP_API_SOCKET');
    const { lines } = await cli(['dump', 'sw_interface_dump', '--socket', socket]);
    expect(lines.join()).toMatch(/GigabitEthernet3\/0\/0.*GigabitEthernet3\/0\/1/);
    run.signal('SIGINT');
    await run.exit;
  });

  it('a relative path: the line to copy has the whole of it', async () => {
    const socket = socketPath();
    const run = startCli(['mock', '--socket', relative(process.cwd(), socket)]);
    await run.seen(`export VPP_API_SOCKET=${socket}`);
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
  });

  it('--misbehave: does', async () => {
    const socket = socketPath();
    const run = startCli(['mock', '-s', socket, '--misbehave', 'silent=show_version', '--misbehave', 'split=7']);
    await run.seen('try it');
    expect((await cli(['call', 'show_version', '-t', '50ms', '--socket', socket])).code).toBe(4);
    run.signal('SIGTERM');
    expect(await run.exit).toBe(0);
  });

  it('a request that it does not serve: is named in a warning', needs(sharedMissing), async () => {
    const socket = socketPath();
    const run = startCli(['mock', '-s', socket, '--verbose', '--api-dir', sharedPath('vpp-api', '26.06')]);
    await run.seen('try it');
    await cli([
      'call',
      'map_param_get',
      '-t',
      '500ms',
      '--socket',
      socket,
      '--api-dir',
      sharedPath('vpp-api', '26.06'),
    ]);
    run.signal('SIGINT');
    await run.exit;
    expect(run.stderr).toMatch(/warn: .*map_param_get/);
  });

  it('--strict: a request that it does not serve ends it, with what, who, and what to do', async () => {
    const socket = socketPath();
    const run = startCli(['mock', '--socket', socket, '--strict']);
    await run.seen('VPP_API_SOCKET');
    expect((await cli(['call', 'dhcp_plugin_control_ping', '--socket', socket])).code).toBe(5);
    expect(await run.exit).toBe(1);
    expect(run.stderr).toMatch(
      /--strict: the mock does not serve dhcp_plugin_control_ping, which client "vppmux call".*handle/,
    );
    expect(existsSync(socket)).toBe(false);
  });

  it('--vpp-bugs: a request that VPP dies of ends it as a crash would, and leaves its socket behind', async () => {
    const socket = socketPath();
    const run = startCli(['mock', '--socket', socket, '--vpp-bugs']);
    await run.seen('VPP_API_SOCKET');
    const client = await RawClient.connect(socket, await ownSchema(), 'careless');
    const path = { type: 'FIB_API_PATH_TYPE_UDP_ENCAP', nh: { obj_id: 7 } };
    client.post('ip_route_add_del', { is_add: true, route: { prefix: '192.0.2.0/24', paths: [path] } });
    await client.untilClosed();
    expect(await run.exit).toBe(134);
    expect(run.stderr).toMatch(
      /warn: VPP does not look .*, and dies: it was sent ip_route_add_del by client "careless"/,
    );
    expect(existsSync(socket)).toBe(true);
  });

  it('--replay: answers as in the trace, and says what it has no answer to', async () => {
    const socket = socketPath();
    const run = startCli(['mock', '-s', socket, '--replay', recorded]);
    await run.seen('try it');
    expect(run.stderr).toContain(`answers as in ${recorded}; Ctrl-C ends it`);
    const dump = await cli(['dump', 'ip_path_mtu_get', '--socket', socket]);
    expect(dump.lines).toHaveLength(5);
    expect((await cli(['dump', 'bridge_domain_dump', '-t', '50ms', '--socket', socket])).code).toBe(4);
    expect(run.stderr).toMatch(
      /warn: the trace has no answer to bridge_domain_dump \{.*\}: it has no bridge_domain_dump/,
    );
    run.signal('SIGINT');
    expect(await run.exit).toBe(0);
  });

  it('--replay of a VPP with other messages: exit code 6', async () => {
    const file = `${socketPath()}.trace`;
    writeFileSync(file, readFileSync(recorded, 'utf8').replaceAll('"crc":"aa610c27"', '"crc":"aa610c28"'));
    const { code, stderr } = await cli(['mock', '-s', socketPath(), '--replay', file]);
    expect(stderr).toMatch(
      /^vppmux: the trace .*sw_interface_dump has CRC aa610c28 there, aa610c27 here; .*--api-dir DIR[^\n]*\n$/,
    );
    expect(code).toBe(6);
  });

  it.each<[string, string[], RegExp]>([
    [
      'a trace that is not there',
      ['--replay', '/nowhere.trace'],
      /trace \/nowhere\.trace cannot be read: there is no such file/,
    ],
    ['a folder as trace', ['--replay', '/'], /trace \/ cannot be read: it is a directory/],
    ['no socket named', [], /required option '-s, --socket <path>' not specified/],
    ['an unknown misbehaviour', ['--misbehave', 'dealy=5'], /no such misbehaviour; did you mean delay/],
    ['a misbehaviour that needs a duration', ['--misbehave', 'delay'], /it needs a duration, as delay=50ms/],
    [
      'an unknown message',
      ['--misbehave', 'silent=show_versoin'],
      /silent: .*no message show_versoin .*did you mean show_version/,
    ],
    ['an unknown option', ['--misbehave', 'close-mid-frame={"cont":1}'], /: no option cont; did you mean count/],
    ['a number that is none', ['--misbehave', 'split=x'], /split: bytes: a whole number above 0 is expected/],
    ['broken JSON', ['--misbehave', 'close={'], /--misbehave close=\{: .*JSON/],
    ['too many workers', ['--workers', '99999999'], /--workers <n>.*a number from 0 to 255/],
    [
      'a file that is no segment',
      ['--vpp-bugs', '--stats-file', recorded],
      /^vppmux: the mock cannot count: [^\n]+ is there and is no stats segment/,
    ],
    ['no definitions', ['--api-dir', '/nonexistent'], /\/nonexistent/],
  ])('%s: refused in one line', async (_, args, message) => {
    const socket = args.length === 0 ? [] : ['--socket', socketPath()];
    const { code, stderr } = await cli(['mock', ...socket, ...args]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^vppmux: [^\n]+\n$/);
    expect(code).toBeGreaterThan(1);
  });

  it('a socket in use: refused', async () => {
    const { socket } = await testMock();
    const { code, stderr } = await cli(['mock', '--socket', socket]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/is in use/);
  });
});

describe('--misbehave', () => {
  it.each<[string, object]>([
    ['delay=50', { delay: 50 }],
    ['delay=1.5s', { delay: 1500 }],
    ['late=300ms', { late: { ms: 300 } }],
    ['late={"ms":1,"messages":"x"}', { late: { ms: 1, messages: 'x' } }],
    ['silent', { silent: true }],
    ['silent=a,b', { silent: { messages: ['a', 'b'] } }],
    ['split=3', { split: { bytes: 3 } }],
    ['close-mid-frame=a', { closeMidFrame: { messages: ['a'] } }],
    ['closeMidFrame=a', { closeMidFrame: { messages: ['a'] } }],
    ['wrong-crc=a', { wrongCrc: ['a'] }],
    ['stall', { stall: true }],
  ])('%s: %j', (text, wanted) => {
    expect(addMisbehaviour(text)).toEqual(wanted);
  });

  it('several: together', () => {
    expect(addMisbehaviour('silent', { delay: 5 })).toEqual({ delay: 5, silent: true });
  });
});
