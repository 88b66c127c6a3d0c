/** Options that there are not, and values that they cannot have. */
import { describe, expect, it } from 'vitest';
import { checkChannelOptions, settings } from '../../../src/mux/options.js';

const given = (options: object) => () => settings({ socket: '/tmp/x.sock', ...options });

describe('options of a connection', () => {
  it.each([
    [{ sockt: '/tmp/y' }, 'there is no option sockt; did you mean socket?'],
    [{ health: { interval: 1 } }, 'there is no option health.interval; did you mean intervalMs?'],
    [{ channel: { requestBufer: 1 } }, 'there is no option channel.requestBufer; did you mean requestBuffer?'],
    [{ zzz: 1 }, /^there is no option zzz$/],
    [{ channel: { signal: AbortSignal.timeout(1) } }, 'there is no option channel.signal'],
    [{ constructor: 1 }, 'there is no option constructor'],
  ])('%j: refused, with the nearest one', (options, message) => {
    expect(given(options)).toThrow(message);
    expect(given(options)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });

  it.each([
    [{ name: '' }, 'name', 'name must be a string that is not empty, not ""'],
    [{ socket: 7 }, 'socket', 'socket must be a string that is not empty, not 7'],
    [{ apiDir: 7 }, 'apiDir', 'apiDir must be a string, not 7'],
    [{ cacheDir: true }, 'cacheDir', 'cacheDir must be a string, not true'],
    [{ replyTimeoutMs: -1 }, 'replyTimeoutMs', 'replyTimeoutMs must be a number of milliseconds above 0, not -1'],
    [{ connectTimeoutMs: 2 ** 31 }, 'connectTimeoutMs', /above 0, not 2147483648$/],
    [{ maxFrameBytes: 10 }, 'maxFrameBytes', 'maxFrameBytes must be a whole number of at least 1024, not 10'],
    [{ health: { timeoutMs: 0 } }, 'health.timeoutMs', /above 0, not 0$/],
    [{ health: { probe: '' } }, 'health.probe', 'health.probe must be a string that is not empty, not ""'],
    [{ health: 'none' }, 'health', 'health must be an object of options, not none'],
    [{ poison: { deaths: 0 } }, 'poison.deaths', 'poison.deaths must be a whole number of at least 1, not 0'],
    [{ poison: 'yes' }, 'poison', 'poison must be an object of options, not yes'],
    [{ resync: 'no' }, 'resync', 'resync must be true or false, not no'],
    [{ callSites: 1 }, 'callSites', 'callSites must be true or false, not 1'],
    [{ exclusive: 'cli' }, 'exclusive', 'exclusive must be a list of message names, not cli'],
    [{ log: console }, 'log', 'log must be a function, not this object'],
    [{ name: Object.create(null) }, 'name', 'name must be a string that is not empty, not this object'],
    [{ exclusive: [''] }, 'exclusive', 'exclusive must be a list of message names, not this list'],
    [{ trace: 'all' }, 'trace', 'trace must be a function or a TraceRing, not all'],
    [{ schema: 'api' }, 'schema', 'schema must be a schema, as loadSchema() gives it, not api'],
    [{ channel: { access: 'none' } }, 'channel.access', 'channel.access must be "read" or "write", not none'],
    [{ transport: 'tcp' }, 'transport', 'transport must be a function, not tcp'],
    [{ backup: {} }, 'backup.socket', 'backup.socket must be a string that is not empty, not undefined'],
  ])('%j: refused, with what would be right', (options, path, message) => {
    expect(given(options)).toThrow(expect.objectContaining({ code: 'BAD_OPTION', path }));
    expect(given(options)).toThrow(message);
  });

  it('those that there are: taken, whatever their kind', () => {
    expect(given({ poison: true, retryRequest: { count: 1, delayMs: 2 }, cacheDir: false })).not.toThrow();
    expect(given({ health: { probe: false, intervalMs: 0 }, poison: false })).not.toThrow();
  });

  it('what is not given, or given as undefined: has its default, in groups, too', () => {
    const filled = settings({ socket: '/tmp/x.sock', name: undefined, health: { threshold: 5, probe: undefined } });
    expect(filled).toMatchObject({ name: 'vppmux', resync: true, exclusive: [], maxInFlight: 8192 });
    expect(filled.health).toEqual({ probe: 'control_ping', intervalMs: 1000, timeoutMs: 1000, threshold: 5 });
    expect([filled.poison, filled.backup]).toEqual([undefined, undefined]);
    expect(settings({ poison: { deaths: 3 } }).poison).toEqual({ deaths: 3, withinMs: 100, holdMs: 30_000 });
    expect(settings({ poison: true }).poison).toEqual({ deaths: 2, withinMs: 100, holdMs: 30_000 });
  });
});

it('options of a channel: refused alike', () => {
  expect(() => checkChannelOptions({ replyBufer: 1 } as object)).toThrow(
    expect.objectContaining({ code: 'BAD_OPTION', path: 'channel.replyBufer' }),
  );
  expect(() => checkChannelOptions({ replyBuffer: 0 })).toThrow(
    'channel.replyBuffer must be a whole number of at least 1, not 0',
  );
});
