import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WINDOW } from '../../../src/cli/load/send-load.js';
import { ownApiDir, testMock, until } from '../../support/mock.js';
import { cli, startCli } from '../run-cli.js';

function fileOf(...lines: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'load-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'routes.txt');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return file;
}

async function load(lines: string[], ...flags: string[]) {
  const mock = await testMock({ setup: (dataplane) => void dataplane.addLoopback({ up: true }) });
  const run = await cli(['load', fileOf(...lines), '--socket', mock.socket, ...flags]);
  const sent = mock.receivedMessages('ip_route_add_del_v2').map(({ fields }) => fields);
  return { mock, ...run, sent };
}

const MANY = Array.from({ length: 5000 }, (_, i) => `add 10.1.${i >> 8}.${i & 255}/32 via 192.0.2.1`);

describe('load', () => {
  it('routes, added and removed: sent in order; comments and empty lines do not count', async () => {
    const { code, lines, stderr, sent } = await load([
      '# of the lab',
      'add 10.0.0.0/24 via 192.0.2.1 loop0 weight 3',
      '',
      '2001:db8::/32 table 0 via 2001:db8::1',
      'del 10.0.0.0/24',
      '  del   2001:db8::/32\tvia 2001:db8::1',
    ]);
    expect({ code, stderr, lines }).toEqual({ code: 0, stderr: '', lines: ['{"done":4,"failed":0,"notSent":0}'] });
    const routes = sent.map(({ is_add, is_multipath, route }) => ({ is_add, is_multipath, ...(route as object) }));
    expect(routes).toMatchObject([
      { is_add: true, is_multipath: false, prefix: '10.0.0.0/24', paths: [{ sw_if_index: 1, weight: 3, proto: 0 }] },
      {
        is_add: true,
        is_multipath: false,
        prefix: '2001:db8::/32',
        paths: [{ proto: 1, nh: { address: { ip6: '2001:db8::1' } } }],
      },
      { is_add: false, is_multipath: false, prefix: '10.0.0.0/24', paths: [] },
      { is_add: false, is_multipath: true, prefix: '2001:db8::/32', paths: [{ proto: 1 }] },
    ]);
  });

  it('messages as JSON, next to routes', async () => {
    const { code, mock } = await load([
      '{"message": "sw_interface_set_flags", "fields": {"sw_if_index": 1, "flags": "ADMIN_UP"}}',
      '10.0.0.0/24 drop',
    ]);
    expect(code).toBe(0);
    expect(mock.receivedMessages('sw_interface_set_flags')[0].fields).toMatchObject({ sw_if_index: 1, flags: 1 });
  });

  it('thousands: all of them, and VPP has them', async () => {
    const { code, lines, mock } = await load(MANY);
    expect({ code, lines }).toEqual({ code: 0, lines: ['{"done":5000,"failed":0,"notSent":0}'] });
    const { lines: routes } = await cli(['dump', 'ip_route_v2_dump', 'table.table_id=0', '--socket', mock.socket]);
    expect(routes.filter((route) => route.includes('"10.1.'))).toHaveLength(5000);
  });

  it('lines with mistakes: each named, and nothing is sent', async () => {
    const { code, stderr, sent } = await load([
      'add 10.0.0.0/24 via 192.0.2.1',
      'add 10.0.0.0 via 192.0.2.1',
      'add 10.0.1.0/24',
      'add 10.0.2.0/24 over 192.0.2.1',
      '{"message": "show_versoin"}',
      '{"message": "sw_interface_dump"}',
      '{"message": "show_version", "retval": 1}',
    ]);
    expect({ code, sent }).toEqual({ code: 2, sent: [] });
    expect(stderr).toMatch(/routes\.txt, line 2: "10\.0\.0\.0" is no prefix, .*: add 10\.0\.0\.0 via 192\.0\.2\.1\n/);
    expect(stderr).toMatch(
      /line 3: it has no path.*\n.*line 4: "over" makes no sense there.*\n.*line 5: .*show_version\?/,
    );
    expect(stderr).toMatch(
      /line 6: sw_interface_dump is no request with one reply.*\n.*line 7: "retval" makes no sense/,
    );
    expect(stderr).toMatch(/nothing was sent: mend these lines first\n$/);
  });

  it('messages that are never sent, that VPP lacks or defines otherwise: lines with mistakes, and nothing is sent', async () => {
    const apiDir = mkdtempSync(join(tmpdir(), 'load-api-'));
    onTestFinished(() => rmSync(apiDir, { recursive: true }));
    cpSync(ownApiDir, apiDir, { recursive: true });
    const other = ['sw_interface_set_flags', 'of_another_plugin'].flatMap((name) => [
      [name, ['u16', '_vl_msg_id'], ['u32', 'client_index'], ['u32', 'context'], { crc: '0x12345678' }],
      [`${name}_reply`, ['u16', '_vl_msg_id'], ['u32', 'context'], ['i32', 'retval'], { crc: '0x12345678' }],
    ]);
    const services = ['sw_interface_set_flags', 'of_another_plugin'].map((name) => [name, { reply: `${name}_reply` }]);
    writeFileSync(
      join(apiDir, 'other.api.json'),
      JSON.stringify({ messages: other, services: Object.fromEntries(services) }),
    );
    rmSync(join(apiDir, 'interface.api.json'));
    const { code, stderr, sent, mock } = await load(
      [
        '10.0.0.0/24 via 192.0.2.1',
        '{"message": "sockclnt_delete"}',
        '{"message": "of_another_plugin"}',
        '{"message": "sw_interface_set_flags"}',
      ],
      '--api-dir',
      apiDir,
    );
    expect({ code, sent }).toEqual({ code: 2, sent: [] });
    expect(stderr).toMatch(
      /line 2: sockclnt_delete is never sent: .*\n.*line 3: the running VPP has no of_another_plugin, .*\n.*line 4: .* CRC /,
    );
    expect(mock.received('sw_interface_set_flags')).toBe(0);
  });

  it('an interface that is not there: said, and nothing is sent', async () => {
    const { code, stderr, sent } = await load(['10.0.0.0/24 via 192.0.2.1 loop0', '10.0.1.0/24 via 192.0.2.1 loop7']);
    expect({ code, sent }).toEqual({ code: 2, sent: [] });
    expect(stderr).toContain('loop7');
  });

  it('what VPP refuses: listed with its line, the others are sent; exit code 1', async () => {
    const { code, lines, stderr } = await load([
      '10.0.0.0/24 table 99 drop',
      '10.0.1.0/24 drop',
      '10.0.2.0/24 table 98 drop',
    ]);
    expect({ code, lines }).toEqual({ code: 1, lines: ['{"done":1,"failed":2,"notSent":0}'] });
    expect(stderr).toMatch(
      /routes\.txt, line 1: .*NO_SUCH_FIB.*: 10\.0\.0\.0\/24 table 99 drop\n.*line 3: .*NO_SUCH_FIB/,
    );
  });

  it('--refusals: only so many of them are listed, all are counted', async () => {
    const refused = Array.from({ length: 5 }, (_, i) => `10.0.${i}.0/24 table 99 drop`);
    const { stderr } = await load(refused, '--refusals', '2');
    expect(stderr.match(/NO_SUCH_FIB/g)).toHaveLength(2);
    expect(stderr).toContain('… 3 more were refused');
  });

  it('--stop: ends at the first, and says what was not sent', async () => {
    const { code, lines, stderr } = await load(['10.0.0.0/24 table 99 drop', ...MANY], '--stop');
    expect(code).toBe(1);
    const { done, failed, notSent } = JSON.parse(lines[0]) as Record<string, number>;
    expect(done + failed + notSent).toBe(5001);
    expect(notSent).toBeGreaterThan(0);
    expect(stderr).toMatch(/line 1: .*NO_SUCH_FIB/);
  });

  it('stdin, and text for a terminal', async () => {
    const mock = await testMock();
    const { stdout } = await cli(['load', '-', '--socket', mock.socket], {
      stdin: '10.0.0.0/24 drop\n10.0.1.0/24 drop\n',
      terminal: 80,
    });
    expect(stdout).toBe('2 of 2 done\n');
  });

  it.each([
    ['half a line', '10.0.0.0/24 drop\n10.0.1.0/2', /nothing was sent: stdin ends in the middle of a line/],
    ['nothing', '', /stdin has no request in it/],
    ['comments alone', '# none\n\n', /stdin has no request in it/],
  ])('stdin with %s: a program in front of it may have failed; refused', async (_, stdin, said) => {
    const mock = await testMock();
    const { code, stderr, stdout } = await cli(['load', '-', '--socket', mock.socket], { stdin });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(said);
    expect(mock.received('ip_route_add_del_v2')).toBe(0);
  });

  it('a file that is not there: said', async () => {
    const { code, stderr } = await cli(['load', '/no/such/file']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^vppmux: \/no\/such\/file cannot be read: /);
  });

  it('Ctrl-C: says how far it got; exit code 130', async () => {
    const mock = await testMock();
    mock.misbehave({ silent: { messages: 'ip_route_add_del_v2' } });
    const run = startCli(['load', fileOf(...MANY), '--socket', mock.socket, '--timeout', '60s']);
    await until(() => mock.receivedMessages('ip_route_add_del_v2').length >= 1000);
    run.signal('SIGINT');
    expect(await run.exit).toBe(130);
    expect(run.stderr).toMatch(/stopped: .* under way/);
    expect(run.stderr).not.toMatch(/line \d/);
  });

  describe('refusals that came before the end', () => {
    /** A load whose last line gets no answer, and is sent when the first one has been refused. */
    async function refusedThenSilent() {
      const mock = await testMock();
      mock.misbehave({ silent: { messages: 'sw_interface_set_flags' } });
      const silent = '{"message": "sw_interface_set_flags", "fields": {"sw_if_index": 0}}';
      const lines = ['10.0.0.0/24 table 99 drop', ...MANY.slice(0, WINDOW - 1), silent];
      const run = startCli(['load', fileOf(...lines), '--socket', mock.socket, '--timeout', '60s']);
      await until(() => mock.received('sw_interface_set_flags') > 0);
      return { mock, run };
    }

    it('by Ctrl-C: listed', async () => {
      const { run } = await refusedThenSilent();
      run.signal('SIGINT');
      expect(await run.exit).toBe(130);
      expect(run.stderr).toMatch(/line 1: .*NO_SUCH_FIB.*: 10\.0\.0\.0\/24 table 99 drop\n/);
      expect(run.stderr.match(/, line \d/g)).toHaveLength(1);
    });

    it('by a VPP that goes: listed, and the first line that failed of that', async () => {
      const { mock, run } = await refusedThenSilent();
      await mock.stop();
      expect(await run.exit).toBeGreaterThan(1);
      expect(run.stderr).toMatch(/line 1: .*NO_SUCH_FIB[^\n]*\n[^\n]*, line \d+: /);
      expect(run.stderr.match(/, line \d/g)).toHaveLength(2);
    });
  });
});
