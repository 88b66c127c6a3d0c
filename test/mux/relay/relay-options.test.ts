import { describe, expect, it } from 'vitest';
import type { ApiSocketOptions } from '../../../src/mux/index.js';
import { clientSettings, DEFAULT_LIMITS, settingsOf } from '../../../src/mux/relay/relay-options.js';

describe('options of an API socket', () => {
  it('none: the defaults', () => {
    expect(settingsOf({ path: '/x' })).toMatchObject({ role: 'api-socket', access: 'write', holdMs: 2000 });
    expect(DEFAULT_LIMITS).toMatchObject({
      ...{ clients: 256, inFlight: 1024, queuedBytes: 16 * 1024 * 1024, frameBytes: 16 * 1024 * 1024 },
      messagesPerSecond: 0,
    });
  });

  it.each<[what: string, options: ApiSocketOptions, text: string]>([
    ['access', { access: 'admin' as 'read' }, 'access of an API socket must be read or write, not admin'],
    ['a time', { holdMs: -1 }, 'holdMs of an API socket must be a number of milliseconds'],
    ['no time', { holdMs: Number.NaN }, 'holdMs of an API socket must be a number'],
    ['a limit', { limits: { clients: 0 } }, 'limits.clients of an API socket must be a whole number of at least 1'],
    ['a part', { limits: { inFlight: 1.5 } }, 'limits.inFlight of an API socket must be a whole number'],
    [
      'an unknown limit',
      { limits: { client: 1 } as never },
      'limits.client of an API socket is no limit; there are: clients',
    ],
    ['a name', { named: [{ name: '' }] }, 'named[0].name of an API socket must be a name'],
    ['a named limit', { named: [{ name: 'a' }, { name: 'b', clients: -1 }] }, 'named[1].clients of an API socket'],
  ])('%s that is wrong: is refused, with its path', (_what, options, text) => {
    expect(() => settingsOf(options)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => settingsOf(options)).toThrow(text);
  });

  it('limits of a name: the first that fits, in place of what it sets', () => {
    const socket = settingsOf({
      limits: { inFlight: 10, clients: 5 },
      named: [
        { name: 'exporter-*', inFlight: 2 },
        { name: 'exporter-1', inFlight: 3 },
        { name: '*', clients: 1 },
      ],
    });
    expect(clientSettings(socket, 'exporter-1').limits).toMatchObject({ inFlight: 2, clients: 5 });
    expect(clientSettings(socket, 'other')).toMatchObject({ isNamed: true, limits: { inFlight: 10, clients: 1 } });
    expect(clientSettings(settingsOf({}), 'any')).toMatchObject({ isNamed: false, limits: DEFAULT_LIMITS });
  });
});
