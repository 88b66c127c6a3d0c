import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { createLog, type LogOptions } from '../../../src/agent/log/log.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import { Log } from '../../../src/agent/plugin/services.js';
import { ODDITIES } from '../../support/oddities.js';

function written(options: LogOptions, write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ ...options, stream: { write: (line: string) => void lines.push(line) } }));
  return lines.join('');
}

describe('the log', () => {
  it('not on a terminal: JSON lines with level, time, plugin and message', () => {
    const text = written({ pretty: false }, (log) => log.child({ plugin: 'govpp' }).info({ pid: 1 }, 'connected'));
    expect(JSON.parse(text)).toMatchObject({ level: 'info', plugin: 'govpp', msg: 'connected' });
    expect(JSON.parse(text).time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('on a terminal: a line for a person, the plugin before the message', () => {
    const text = written({ pretty: true }, (log) => log.child({ plugin: 'govpp' }).warn('VPP is away'));
    expect(text).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] WARN: govpp: VPP is away\n$/);
  });

  it('an error: with its stack, in both', () => {
    const log = (pretty: boolean) => written({ pretty }, (to) => to.error({ err: new TypeError('no') }, 'failed'));
    expect(log(true)).toContain('TypeError: no\n');
    expect(JSON.parse(log(false)).err.stack).toContain('TypeError: no');
  });

  it('below the level: nothing', () => {
    expect(written({ level: 'warn', pretty: false }, (log) => log.info('x'))).toBe('');
  });

  it("VPP's text: nothing in it acts on the terminal, in both forms, and JSON keeps its value", () => {
    const evil = 'v\u001b]0;pwned\u0007\u009b2J\u202e';
    const log = (pretty: boolean) => written({ pretty }, (to) => to.info({ name: evil }, evil));
    for (const text of [log(true), log(false)]) expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
    expect(log(true)).toContain('v\\u001b]0;pwned\\u0007\\u009b2J\\u202e');
    expect(JSON.parse(log(false))).toMatchObject({ msg: evil, name: evil });
  });

  it('a line that a plugin writes again and again: is folded, with its count; fields, numbers and debug lines are not', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const lines: string[] = [];
    const log = createLog({
      level: 'debug',
      pretty: false,
      stream: { write: (line) => void lines.push(JSON.parse(line).msg) },
    });
    const [one, other] = [log.child({ plugin: 'lister' }), log.child({ plugin: 'other' })];
    const count = (text: string) => lines.filter((line) => line.startsWith(text)).length;
    for (let i = 0; i < 50; i++) {
      one.info('interfaces: local0');
      one.warn('interfaces: local0');
      one.info(`interface ${i} is up`);
      one.info({ interfaces: 1 }, 'listed');
      one.info('listed %d', 1);
      one.debug('detail');
    }
    other.info('interfaces: local0');
    expect(count('interfaces: local0')).toBe(5 + 5 + 1);
    for (const text of ['interface ', 'listed 1', 'detail']) expect(count(text)).toBe(50);
    expect(count('listed')).toBe(100);
    vi.advanceTimersByTime(10_000);
    expect(count('interfaces: local0 (45 such lines in 10 s, of which this is the last)')).toBe(2);
  });

  it('an agent that ends: what it and its plugins had folded is written with its count, before their time is over', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const lines: string[] = [];
    const log = createLog({ pretty: false, stream: { write: (line) => void lines.push(JSON.parse(line).msg) } });
    const repeat = (to: typeof log, text: string) => {
      for (let i = 0; i < 50; i++) to.info(text);
    };
    const plugin = definePlugin({
      name: 'lister',
      version: '1.0.0',
      agentApi: 1,
      requires: { own: Log },
      create: ({ own }) => ({ close: () => repeat(own as typeof log, 'interfaces: local0') }),
    });
    const agent = await createAgent({ plugins: [plugin], log, env: {} });
    await agent.start();
    repeat(log, 'the agent is busy');
    await agent.close();
    for (const text of ['interfaces: local0', 'the agent is busy']) {
      expect(lines).toContain(`${text} (45 such lines until the end, of which this is the last)`);
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a line with a percent sign, folded: is written as it is', () => {
    const lines = written({ pretty: false }, (log) => {
      for (let i = 0; i < 3; i++) log.info('100 %d full %s');
    });
    expect(lines.split('\n').filter((line) => line.includes('100 %d full %s'))).toHaveLength(3);
  });

  const SECRET = 'hunter2';

  it.each<[string, object]>([
    ['at the top', { password: SECRET }],
    ['four objects down, in a list', { a: { b: [{ c: { d: { token: SECRET } } }] } }],
    ['in capitals', { Authorization: `Bearer ${SECRET}`, PASSWORD: SECRET }],
    ['within a longer key', { 'X-API-Key': SECRET, dbPassword: SECRET, write_token: SECRET, 'set-cookie': SECRET }],
    ['of an IPsec tunnel', { tunnel: { pre_shared_key: SECRET, privateKey: SECRET, psk: SECRET } }],
    ['of an IPsec association', { entry: { crypto_key: { data: SECRET }, integrity_key: { data: SECRET } } }],
    ['an object as secret', { secret: { inner: SECRET } }],
    ['in an error', { err: Object.assign(new Error('no'), { token: SECRET, config: { password: SECRET } }) }],
    ['in a cause', { err: new Error('no', { cause: Object.assign(new Error('why'), { secret: SECRET }) }) }],
    ['a bigint beside it', { bytes: 5n, password: SECRET }],
  ])('a secret %s: is not written out, by a log and by its children', (_, fields) => {
    const text = written({ pretty: false }, (log) => {
      log.info(fields, 'x');
      log.child(fields).info('x');
      log.info('in the text: %o %j', fields, fields);
    });
    expect(text).not.toContain(SECRET);
    expect(text.split('\n').filter((line) => line !== '').length).toBe(3);
  });

  it('what is no secret: is written as it was', () => {
    const fields = {
      plugin: 'p',
      ms: 3,
      at: { socket: '/run/vpp/api.sock', key: 'tls-cert' },
      list: [1, 'a'],
      no: null,
    };
    const text = written({ pretty: false }, (log) => log.info(fields, 'x %s', 'y'));
    expect(JSON.parse(text)).toMatchObject({ ...fields, msg: 'x y' });
  });

  it.each(Object.entries(ODDITIES))('%s: can be logged', (_, make) => {
    const text = written({ pretty: false }, (log) => {
      log.info({ odd: make(), err: make() }, 'told');
      log.child({ odd: make() }).info('told');
      log.error(make() as Error);
      log.info('text %s %o', ...([make(), make()] as unknown as []));
    });
    expect(text.split('"msg":"told"').length).toBe(3);
  });

  it('secrets: are not written out', () => {
    const text = written({ pretty: false }, (log) =>
      log.info({ token: 'hunter2', http: { password: 'hunter2' } }, 'x'),
    );
    expect(text).not.toContain('hunter2');
  });
});
