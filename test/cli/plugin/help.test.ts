import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtIns } from '../../../src/plugins/built-ins.js';
import { directoryWith, pluginFile } from '../../agent/support.js';
import { cli } from '../run-cli.js';

const LISTER = `description: 'Lists.\\nOften.', obsolete: { old: 'say every' }, concurrency: 'serialize-requests', optional: true,
  requires: { mux: api.Mux, log: api.Log, x: api.token('acme/x') }, provides: { y: api.token('acme/y') },
  config: z.object({
    every: api.duration().default('10s').describe('Time between two lists'),
    to: z.object({ host: z.string(), port: z.int().min(1).max(65535).default(80) }),
  }),
  create({ x }, config, args) {
    return { dataplane() {}, init() { throw new Error('is not started'); }, provide: { y: 1 }, operations: [
      api.implement(api.operation({
        name: 'lister.list', access: 'write', summary: 'List them', description: 'All of ' + x + args.what,
        input: z.object({ state: z.enum(['up', 'down']).default('up').describe('Which'), deep: z.boolean().optional() }),
        output: z.object({ names: z.array(z.string()).describe('Sorted') }), arguments: ['state'],
      }), () => ({ names: [] })),
    ] };
  },`;

describe('plugin help', () => {
  it('a plugin: all that it says of itself, without being started', async () => {
    const dir = directoryWith({
      'lister.js': pluginFile('lister', LISTER),
      'giver.js': pluginFile('giver', "provides: { x: api.token('acme/x') }, create: () => ({ provide: { x: 'x' } }),"),
      'lister.conf': 'to: { host: h }\n',
    });
    const file = (name: string) => join(dir, name);
    const options = ['--with', file('giver.js'), '--config', file('lister.conf')];
    const { code, stdout, stderr } = await cli(['plugin', 'help', file('lister.js'), 'what=1', ...options]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`lister 1.0.0 (agent API 1; the agent can live without it)
  Lists.
  Often.

Requires: mux of govpp, log, acme/x (of no plugin that comes with vppmux)
Provides: acme/y

Configuration: lister.conf (or .yaml) in --config-dir, --lister-config FILE or LISTER_CONFIG
  every    duration           10s       Time between two lists
  to       keys               required
  to.host  string             required
  to.port  integer 1 … 65535  80
  old: no longer; say every

Reacts to: VPP comes and goes

Operations:
  lister.list [state]   (writes)
      List them
      All of x1
    in   state  up | down     up  Which
    in   deep   true | false
    out  names  list of string  Sorted
  Concurrency: serialize-requests
`);
  });

  it('a plugin that contributes metrics: to what, and its operations', async () => {
    const body = `contributes: { metrics: api.Metrics }, create: () => ({
      contribute: { metrics: [api.gauge('links_up', 'Links', () => 1)] },
      operations: [api.implement(api.operation({
        name: 'links.list', access: 'read', summary: 'List them', input: z.object({}), output: z.object({}),
      }), () => ({}))],
    }),`;
    const dir = directoryWith({ 'links.js': pluginFile('links', body) });
    const { code, lines } = await cli(['plugin', 'help', join(dir, 'links.js')]);
    expect(code).toBe(0);
    expect(lines).toEqual(expect.arrayContaining(['Contributes to: metrics', '  links.list   (reads)']));
  });

  it('a plugin that cannot be created: all else, and why', async () => {
    const dir = directoryWith({ 'lister.js': pluginFile('lister', LISTER) });
    const { code, lines } = await cli(['plugin', 'help', join(dir, 'lister.js')]);
    expect(code).toBe(0);
    expect(lines.join('\n')).toMatch(/not known, since it cannot be created: plugin lister requires "acme\/x"/);
  });

  it('nothing of that name: wrong usage, with the nearest', async () => {
    const { code, stderr } = await cli(['plugin', 'help', 'gvpp']);
    expect(stderr).toMatch(/^vppmux: no plugin is called "gvpp"; did you mean "govpp"\?/);
    expect(code).toBe(2);
  });

  it.each(Object.keys(builtIns))(
    '%s, which comes with vppmux: says what it is for, and what each key is',
    async (name) => {
      const { code, lines } = await cli(['plugin', 'help', name]);
      expect(code).toBe(0);
      expect(lines[0]).toMatch(new RegExp(`^${name} \\d`));
      expect(lines[1]).toMatch(/^ {2}\S+/);
      expect(lines.join('\n')).not.toContain('cannot be created');
    },
  );
});

describe('plugin list', () => {
  it('those that come with vppmux, and those of the plugin folder, broken ones too', async () => {
    const dir = directoryWith({
      'agent.yaml': 'plugin-dir: more\n',
      'more/b.js': pluginFile('b', "description: 'Bees.\\nMany.', create: () => ({}),"),
      'more/a.js': 'export default {',
    });
    const { code, lines } = await cli(['plugin', 'list', '--config-dir', dir]);
    const all = lines.map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(all.map(({ name }) => name)).toEqual([...Object.keys(builtIns), 'a', 'b']);
    expect(all[0]).toEqual({ name: 'govpp', version: '1.0.0', from: 'built in', description: expect.any(String) });
    expect(all.at(-2)).toMatchObject({
      name: 'a',
      from: join(dir, 'more'),
      error: expect.stringMatching(/cannot be loaded/),
    });
    const table = await cli(['plugin', 'list', '--config-dir', dir], { terminal: 200 });
    expect(table.lines.at(-1)).toMatch(/^b +1\.0\.0 {4}Bees\.$/);
    expect(table.stdout).toMatch(/^a +cannot be loaded: /m);
  });

  it('a directory that is not there: wrong usage', async () => {
    expect(await cli(['plugin', 'list', '-c', '/nonexistent'])).toMatchObject({ code: 2, stdout: '' });
  });
});
