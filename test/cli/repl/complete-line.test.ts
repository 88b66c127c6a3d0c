import { beforeAll, describe, expect, it } from 'vitest';
import { completeLine } from '../../../src/cli/repl/complete-line.js';
import { loadSchema, type Schema } from '../../../src/mux/index.js';
import { ownApiDir } from '../../support/mock.js';

const optionsOf = async (command: string) => ({ shown: [`--of-${command}`, '--help'], valued: [] });

describe('with definitions', () => {
  let schema: Schema;
  beforeAll(async () => {
    schema = await loadSchema(ownApiDir);
  });

  it.each<[string, readonly string[], string]>([
    ['', ['call', 'describe', 'dump', 'help', 'op', 'quit', 'watch'], ''],
    ['sw_interface_set_fl', ['sw_interface_set_flags '], 'sw_interface_set_fl'],
    ['du', ['dump '], 'du'],
    ['call sw_interface_set_fl', ['sw_interface_set_flags '], 'sw_interface_set_fl'],
    ['call sw_interface_set_flags fl', ['flags='], 'fl'],
    ['sw_interface_set_flags sw_if_index=1 flags=A', ['flags=ADMIN_UP '], 'flags=A'],
    ['ip_route_add_del_v2 route.pa', ['route.paths[0].'], 'route.pa'],
    ['watch sw_interface_ev', ['sw_interface_event '], 'sw_interface_ev'],
    ['sw_interface_dump --o', ['--of-dump '], '--o'],
    ['help du', ['dump '], 'du'],
    ['help dump x', [], 'x'],
    ['nonsense x', [], 'x'],
    ['quit x', [], 'x'],
  ])('%s: goes on with %j', async (line, hits, last) => {
    expect(await completeLine(line, { schema, optionsOf })).toEqual([hits, last]);
  });
});

it('before there are definitions: commands alone', async () => {
  const known = { schema: undefined, optionsOf };
  expect(await completeLine('ca', known)).toEqual([['call '], 'ca']);
  expect(await completeLine('call show', known)).toEqual([[], 'show']);
  expect(await completeLine('show_version x', known)).toEqual([[], 'x']);
});
