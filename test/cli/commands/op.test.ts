import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { directoryWith } from '../../agent/support.js';
import { type GatewayOptions, gateway } from '../../plugins/gateway/support.js';
import { certificate } from '../../support/certificate.js';
import { cli, startCli } from '../run-cli.js';

const TOKEN = 'write-token-of-the-test';

/** An agent whose write-token is in the environment of the commands. */
async function writable(options: GatewayOptions = {}) {
  const made = await gateway({ ...options, http: { 'write-token': TOKEN, ...options.http } });
  const op = (words: string[], more: Parameters<typeof cli>[1] = {}) =>
    cli(['op', '--agent', made.url, ...words], { env: { VPPMUX_TOKEN: TOKEN }, ...more });
  return { ...made, op };
}

describe('op', () => {
  it('alone, on a terminal: a table of what there is', async () => {
    const { op } = await writable();
    const { code, lines } = await op([], { terminal: 100 });
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^operation +access +summary$/);
    expect(lines).toContain('test set-state  write   Set an interface up or down');
  });

  it('alone, piped: JSON lines', async () => {
    const { op } = await writable();
    const { lines } = await op(['test']);
    expect(lines.map((line) => JSON.parse(line).name)).toContain('test.deep.grow');
    expect(JSON.parse(lines[4])).toEqual({
      name: 'test.set-state',
      access: 'write',
      summary: 'Set an interface up or down',
      path: '/api/test/set-state',
    });
  });

  it('--output: the list as rows of CSV or a list of YAML', async () => {
    const { op } = await writable();
    const { lines } = await op(['test', '--output', 'csv']);
    expect(lines[0]).toBe('name,access,summary,path');
    expect(lines).toContain('test.set-state,write,Set an interface up or down,/api/test/set-state');
    expect((await op(['test', 'deep', '--output', 'yaml'])).stdout).toMatch(/^- name: test\.deep\.grow\n {2}access: /);
  });

  it('a group: those that are in it', async () => {
    const { op } = await writable();
    expect((await op(['test', 'deep', '--help'])).lines.map((line) => JSON.parse(line).name)).toEqual([
      'test.deep.grow',
    ]);
  });

  it('--help of an operation: its texts, options, values by position', async () => {
    const { op } = await writable();
    const { code, stdout } = await op(['test', 'set-state', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: vppmux op test set-state [options] [interface] [state] [-]');
    expect(stdout).toContain('Set an interface up or down.\n\nAs an example of what writes.');
    expect(stdout).toMatch(/--interface <string\|number> +Name or index \(required\)/);
    expect(stdout).toMatch(/--state <up\|down> +What it is to be \(default "up"\)/);
    expect(stdout).toContain('It writes: the agent must let this caller write.');
    const { stdout: list } = await op(['test', 'list', '-h']);
    expect(list).toMatch(/--sw-if-index <number>/);
    expect(list).toMatch(/--ports <number> +\(again for each item\)/);
    expect(list).toMatch(/--verbose-.*|--input-verbose \[true\|false\]/);
    expect(list).toContain('It only reads.');
    expect((await op(['test', 'add', '-h'])).stdout).toMatch(
      /--lines-file <file> +--lines from a file, an item a line/,
    );
  });

  it('--help alone: needs no agent', async () => {
    const { code, stdout } = await cli(['op', '--help', '--agent', '127.0.0.1:1']);
    expect(code).toBe(0);
    expect(stdout).toContain('vppmux op route add --routes-file routes.txt');
    expect((await cli(['help', 'op'])).stdout).toBe(stdout);
  });

  it.each<[string, string[], unknown]>([
    ['options', ['--interface', 'loop0', '--state', 'down'], { interface: 'loop0', state: 'down' }],
    ['values by position', ['loop0', 'down'], { interface: 'loop0', state: 'down' }],
    ['both', ['--state=down', 'loop0'], { interface: 'loop0', state: 'down' }],
    ['a number', ['7'], { interface: 7, state: 'up' }],
  ])('%s: the input', async (_, args, expected) => {
    const { op, written } = await writable();
    const { code, stdout, stderr } = await op(['test', 'set-state', ...args]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(expected);
    expect(written).toEqual([expected]);
  });

  it('every kind of option', async () => {
    const { op } = await writable();
    const args = [
      '--prefix',
      '7',
      '--max',
      '0x10',
      '--sw-if-index',
      '-1.5',
      '--input-verbose',
      '--range',
      '{"from":1,"to":2}',
    ];
    const { stdout } = await op(['test.list', ...args, '--tags', 'a', '--tags', '2', '--ports=80', '--ports', '443']);
    expect(JSON.parse(stdout)).toEqual({
      prefix: '7',
      max: 16,
      swIfIndex: -1.5,
      verbose: true,
      range: { from: 1, to: 2 },
      tags: ['a', '2'],
      ports: [80, 443],
    });
    expect(JSON.parse((await op(['test', 'list', '--no-input-verbose', '--ports', '[1,2]'])).stdout)).toEqual({
      verbose: false,
      ports: [1, 2],
    });
  });

  it('-: the input as JSON from stdin; options go before it', async () => {
    const { op, written } = await writable();
    const stdin = '{"interface":"loop0","state":"up"}';
    expect((await op(['test', 'set-state', '-', '--state', 'down'], { stdin })).code).toBe(0);
    expect(written).toEqual([{ interface: 'loop0', state: 'down' }]);
  });

  it('a file of lines: text and JSON, without comments; from stdin as well', async () => {
    const { op, written } = await writable();
    const text = '# all of them\none\r\n\n  two three\n{"name":"four"}\n';
    const dir = directoryWith({ 'lines.txt': text });
    const expected = ['one', 'two three', { name: 'four' }];
    const file = await op(['test', 'add', '--lines-file', join(dir, 'lines.txt')]);
    expect(JSON.parse(file.stdout)).toEqual({ added: 3 });
    await op(['test', 'add', '--lines-file', '-'], { stdin: text });
    await op(['test', 'add', '--lines', 'one', '--lines', '{"name":"four"}']);
    expect(written).toEqual([expected, expected, ['one', { name: 'four' }]]);
  });

  it('progress: on a terminal alone, and gone at the end', async () => {
    const { op } = await writable();
    const shown = await op(['test', 'add', '--lines', 'a', '--lines', 'b'], { stderrTerminal: true });
    expect(shown.stderr).toBe('\r\u001b[Kvppmux: 1 of 2 (50 %)\r\u001b[K');
    expect((await op(['test', 'add', '--lines', 'a'])).stderr).toBe('');
  });

  it('some of it failed: its output, and exit code 1', async () => {
    const { op } = await writable();
    const { code, lines, stderr } = await op(['test', 'add', '--lines', 'a', '--lines', 'bad', '--lines', 'bad']);
    expect({ code, lines, stderr }).toEqual({
      code: 1,
      lines: ['{"added":1,"failed":2}'],
      stderr: 'vppmux: test add: 2 failed\n',
    });
  });

  it('on a terminal: a value a line, lists as tables', async () => {
    const { op } = await writable();
    const { stdout } = await op(['test', 'list', '--max', '3', '--range', '{"from":1,"to":2}'], { terminal: 80 });
    expect(stdout.split('\n').map((line) => line.replace(/ +/, ' '))).toEqual(
      expect.arrayContaining(['max: 3', 'verbose: false', 'range.from: 1', 'range.to: 2']),
    );
    const tree = { name: 'root', children: [{ name: 'a' }, { name: 'b' }] };
    const deep = await op(['test', 'deep', 'grow', '--tree', JSON.stringify(tree)], { terminal: 80 });
    expect(deep.stdout).toBe('tree.name:     root\ntree.children: {name=a} {name=b}\n');
  });

  it('--token-file: the token is read from it, and from nowhere else', async () => {
    const { url, written } = await writable();
    const dir = directoryWith({ token: `${TOKEN}\n`, empty: '\n' });
    const set = (...args: string[]) => cli(['op', '--agent', url, ...args, 'test', 'set-state', 'loop0']);
    expect(await set('--token-file', join(dir, 'token'))).toMatchObject({ code: 0, stderr: '' });
    expect(written).toHaveLength(1);
    chmodSync(join(dir, 'token'), 0o644);
    expect(await set('--token-file', join(dir, 'token'))).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/every user of this machine can read the token in .*; chmod 600 /),
    });
    expect(await set('--token-file', join(dir, 'empty'))).toMatchObject({ code: 2 });
    expect(await set('--token-file', '/nonexistent')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no such file'),
    });
  });

  it('--timeout: the time the operation has; exit code 4', async () => {
    const { op } = await writable();
    const { code, stderr } = await op(['test', 'wait', '--timeout', '30ms']);
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /has not ended within 30 ms.*\(TIMEOUT, request [0-9a-f-]{36}\); more time: --timeout 10m\n$/,
    );
  });

  it('Ctrl-C: the operation is cancelled; exit code 130', async () => {
    const { url, waiting } = await gateway();
    const run = startCli(['op', 'test', 'wait', '--agent', url]);
    await vi.waitFor(() => expect(waiting()).toBe(1));
    run.signal('SIGINT');
    expect(await run.exit).toBe(130);
    await vi.waitFor(() => expect(waiting()).toBe(0));
    expect(run.stderr).toBe('');
  });

  it('Ctrl-C in a write: says how far it was, and that this is not undone', async () => {
    const { url, written } = await gateway({ http: { 'write-token': TOKEN } });
    const options = { env: { VPPMUX_TOKEN: TOKEN }, stderrTerminal: true };
    const run = startCli(['op', 'test', 'add', '--lines', 'wait', '--lines', 'b', '--agent', url], options);
    await vi.waitFor(() => expect(run.stderr).toContain('1 of 2'));
    run.signal('SIGINT');
    expect(await run.exit).toBe(130);
    expect(run.stderr).toMatch(/vppmux: test add was asked to stop at 1 of 2 \(50 %\); what it has done stays done\n$/);
    expect(written).toHaveLength(1);
  });

  it('the agent ends in the middle: exit code 3 or 5, one line', async () => {
    const { url, waiting, agent } = await gateway();
    const run = startCli(['op', 'test', 'wait', '--agent', url]);
    await vi.waitFor(() => expect(waiting()).toBe(1));
    await agent.close();
    expect([3, 5]).toContain(await run.exit);
    expect(run.stderr).toMatch(/^vppmux: [^\n]+\n$/);
  });

  it('the agent dies before it has said a word of a call: exit code 5, and that it may have been done', async () => {
    const { url } = await gateway();
    const document = await (await fetch(`${url}/openapi.json`)).text();
    const server = createServer((request, response) => {
      if (request.method === 'GET') response.end(document);
      else request.resume().once('end', () => request.socket.destroy());
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, stderr } = await cli(['op', 'test', 'set-state', 'loop0', '--agent', host]);
    expect(stderr).toBe(`vppmux: the agent at ${host} went away (socket hang up); the operation may have been done\n`);
    expect(code).toBe(5);
  });

  describe('errors: one line and the code of the table', () => {
    it.each<[string, string[], number, RegExp]>([
      [
        'an unknown operation',
        ['test', 'set-stat'],
        2,
        /there is no operation test set-stat; did you mean test set-state/,
      ],
      ['nothing near', ['zzz', 'loop0', 'up'], 2, /there is no operation zzz; vppmux op lists them/],
      ['nothing near of a kind', ['test', 'zzz', 'up'], 2, /there is no operation test zzz; vppmux op test lists them/],
      [
        'one that is near, and values',
        ['test', 'set-stat', 'loop0', 'up'],
        2,
        /there is no operation test set-stat; did you mean test set-state/,
      ],
      [
        'an unknown option',
        ['test', 'list', '--prefx', 'a'],
        2,
        /unknown option '--prefx'; did you mean --prefix\?; how to: vppmux op test list --help/,
      ],
      [
        'too many values',
        ['test', 'set-state', 'a', 'up', 'b'],
        2,
        /'b' is one too many: test set-state takes interface, state/,
      ],
      [
        'what a shared option took the name of',
        ['test', 'add', '--lines', 'x', '--table', '7'],
        2,
        /'7' is one too many: test add takes no values .*; table is --input-table; --help shows all/,
      ],
      ['a list that must not be empty', ['test', 'add', '--lines-file', '/dev/null'], 2, /\/dev\/null has no line/],
      [
        'a value twice',
        ['test', 'set-state', 'a', '--interface', 'b'],
        2,
        /--interface: interface has a value already \('a'\)/,
      ],
      ['an option without its value', ['test', 'set-state', '--state'], 2, /argument missing/],
      [
        'what does not fit',
        ['test', 'list', '--max', 'x'],
        2,
        /max: .*expected number.*\(INVALID_INPUT, request [0-9a-f-]{36}\)/,
      ],
      ['what is missing', ['test', 'set-state'], 2, /interface: .*\(INVALID_INPUT/],
      ['a fault', ['test', 'fail', '--how', 'ENOENT'], 1, /there is no loop7 \(ENOENT, request/],
      ['a fault after progress', ['test', 'fail', '--how', 'late'], 1, /there is no loop7 \(ENOENT, request/],
      ['a bug', ['test', 'fail', '--how', 'bug'], 1, /the agent's log says why \(call \d+\) \(FAILED, request/],
      ['a file that is not there', ['test', 'add', '--lines-file', '/nonexistent'], 2, /there is no such file/],
    ])('%s', async (_, words, exit, message) => {
      const { op } = await writable();
      const { code, stdout, stderr } = await op(words);
      expect(stderr).toMatch(message);
      expect(stderr).toMatch(/^vppmux: [^\n]+\n$/);
      expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    });

    it('a write without the right: exit code 1, and how to get it', async () => {
      const { url, written } = await gateway();
      const { code, stderr } = await cli(['op', 'test', 'set-state', 'loop0', '--agent', url]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/may only read \(READ_ONLY, request .*\); with the write-token it may: --token-file/);
      expect(written).toEqual([]);
    });

    it.each<[string, string[], RegExp]>([
      ['without a required value', [], /^vppmux: interface is missing; besides, operation .*READ_ONLY/],
      [
        'with a value that is none of those listed',
        ['loop0', '--state', 'upp'],
        /^vppmux: state must be one of up, down, not "upp"; besides, /,
      ],
    ])('a write without the right, and %s: the mistake first', async (_, values, text) => {
      const { url, written } = await gateway();
      const { code, stderr } = await cli(['op', 'test', 'set-state', ...values, '--agent', url]);
      expect(code).toBe(1);
      expect(stderr).toMatch(text);
      expect(written).toEqual([]);
    });

    it('no token where one is needed, or a wrong one', async () => {
      const { url } = await gateway({ http: { 'read-token': TOKEN, 'loopback-access': 'none' } });
      for (const env of [{}, { VPPMUX_TOKEN: 'not-this-one' }]) {
        const { code, stderr } = await cli(['op', '--agent', url], { env: env as Record<string, string> });
        expect(code).toBe(1);
        expect(stderr).toMatch(/\(UNAUTHORIZED, request .*--token-file FILE or VPPMUX_TOKEN/);
        expect(stderr).not.toContain('not-this-one');
      }
    });

    it.each([
      ['', 'there is no token in it'],
      ['two words', 'what is in it is no token: one has no spaces and no line breaks'],
      ['…', 'it has "…" in it, which stands for the token itself in examples'],
      ['Schlüssel', 'what is in it is no token: one has only letters, digits and signs of ASCII'],
    ])('a file with %j for a token: exit code 2, and it is not shown', async (text, problem) => {
      const file = join(directoryWith({ token: text }), 'token');
      const { code, stderr } = await cli(['op', '--agent', '127.0.0.1:1', '--token-file', file]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: `vppmux: --token-file ${file}: ${problem}\n` });
    });

    it('a body that is too large: exit code 2', async () => {
      const { op } = await writable({ http: { 'body-limit': 1024 } });
      const { code, stderr } = await op(['test', 'add', '--lines', 'x'.repeat(2000)]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/BODY_TOO_LARGE.*smaller files/) });
    });

    it('no agent: exit code 3, and how to start one', async () => {
      const { code, stderr } = await cli(['op', 'test', 'list', '--agent', '127.0.0.1:1']);
      expect(code).toBe(3);
      expect(stderr).toMatch(
        /^vppmux: no agent at 127\.0\.0\.1:1: nobody listens there; run one with "vppmux run"[^\n]+\n$/,
      );
    });

    it.each<[string, number, string]>([
      ['another server', 500, 'oops'],
      ['another server that answers', 200, '<html>'],
    ])('%s: exit code 3', async (_, status, body) => {
      const server = createServer((_request, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
      onTestFinished(() => void server.close());
      await new Promise((resolve) => server.once('listening', resolve));
      const { code, stderr } = await cli(['op', '--agent', `127.0.0.1:${(server.address() as AddressInfo).port}`]);
      expect(code).toBe(3);
      expect(stderr).toMatch(/it is no agent of vppmux/);
    });

    it('a server that goes on for ever: exit code 3, and no more is kept than an agent would send', async () => {
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const server = createServer((_request, response) => {
        const send = () => {
          while (response.write(chunk));
        };
        response.on('drain', send);
        send();
      }).listen(0, '127.0.0.1');
      onTestFinished(() => void server.close());
      await new Promise((resolve) => server.once('listening', resolve));
      const { code, stderr } = await cli(['op', '--agent', `127.0.0.1:${(server.address() as AddressInfo).port}`]);
      expect(code).toBe(3);
      expect(stderr).toMatch(/its answer is longer than \d+ bytes/);
    });

    it('an address that is none: exit code 2', async () => {
      expect(await cli(['op', '--agent', 'ftp://x'])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('as http://'),
      });
    });
  });

  it('a certificate nobody knows: exit code 3, and what to do', async () => {
    const { url } = await gateway({ http: { 'tls-cert': certificate.cert, 'tls-key': certificate.key } });
    const { code, stderr } = await cli(['op', '--agent', url]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/is not trusted: .*NODE_EXTRA_CA_CERTS=FILE/);
    const plain = await cli(['op', '--agent', url.replace('https', 'http')]);
    expect(plain).toMatchObject({ code: 3, stderr: expect.stringContaining('is asked as https://') });
  });
});
