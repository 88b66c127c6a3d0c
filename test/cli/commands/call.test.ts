import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { testMock } from '../../support/mock.js';
import { cli, startCli } from '../run-cli.js';

async function call(...args: string[]) {
  const mock = await testMock();
  return { mock, ...(await cli(['call', ...args, '--socket', mock.socket])) };
}

describe('call', () => {
  it('piped: the reply as one JSON line, nothing on stderr', async () => {
    const { code, lines, stderr } = await call('show_version');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0])).toMatchObject({ retval: 0, program: 'vpe', version: '26.06-mock' });
  });

  it('on a terminal: readable text', async () => {
    const mock = await testMock();
    const { stdout } = await cli(['call', 'show_version', '--socket', mock.socket], { terminal: 80 });
    expect(stdout).toMatch(/^program: +vpe\nversion: +26\.06-mock\n/);
  });

  it.each([
    [['--json'], { terminal: 80 }, /^\{"retval":0/],
    [['--table'], {}, /^program: /],
    [['--output', 'json'], { terminal: 80 }, /^\{"retval":0/],
    [['--output', 'table'], {}, /^program: /],
    [['--output', 'csv'], { terminal: 80 }, /^retval,program,version,build_date,build_directory\n0,vpe,26\.06-mock,/],
    [['--output', 'yaml'], { terminal: 80 }, /^---\nretval: 0\nprogram: vpe\n/],
  ])('%j with %j: the asked-for form', async (flags, options, shown) => {
    const mock = await testMock();
    const { stdout } = await cli(['call', 'show_version', '--socket', mock.socket, ...flags], options);
    expect(stdout).toMatch(shown);
  });

  it('--output of several requests: a document each, or one header', async () => {
    const mock = await testMock();
    const create = (format: string) =>
      cli(['call', 'create_loopback', '-', '--output', format, '--socket', mock.socket], { stdin: '{}\n{}\n' });
    expect((await create('yaml')).stdout).toBe('---\nretval: 0\nsw_if_index: 1\n---\nretval: 0\nsw_if_index: 2\n');
    expect((await create('csv')).stdout).toBe('retval,sw_if_index\n0,3\n0,4\n');
    expect(await call('sw_interface_set_flags', 'sw_if_index=9', '--output', 'csv')).toMatchObject({
      code: 1,
      stdout: '',
    });
  });

  it('the socket from VPP_API_SOCKET: used', async () => {
    const mock = await testMock();
    expect((await cli(['call', 'show_version'], { env: { VPP_API_SOCKET: mock.socket } })).code).toBe(0);
  });

  it('fields as arguments: typed by the schema', async () => {
    const { code, mock } = await call('sw_interface_set_flags', 'sw_if_index=0x0', 'flags=admin_up');
    expect(code).toBe(0);
    expect(mock.receivedMessages('sw_interface_set_flags')[0].fields).toMatchObject({ sw_if_index: 0, flags: 1 });
  });

  it('nested fields: sent as they are written', async () => {
    const { code, mock } = await call(
      'ip_route_add_del_v2',
      'is_add=yes',
      'route.prefix=10.1.0.0/16',
      'route.paths[0].sw_if_index=~0',
      'route.paths[0].type=drop',
    );
    expect(code).toBe(0);
    const [{ fields }] = mock.receivedMessages('ip_route_add_del_v2');
    expect(fields).toMatchObject({ is_add: true, route: { prefix: '10.1.0.0/16', n_paths: 1 } });
  });

  it('a reply that says nothing but that it went well, on a terminal: ok', async () => {
    const mock = await testMock();
    const args = ['call', 'sw_interface_set_flags', 'flags=0', '--socket', mock.socket];
    expect((await cli(args, { terminal: 80 })).stdout).toBe('ok\n');
  });

  it('many-lined text, on a terminal: as VPP wrote it', async () => {
    const mock = await testMock();
    const { stdout } = await cli(['call', 'cli_inband', 'cmd=show interface', '--socket', mock.socket], {
      terminal: 80,
    });
    expect(stdout).toMatch(/^reply:\n +Name .*\nlocal0 /);
  });
});

