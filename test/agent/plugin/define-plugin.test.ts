import { fileURLToPath } from 'node:url';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { duration } from '../../../src/agent/config/duration.js';
import { definePlugin, isPlugin } from '../../../src/agent/plugin/define-plugin.js';
import { Log, Status } from '../../../src/agent/plugin/services.js';
import { token } from '../../../src/agent/token.js';

interface Counter {
  next(): number;
}
const Counter = token<Counter>('test/counter');

describe('definePlugin', () => {
  it('services and configuration: arrive typed under the names that were chosen', () => {
    const plugin = definePlugin({
      name: 'typed',
      version: '1.0.0',
      agentApi: 1,
      requires: { log: Log, board: Status, counter: Counter },
      config: z.object({ every: duration().default('10s'), label: z.string().optional() }),
      create({ log, board, counter }, config) {
        expectTypeOf(log).toEqualTypeOf<Log>();
        expectTypeOf(board).toEqualTypeOf<Status>();
        expectTypeOf(counter).toEqualTypeOf<Counter>();
        expectTypeOf(config.every).toEqualTypeOf<number>();
        expectTypeOf(config.label).toEqualTypeOf<string | undefined>();
        return {};
      },
    });
    expect(isPlugin(plugin)).toBe(true);
    expect(Object.isFrozen(plugin)).toBe(true);
  });

  it('what it provides: must be given by create, with the promised type', () => {
    definePlugin({
      name: 'provider',
      version: '1.0.0',
      agentApi: 1,
      provides: { counter: Counter },
      create: () => ({ provide: { counter: { next: () => 1 } } }),
    });
    definePlugin({
      name: 'provider',
      version: '1.0.0',
      agentApi: 1,
      provides: { counter: Counter },
      // @ts-expect-error: nothing provided
      create: () => ({}),
    });
  });

  it.each([
    [
      'a name in capitals',
      { name: 'Lister' },
      'plugin Lister: its definition is wrong at name: must be lower-case words',
    ],
    ['no version', { version: undefined }, 'at version'],
    ['an agentApi that is no number', { agentApi: '1' }, 'at agentApi'],
    ['a misspelt key', { require: {} }, 'at the top: it has no "require"; did you mean "requires"?'],
    ['no create', { create: undefined }, 'at create: must be a function'],
    [
      'a concurrency that there is not',
      { concurrency: 'serialise-requests' },
      'at concurrency: there is no "serialise-requests"; did you mean "serialize-requests"?',
    ],
    ['a requirement that is no token', { requires: { mux: 'mux' } }, 'at requires.mux: must be a token'],
    ['a config that is no schema', { config: { every: 1 } }, 'at config: must be a zod schema'],
  ])('%s: refused by name', (_, change, message) => {
    const wrong: object = change;
    const definition = Object.assign({ name: 'lister', version: '1', agentApi: 1, create: () => ({}) }, wrong);
    expect(() => definePlugin(definition)).toThrow(message);
  });

  it('the file that defines it: is noted', () => {
    const plugin = definePlugin({ name: 'here', version: '1', agentApi: 1, create: () => ({}) });
    expect(plugin.file).toBe(fileURLToPath(import.meta.url));
  });

  it('tokens of one name: are one token, whichever copy of the package made them', () => {
    expect(token('test/counter')).toBe(Counter);
    expect(token('test/other')).not.toBe(Counter);
  });
});
