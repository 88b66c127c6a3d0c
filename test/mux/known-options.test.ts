/** Options that there are not. */
import { describe, expect, it } from 'vitest';
import { checkChannelOptions } from '../../src/mux/known-options.js';
import { settings } from '../../src/mux/options.js';

const given = (options: object) => () => settings({ socket: '/tmp/x.sock', ...options });

describe('options of a connection', () => {
  it.each([
    [{ sockt: '/tmp/y' }, 'there is no option sockt; did you mean socket?'],
    [{ health: { interval: 1 } }, 'there is no option health.interval; did you mean intervalMs?'],
    [{ channel: { requestBufer: 1 } }, 'there is no option channel.requestBufer; did you mean requestBuffer?'],
    [{ zzz: 1 }, /^there is no option zzz$/],
  ])('%j: refused, with the nearest one', (options, message) => {
    expect(given(options)).toThrow(message);
    expect(given(options)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  });

  it('those that there are: taken, whatever their kind', () => {
    expect(given({ poison: true, retryRequest: { count: 1, delayMs: 2 }, cacheDir: false })).not.toThrow();
  });
});

it('options of a channel: refused alike', () => {
  expect(() => checkChannelOptions({ replyBufer: 1 } as object)).toThrow(
    expect.objectContaining({ code: 'BAD_OPTION', path: 'channel.replyBufer' }),
  );
});