describe('call with stdin', () => {
  const flags = (mock: { receivedMessages(name: string): { fields: object }[] }) =>
    mock.receivedMessages('sw_interface_set_flags').map(({ fields }) => fields);

  it.each([
    ['a pipe and no arguments', [], '{"sw_if_index":0,"flags":1}', [{ flags: 1 }]],
    ['- and one object', ['-'], '{\n  "sw_if_index": 0,\n  "flags": "ADMIN_UP"\n}', [{ flags: 1 }]],
    ['- and several lines', ['-'], '{"flags":1}\n{"flags":0}\n', [{ flags: 1 }, { flags: 0 }]],
    ['- and arguments, which go before it', ['-', 'flags=0'], '{"flags":1}', [{ flags: 0 }]],
    ['a pipe with {}', [], '{}', [{ flags: 0 }]],
    ['{} as the argument', ['{}'], '', [{ flags: 0 }]],
    ['an object as the argument, beside others', ['{"sw_if_index":0,"flags":1}', 'flags=0'], '', [{ flags: 0 }]],
    ['a pipe, but arguments', ['flags=1'], 'not JSON', [{ flags: 1 }]],
  ])('%s: sent', async (_, args, stdin, sent) => {
    const mock = await testMock();
    const run = await cli(['call', 'sw_interface_set_flags', ...args, '--socket', mock.socket], { stdin });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(flags(mock)).toMatchObject(sent);
    expect(run.lines).toHaveLength(sent.length);
  });

  it.each<[string, string | undefined, RegExp]>([
    [
      'an empty pipe',
      '',
      /nothing came on stdin, and sw_interface_set_flags changes VPP: .*\(sw_if_index, flags\), or '\{\}'/,
    ],
    ['a blank one', ' \n', /nothing came on stdin/],
    ['a terminal', undefined, /^vppmux: sw_interface_set_flags changes VPP: give at least one of its fields/],
  ])('%s, without arguments, and a message that changes VPP: refused', async (_, stdin, message) => {
    const mock = await testMock();
    const run = await cli(['call', 'sw_interface_set_flags', '--socket', mock.socket], { stdin });
    expect(run.stderr).toMatch(message);
    expect(run.code).toBe(2);
    expect(mock.received('sw_interface_set_flags')).toBe(0);
  });

  it('an empty pipe, without arguments, and a message that reads: sent with its defaults', async () => {
    const mock = await testMock();
    const run = await cli(['call', 'sw_interface_get_table', '--socket', mock.socket], { stdin: '' });
    expect(run).toMatchObject({ code: 0, stderr: '' });
  });

  it('JSON with a mark in front and line ends of Windows: read as any other', async () => {
    const mock = await testMock();
    const run = await cli(['call', 'sw_interface_set_flags', '-', '--socket', mock.socket], {
      stdin: '\ufeff{"sw_if_index":0,"flags":1}\r\n\r\n{"sw_if_index":0,"flags":0}\r\n',
    });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(mock.received('sw_interface_set_flags')).toBe(2);
  });

  it('bytes that are no UTF-8: refused with their line, and nothing is sent', async () => {
    const mock = await testMock();
    const run = await cli(['call', 'cli_inband', '-', '--socket', mock.socket], {
      stdin: Buffer.from('{"cmd":"show version"}\n{"cmd":"show \xe9"}\n', 'latin1'),
    });
    expect(run.stderr).toMatch(/^vppmux: stdin cannot be read: it is not UTF-8: line 2 [^\n]+\n$/);
    expect(run.code).toBe(2);
    expect(mock.received('cli_inband')).toBe(0);
  });

  it('what --json prints: can be fed back', async () => {
    const mock = await testMock();
    const socket = ['--socket', mock.socket];
    const { stdout } = await cli(['call', 'create_loopback', 'mac_address=de:ad:00:00:00:42', ...socket]);
    const [{ sw_if_index }] = [JSON.parse(stdout)];
    const fed = await cli(['call', 'sw_interface_set_flags', '-', 'flags=1', ...socket], {
      stdin: JSON.stringify({ sw_if_index }),
    });
    expect(fed.code).toBe(0);
    expect(mock.dataplane.interfaces.get(sw_if_index)).toBeDefined();
  });

  it('a silent pipe, and a message without fields: not waited for', async () => {
    const mock = await testMock();
    const { code } = await cli(['call', 'show_version', '--socket', mock.socket], { stdin: 'silent' });
    expect(code).toBe(0);
  });

  it('a silent pipe, and a message with fields: refused rather than sent with zeros', async () => {
    const mock = await testMock();
    const { code, stderr } = await cli(['call', 'sw_interface_set_flags', '--socket', mock.socket], {
      stdin: 'silent',
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/stdin is open but silent: give field=value, or -/);
    expect(mock.received('sw_interface_set_flags')).toBe(0);
  });

  it.each([
    ['broken JSON', ['-'], '{"flags":', /stdin is not JSON/],
    ['no JSON', [], 'hello\n', /^vppmux: stdin is not JSON: [^\n]+\n$/],
    ['a broken object as the argument', ['{"flags":'], '', /argument is not JSON/],
    ['nothing', ['-'], '', /nothing on stdin: - wants sw_interface_set_flags's fields as JSON/],
    ['a list', ['-'], '[1]', /an object is wanted/],
  ])('%s: refused', async (_, args, stdin, message) => {
    const mock = await testMock();
    const run = await cli(['call', 'sw_interface_set_flags', ...args, '--socket', mock.socket], { stdin });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(message);
  });
});

describe('call with several lines on stdin', () => {
  const LINES = ['{"sw_if_index":0,"flags":1}', '{"sw_if_index":77,"flags":1}', '{"sw_if_index":0,"flags":0}'];
  const send = async (lines: readonly string[], ...args: string[]) => {
    const mock = await testMock();
    const argv = ['call', 'sw_interface_set_flags', '-', ...args, '--socket', mock.socket];
    const run = await cli(argv, { stdin: lines.join('\n') });
    return { ...run, sent: mock.receivedMessages('sw_interface_set_flags').map(({ fields }) => fields.sw_if_index) };
  };

  it('one that VPP refuses: its number and text, and what became of the others', async () => {
    const { code, stderr, sent, lines } = await send(LINES);
    expect({ code, sent, replies: lines.length }).toEqual({ code: 1, sent: [0, 77], replies: 1 });
    expect(stderr).toMatch(
      /^vppmux: stdin, line 2: .*INVALID_SW_IF_INDEX \(-2\).*; the line: \{"sw_if_index":77,"flags":1\} \(1 before it done, 1 behind it not sent\)\n$/,
    );
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', '{"sw_if_index":', /line 3: it is not JSON: .*; the line: \{"sw_if_index": \(/],
    ['an unknown field', '{"sw_if_inedx":1}', /line 3: .*sw_if_inedx.*did you mean sw_if_index/],
    ['a value out of range', '{"sw_if_index":-1}', /line 3: .*sw_if_index.*; the line: /],
    ['a list', '[1]', /line 3: it is no object/],
  ])('%s in the last of three: nothing is sent', async (_, last, message) => {
    const { code, stderr, sent } = await send([LINES[0], LINES[0], last]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/\(nothing was sent: all 3 lines are checked first\)\n$/);
    expect({ code, sent }).toEqual({ code: 2, sent: [] });
  });

  it('empty lines: counted where they stand', async () => {
    const { stderr } = await send([LINES[0], '', '', '{"flag":1}']);
    expect(stderr).toContain('stdin, line 4: ');
  });

  it('--keep-going: goes on, names each, sums up, and fails', async () => {
    const { code, stderr, sent, lines } = await send([...LINES, 'nonsense', LINES[0]], '--keep-going');
    expect(sent).toEqual([0, 77, 0, 0]);
    expect(lines).toHaveLength(3);
    const notes = stderr.split('\n');
    expect(notes[0]).toMatch(/^vppmux: stdin, line 2: .*\(-2\).*; the line: \{"sw_if_index":77,"flags":1\}$/);
    expect(notes[1]).toMatch(/^vppmux: stdin, line 4: it is not JSON: .*; the line: nonsense$/);
    expect(notes.slice(2)).toEqual(['vppmux: 3 of 5 done, 2 failed: lines 2, 4', '']);
    expect(code).toBe(2);
  });

  it('--keep-going and nothing that fails: no word of it', async () => {
    const { code, stderr } = await send([LINES[0], LINES[0]], '--keep-going');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('--keep-going when VPP goes away: ends, as there is nobody to go on with', async () => {
    const mock = await testMock();
    mock.handle('sw_interface_set_flags', ({ sw_if_index }) => {
      if (sw_if_index === 77) mock.kill();
      return {};
    });
    const argv = ['call', 'sw_interface_set_flags', '-', '--keep-going', '--socket', mock.socket];
    const { code, stderr } = await cli(argv, { stdin: LINES.join('\n') });
    expect(stderr).toMatch(/^vppmux: stdin, line 2: [^\n]*\(1 before it done, 1 behind it not sent\)\n$/);
    expect({ code, sent: mock.received('sw_interface_set_flags') }).toEqual({ code: 5, sent: 2 });
  });

  it('Ctrl-C: says how far it was', async () => {
    const mock = await testMock();
    mock.handle('sw_interface_set_flags', ({ sw_if_index }) => (sw_if_index === 77 ? new Promise(() => {}) : {}));
    const run = startCli(['call', 'sw_interface_set_flags', '-', '--socket', mock.socket], { stdin: LINES.join('\n') });
    await run.seen(() => mock.received('sw_interface_set_flags') === 2 || run.stdout.includes('retval'));
    run.signal('SIGINT');
    expect(await run.exit).toBe(130);
    expect(run.stderr).toMatch(/^vppmux: stopped at line \d of stdin: \d before it done, \d behind it not sent\n$/);
  });
});

describe('call that fails', () => {
  it.each<[string, string[], number, RegExp]>([
    ['an unknown message', ['show_versoin'], 2, /no message show_versoin.*did you mean show_version/],
    ['an unknown field', ['sw_interface_set_flags', 'flag=1'], 2, /flag\b.*flags/],
    ['a bad value', ['sw_interface_set_flags', 'sw_if_index=loop0'], 2, /sw_if_index/],
    ['a value out of range', ['sw_interface_set_flags', 'sw_if_index=4294967296'], 2, /sw_if_index/],
    ['an unknown enum name', ['sw_interface_set_flags', 'flags=UPP'], 2, /flags/],
    ['a bad nested field', ['ip_route_add_del_v2', 'route.paths[0].weigth=1'], 2, /route\.paths\[0\]\.weigth/],
    ['an argument that is none', ['sw_interface_set_flags', 'flags'], 2, /argument 'flags' is not field=value/],
    ['a dump', ['sw_interface_dump'], 2, /use: vppmux dump sw_interface_dump/],
    ['an event', ['sw_interface_event'], 2, /use: vppmux watch sw_interface_event/],
    ['a reply', ['show_version_reply'], 2, /use: vppmux call show_version/],
    ['a refusal by VPP', ['sw_interface_set_flags', 'sw_if_index=77'], 1, /INVALID_SW_IF_INDEX \(-2\)/],
    ['no message', [], 2, /missing required argument 'message'/],
    ['an unknown option', ['show_version', '--jsn'], 2, /unknown option '--jsn'; did you mean --json\?/],
    ['two forms of output', ['show_version', '--json', '--table'], 2, /cannot be used with/],
    [
      'a field of a message without fields',
      ['show_version', 'x=1'],
      2,
      /x: there is no such field; there are no fields/,
    ],
    [
      'a time that is too long',
      ['show_version', '--timeout', '1000h'],
      2,
      /--timeout <time>' argument '1000h' .*at most 596h/,
    ],
    ['a time without unit', ['show_version', '--timeout', '5'], 2, /'5' is not a duration: write it with its unit/],
  ])('%s: one line that says what to do', async (_, args, exit, message) => {
    const { code, stdout, stderr } = await call(...args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^vppmux: [^\n]+\n$/);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
  });

  it('no socket: exit code 3, and where else it may be', async () => {
    const { code, stderr } = await cli(['call', 'show_version', '--socket', '/nonexistent/api.sock']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^vppmux: no socket at \/nonexistent\/api\.sock: .*VPP_API_SOCKET.*\n$/);
  });

  it('something that is no socket: exit code 3', async () => {
    const { code, stderr } = await cli(['call', 'show_version', '--socket', fileURLToPath(import.meta.url)]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/call\.test\.ts is not a socket\n$/);
  });

  it('no socket, with --verbose: not said to be tried again', async () => {
    const { stderr } = await cli(['call', 'show_version', '--verbose', '--socket', '/nonexistent/api.sock']);
    expect(stderr).toMatch(/^vppmux: warn: no socket at .*; not tried again$/m);
    expect(stderr).not.toMatch(/until it works/);
  });

  it('nobody listening: exit code 3', async () => {
    const mock = await testMock();
    mock.kill({ leaveSocket: true });
    const { code, stderr } = await cli(['call', 'show_version', '--socket', mock.socket]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/nobody listens on/);
  });

  it('no answer: exit code 4 at the deadline', async () => {
    const mock = await testMock({ misbehave: { silent: { messages: 'sw_interface_set_flags' } } });
    // Connecting has to be done within it, too.
    const args = ['call', 'sw_interface_set_flags', 'flags=0', '--timeout', '2s', '--socket', mock.socket];
    const { code, stderr } = await cli(args);
    expect(code).toBe(4);
    expect(stderr).toMatch(/no answer to sw_interface_set_flags .* within 2000 ms/);
  });

  it('the connection ends: exit code 5', async () => {
    const mock = await testMock({ misbehave: { close: { messages: 'sw_interface_set_flags' } } });
    const { code, stderr } = await cli(['call', 'sw_interface_set_flags', 'flags=0', '--socket', mock.socket]);
    expect(code).toBe(5);
    expect(stderr).toMatch(/VPP may have carried it out/);
  });

  it('another definition in the running VPP: exit code 6', async () => {
    const mock = await testMock({ misbehave: { wrongCrc: 'sw_interface_set_flags' } });
    const args = ['call', 'sw_interface_set_flags', 'flags=0', '--socket', mock.socket];
    const { code, stderr } = await cli(args);
    expect(code).toBe(6);
    expect(stderr).toMatch(/sw_interface_set_flags/);
  });

  it('--verbose: says what goes on, and where an error comes from', async () => {
    const { stderr } = await call('show_versoin', '--verbose');
    expect(stderr).toMatch(/^vppmux: info: connected/m);
    expect(stderr).toMatch(/^ +at /m);
  });
});
