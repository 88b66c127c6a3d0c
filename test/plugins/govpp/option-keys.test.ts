/** Each key of govpp.conf and the option of the connection that it sets: with its text and default, or another one on purpose. */

import { describe, expect, it } from 'vitest';
import { CONNECT_OPTIONS, type OptionGroup, type OptionSpec } from '../../../src/mux/index.js';
import { connectOptions, govppConfig } from '../../../src/plugins/govpp/config.js';

type Table = Readonly<Record<string, OptionSpec | OptionGroup>>;
const optionsOf = (table: object, under = ''): [string, OptionSpec][] =>
  Object.entries(table as Table).flatMap(([key, spec]): [string, OptionSpec][] =>
    'options' in spec ? optionsOf(spec.options, `${under}${key}.`) : [[under + key, spec]],
  );
const options = new Map(optionsOf(CONNECT_OPTIONS));

/** Key → option, and another value than the default. */
const SAME: Readonly<Record<string, readonly [option: string, value: unknown]>> = {
  'client-name': ['name', 'edge-7'],
  'reply-timeout': ['replyTimeoutMs', '7s'],
  'health-check-probe-interval': ['health.intervalMs', '7s'],
  'health-check-reply-timeout': ['health.timeoutMs', '7s'],
  'retry-request-count': ['retryRequest.count', 7],
  'retry-request-timeout': ['retryRequest.delayMs', '7s'],
  'retry-connect-count': ['reconnect.maxAttempts', 7],
  'resync-after-reconnect': ['resync', false],
  exclusive: ['exclusive', ['cli']],
  unsafe: ['unsafe', true],
};

/** Key → option, where the key's text or default is another one; and why. */
const OTHERWISE: Readonly<Record<string, readonly [option: string, value: unknown, why: string]>> = {
  'binapi-socket-path': ['socket', '/run/x.sock', 'empty stands for the default'],
  'api-dir': ['apiDir', '/x', 'empty stands for the default'],
  'health-check-probe': ['health.probe', 'show_version', '"none" stands for false'],
  'health-check-threshold': ['health.threshold', 7, 'as in govppmux, where one more than the threshold must fail'],
  'retry-connect-timeout': ['reconnect.maxDelayMs', '7s', 'the default of govppmux'],
};

/** Options that an operator has no use for, or that are set in another way. */
const NO_KEY: Readonly<Record<string, string>> = {
  schema: 'an object of a program',
  transport: 'a function of a program',
  cacheDir: 'the cache directory of the user who runs the agent',
  connectTimeoutMs: 'nothing waits for it',
  'reconnect.delayMs': 'follows from the longest delay',
  maxFrameBytes: 'a bound of memory',
  maxInFlight: 'a bound of memory',
  maxWaitingBytes: 'a bound of memory',
  callSites: 'VPPMUX_CALL_SITES',
  trace: 'the plugin trace',
  log: "the agent's log",
  onLateReply: "the agent's log",
  signal: 'for connect() only',
  expect: 'for connect() only',
  'backup.beforeSwitch': 'the switches of plugins',
};

const at = (value: unknown, path: string) =>
  path.split('.').reduce((part: unknown, key) => (part as Record<string, unknown> | undefined)?.[key], value);
const parsed = (given: object) => connectOptions(govppConfig.parse(given));
const keyOf = (key: string) => govppConfig.shape[key as keyof typeof govppConfig.shape];

describe('a key of govpp.conf', () => {
  it.each(Object.entries(SAME))('%s: sets its option, and has its text and default', (key, [path, value]) => {
    const option = options.get(path);
    expect(at(parsed({}), path)).toEqual(option?.default);
    expect(at(parsed({ [key]: value }), path)).not.toEqual(option?.default);
    expect(keyOf(key).description?.toLowerCase()).toBe(option?.text.toLowerCase());
  });

  it.each(Object.entries(OTHERWISE))('%s: sets its option in its own way', (key, [path, value]) => {
    expect(options.has(path)).toBe(true);
    expect(at(parsed({ [key]: value }), path)).not.toEqual(at(parsed({}), path));
  });

  it('dataplanes: sets the backup', () => {
    const { backup } = parsed({ dataplanes: { primary: '/run/a', backup: '/run/b' } });
    const { failBack, failBackAfterMs } = CONNECT_OPTIONS.backup.options;
    expect(backup).toEqual({ socket: '/run/b', failBack: failBack.default, failBackAfterMs: failBackAfterMs.default });
  });

  it('every option: has a key, or a reason to have none', () => {
    const keys = [...Object.values(SAME), ...Object.values(OTHERWISE)].map(([path]) => path);
    const excused = [...Object.keys(NO_KEY), 'backup.socket', 'backup.failBack', 'backup.failBackAfterMs'];
    const others = [...options.keys()].filter((path) => !keys.includes(path) && !/^(channel|poison)\./.test(path));
    expect(others.sort()).toEqual(excused.sort());
  });

  it('every key: sets an option, or is one of the agent alone', () => {
    const own = ['stats-socket-path', 'dataplanes'];
    expect(Object.keys(govppConfig.shape).sort()).toEqual(
      [...Object.keys(SAME), ...Object.keys(OTHERWISE), ...own].sort(),
    );
  });
});
