import { describe, expect, test } from 'vitest';
import { createLog, type LogOptions } from '../../src/agent/log.js';

function written(options: LogOptions, write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ ...options, stream: { write: (line: string) => void lines.push(line) } }));
  return lines.join('');
}

describe('the log', () => {
  test('not on a terminal: JSON lines with level, time, plugin and message', () => {
    const text = written({ pretty: false }, (log) => log.child({ plugin: 'govpp' }).info({ pid: 1 }, 'connected'));
    expect(JSON.parse(text)).toMatchObject({ level: 'info', plugin: 'govpp', msg: 'connected' });
    expect(JSON.parse(text).time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test('on a terminal: a line for a person, the plugin before the message', () => {
    const text = written({ pretty: true }, (log) => log.child({ plugin: 'govpp' }).warn('VPP is away'));
    expect(text).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] WARN: govpp: VPP is away\n$/);
  });

  test('an error: with its stack, in both', () => {
    const log = (pretty: boolean) => written({ pretty }, (to) => to.error({ err: new TypeError('no') }, 'failed'));
    expect(log(true)).toContain('TypeError: no\n');
    expect(JSON.parse(log(false)).err.stack).toContain('TypeError: no');
  });

  test('below the level: nothing', () => {
    expect(written({ level: 'warn', pretty: false }, (log) => log.info('x'))).toBe('');
  });

  test("VPP's text: nothing in it acts on the terminal, in both forms, and JSON keeps its value", () => {
    const evil = 'v\u001b]0;pwned\u0007\u009b2J\u202e';
    const log = (pretty: boolean) => written({ pretty }, (to) => to.info({ name: evil }, evil));
    for (const text of [log(true), log(false)]) expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
    expect(log(true)).toContain('v\\u001b]0;pwned\\u0007\\u009b2J\\u202e');
    expect(JSON.parse(log(false))).toMatchObject({ msg: evil, name: evil });
  });

  test('secrets: are not written out', () => {
    const text = written({ pretty: false }, (log) =>
      log.info({ token: 'hunter2', http: { password: 'hunter2' } }, 'x'),
    );
    expect(text).not.toContain('hunter2');
  });
});
