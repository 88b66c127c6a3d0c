import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
// The imports of the files are loaded before any of them is given so much time and no more.
import { builtIns } from '../../../src/plugins/index.js';
import { directoryWith, pluginFile } from '../../agent/support.js';
import { snippet } from '../../package/snippets.js';
import { type CliOptions, cli, startCli } from '../run-cli.js';

interface Line {
  readonly check: string;
  readonly ok: 'yes' | 'warn' | 'no';
  readonly detail: string;
  readonly fix?: string;
}

async function check(args: readonly string[], options?: CliOptions) {
  const { code, lines, stderr } = await cli(['plugin', 'check', '--json', ...args], options);
  const found = lines.map((line) => JSON.parse(line) as Line);
  const of = (name: string) => found.filter((line) => line.check === name);
  // Resources that the test runner itself has begun meanwhile are left over as well, and on a busy machine everything is slow.
  const ours = found.filter(({ check, detail }) => check !== 'left over' && !detail.includes(': slow;'));
  const wrong = ours.filter(({ ok }) => ok !== 'yes');
  return { code, stderr, found, of, wrong };
}

/** The file of a plugin that has all that a check would miss, and `rest`. */
function goodFile(rest: string, more = ''): string {
  const config = "config: z.object({ every: z.string().default('1s').describe('Time') })";
  return pluginFile('probed', `description: 'Probed.', ${config}, ${rest}`) + more;
}
const fileOf = (text: string) => join(directoryWith({ 'probed.js': text }), 'probed.js');
const created = (hooks: string) => goodFile(`create: () => ({ ${hooks} }),`);

const READ = `api.operation({ name: 'probed.read', access: 'read', summary: 'Read it',
  input: z.object({ what: z.string().describe('Which') }), output: z.object({ it: z.string().describe('It') }) })`;

describe('plugin check', () => {
  it.each(['README.md', 'docs/plugins.md'])('the example of %s: nothing to say', async (file) => {
    const { code, wrong } = await check([fileOf(snippet(file, 'ts', "name: 'loop-watch'"))]);
    expect({ code, wrong }).toEqual({ code: 0, wrong: [] });
  });

  it('a plugin with everything: each step with its time, exit code 0', async () => {
    const text =
      goodFile(`requires: { mux: api.Mux, http: api.Http }, contributes: { own: api.Metrics }, create: () => ({
      init() {}, afterInit: async () => {}, close() {}, configuration() {}, dataplane: async () => {},
      saveState: () => 'kept', redundancy({ state }) { if (state !== 'kept') throw new Error(state); },
      contribute: { own: [api.gauge('probed_up', 'Whether it is up', () => 1), api.gauge('probed_a', 'A', () => undefined)] },
      open: () => ({}), closeHandle() {}, operations: [api.implement(${READ}, () => ({ it: 'x' }))],
    }),`);
    const { code, stderr, found, of, wrong } = await check([fileOf(text)]);
    expect(wrong).toEqual([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(found.map((line) => line.check)).toEqual([
      ...['plugin', 'config', 'needs', 'create', 'init', 'afterInit', 'operations'],
      ...['metrics', 'metrics', 'handles', 'reload', 'redundancy', 'dataplane', 'close', 'left over'],
    ]);
    expect(of('plugin')[0].detail).toMatch(/^probed 1\.0\.0, agent API 1; loaded in [\d.]+ m?s$/);
    expect(of('needs')[0].detail).toBe('mux of govpp, http of http');
    expect(of('init')[0].detail).toMatch(/^\d+\.\d ms$/);
    expect(of('operations')[0].detail).toBe('probed.read(what), reads: Read it');
    expect(of('metrics').map(({ detail }) => detail)).toEqual([
      'probed_up, a gauge (1 sample): Whether it is up',
      'probed_a, a gauge (no value yet): A',
    ]);
    expect(of('redundancy')[0].detail).toMatch(/^saveState \S+ ms, backup \S+ ms, saveState \S+ ms, primary \S+ ms$/);
    expect(of('dataplane')[0].detail).toMatch(/^up \S+ ms, down \S+ ms, new \S+ ms$/);
  });

  const measured = (...metrics: string[]) =>
    goodFile(`contributes: { own: api.Metrics }, create: () => ({ contribute: { own: [${metrics.join(', ')}] } }),`);

  const boom = "() { throw new Error('no licence'); }";
  it.each<[string, string, string, RegExp]>([
    [
      'throws in create',
      goodFile(`create${boom},`),
      'create',
      /^create failed after .* ms: no licence \(.*probed\.js:\d/,
    ],
    ['throws in init', created(`init${boom}`), 'init', /^init failed after .*: no licence/],
    ['throws in afterInit', created(`afterInit${boom}`), 'afterInit', /^afterInit failed after .*: no licence/],
    [
      'has a metric of a bad name',
      measured("api.gauge('probed-up', 'x', () => 1)"),
      'metrics',
      /^"probed-up": its name must be/,
    ],
    [
      'has a metric without help',
      measured("api.gauge('probed_up', undefined, () => 1)"),
      'metrics',
      /^"probed_up": its help must be a string/,
    ],
    [
      'has a metric that throws',
      measured(`api.gauge('probed_up', 'x', ${boom.replace('()', '() =>')})`),
      'metrics',
      /^"probed_up": no licence \(.*probed\.js:\d/,
    ],
    [
      'has an async metric',
      measured("api.gauge('probed_up', 'x', async () => { throw new Error('y'); })"),
      'metrics',
      /^"probed_up": its read must not be async/,
    ],
    [
      'has a metric twice',
      measured("api.gauge('probed_up', 'x', () => 1)", "api.gauge('probed_up', 'y', () => 2)"),
      'metrics',
      /^"probed_up": it has another metric of this name/,
    ],
    ['throws in configuration', created(`configuration${boom}`), 'reload', /^configuration failed .*: no licence/],
    ['throws in dataplane', created(`dataplane${boom}`), 'dataplane', /^dataplane \(up\) failed after .*: no licence/],
    [
      'throws in redundancy',
      created(`redundancy${boom}`),
      'redundancy',
      /^redundancy \(backup\) failed .*: no licence/,
    ],
    ['throws in open', created(`open${boom}, closeHandle() {}`), 'handles', /^open failed after .*: no licence/],
    [
      'throws in closeHandle',
      created(`open() {}, closeHandle${boom}`),
      'handles',
      /^closeHandle failed .*: no licence/,
    ],
    ['throws in close', created(`close${boom}`), 'close', /^close failed after .*: no licence/],
    ['creates nothing', goodFile('create: () => undefined,'), 'start', /its create returned nothing; return an object/],
    [
      'gives no service',
      goodFile("provides: { x: api.token('x') }, create: () => ({}),"),
      'start',
      /returned no provide\.x/,
    ],
    [
      'needs what nobody has',
      goodFile("requires: { x: api.token('x') }, create: () => ({}),"),
      'needs',
      /requires "x"/,
    ],
    ['is of another API', created('').replace('agentApi: 1', 'agentApi: 2'), 'needs', /built for agent API 2/],
    ['is no plugin', 'export const x = 1;', 'plugin', /never calls definePlugin/],
    [
      'needs a setting',
      pluginFile('probed', 'config: z.object({ key: z.string() }), create: () => ({}),'),
      'config',
      /missing key "key"/,
    ],
  ])('a plugin that %s: ✗ there, exit code 1', async (_, text, name, detail) => {
    const { code, wrong } = await check([fileOf(text)]);
    expect(wrong.filter(({ ok }) => ok === 'no').map((line) => [line.check, line.detail])).toEqual([
      [name, expect.stringMatching(detail)],
    ]);
    expect(code).toBe(1);
  });

  it('a plugin whose init fails: is not closed, and nothing is said of that', async () => {
    const { found } = await check([fileOf(created("init() { throw new Error('x'); }, close() {}"))]);
    expect(found.map((line) => line.check)).toEqual(['plugin', 'config', 'needs', 'create', 'init', 'left over']);
  });

  it.each<[string, string, string]>([
    ['init', 'init: () => new Promise(() => {})', 'init has not returned within 500 ms'],
    ['dataplane', 'dataplane: () => new Promise(() => {})', 'dataplane (up) has not returned within 500 ms'],
    ['reload', 'configuration: () => new Promise(() => {})', 'configuration has not returned within 500 ms'],
    ['handles', 'open: () => new Promise(() => {}), closeHandle() {}', 'open has not returned within 500 ms'],
  ])('%s that never returns: told after the time that agent.yaml gives it', async (name, hooks, detail) => {
    const dir = directoryWith({
      'agent.yaml': `${name === 'init' ? 'start' : 'control'}-timeout: 500ms\n`,
      'probed.js': created(hooks),
    });
    const { code, of } = await check([join(dir, 'probed.js'), '--config-dir', dir]);
    expect(of(name)[0]).toMatchObject({ ok: 'no', detail: expect.stringContaining(detail) });
    expect(code).toBe(1);
  });

  it.each<[string, string, string, RegExp]>([
    [
      'has no description',
      goodFile('create: () => ({}),').replace("description: 'Probed.',", ''),
      'plugin',
      /no description/,
    ],
    [
      'has no configuration',
      pluginFile('probed', "description: 'x', create: () => ({}),"),
      'config',
      /no configuration$/,
    ],
    [
      'does not describe a key',
      created('').replace(".describe('Time')", ''),
      'config',
      /without a description: every$/,
    ],
    ['has a key in camel case', created('').replace('every:', 'everyMs:'), 'config', /not in kebab case: everyMs$/],
    [
      'does not describe an operation',
      created(`operations: [api.implement(${READ.replace(".describe('Which')", '')}, () => ({}))]`),
      'operations',
      /without a description: input\.what$/,
    ],
    [
      'gives what JSON cannot carry',
      created(`operations: [api.implement(${READ.replace('it: z.string()', 'it: z.date()')}, () => ({}))]`),
      'operations',
      /no word for output\.it$/,
    ],
    ['does not say what a metric is', measured("api.gauge('probed_up', '', () => 1)"), 'metrics', /has no help$/],
    ['has a metric of a foreign name', measured("api.gauge('up', 'x', () => 1)"), 'metrics', /^up, a gauge/],
    ['has a counter without _total', measured("api.counter('probed_n', 'x', () => 1)"), 'metrics', /^probed_n, a/],
    ['closes no handle', created('open: () => 1'), 'handles', /there is no "closeHandle"$/],
    ['opens no handle', created('closeHandle() {}'), 'handles', /there is no "open"$/],
    ['saves its state for nobody', created('saveState: () => 1'), 'redundancy', /there is no hook "redundancy"$/],
    [
      'stays degraded',
      goodFile('requires: { status: api.Status }, create: ({ status }) => (status.degraded("lost"), {}),'),
      'dataplane',
      /is still degraded: lost$/,
    ],
  ])('a plugin that %s: a warning, exit code 0', async (_, text, name, detail) => {
    const { code, wrong } = await check([fileOf(text)]);
    expect(wrong).toEqual([
      expect.objectContaining({ check: name, ok: 'warn', detail: expect.stringMatching(detail) }),
    ]);
    expect(code).toBe(0);
  });

  it('arguments and configuration: reach create', async () => {
    const echo = 'create(_, config, args) { throw new Error(JSON.stringify({ config, args })); },';
    const dir = directoryWith({ 'probed.js': goodFile(echo), 'own.conf': 'every: 2s\n', 'bad.conf': 'evry: 2s\n' });
    const file = join(dir, 'probed.js');
    const given = await check([file, 'a=1', 'b=x=y', '--config', join(dir, 'own.conf')]);
    expect(given.of('create')[0].detail).toContain('{"config":{"every":"2s"},"args":{"a":"1","b":"x=y"}}');
    expect(given.of('config')[0].detail).toBe(`1 key, ${join(dir, 'own.conf')} is valid`);
    const bad = await check([file, '--config', join(dir, 'bad.conf')]);
    expect(bad.of('config')[0].detail).toMatch(/bad\.conf:1:1: unknown key "evry"; did you mean "every"\?$/);
    const stray = await check([file, 'a']);
    expect(stray).toMatchObject({ code: 2, stderr: expect.stringContaining("'a': key=value is expected") });
  });

  it('--with: a plugin that provides what it requires', async () => {
    const x = "{ x: api.token('test/x') }";
    const dir = directoryWith({
      'probed.js': goodFile(
        `requires: ${x}, create: ({ x }) => { if (x !== 7) throw new Error('not 7'); return {}; },`,
      ),
      'giver.js': pluginFile('giver', `provides: ${x}, create: () => ({ provide: { x: 7 } }),`),
    });
    const { code, of } = await check([join(dir, 'probed.js'), '--with', join(dir, 'giver.js')]);
    expect(of('needs')[0].detail).toBe('test/x of giver');
    expect(code).toBe(0);
  });

  it('on a terminal: marks, and what to do below', async () => {
    const text = pluginFile('probed', "description: 'x', create: () => ({}),");
    const { lines } = await cli(['plugin', 'check', fileOf(text)], { terminal: 200, env: { NO_COLOR: '1' } });
    expect(lines[0]).toMatch(/^✓ plugin {6}probed 1\.0\.0/);
    expect(lines.slice(1, 3)).toEqual([
      '! config      it has no configuration',
      '              → if there is something to set: "config" in definePlugin, a zod object',
    ]);
  });

  it('--verbose: the log of the agent, on stderr', async () => {
    const text = goodFile("requires: { log: api.Log }, create: ({ log }) => (log.debug('made'), {}),");
    expect((await check([fileOf(text), '-v'])).stderr).toContain('vppmux: debug: probed: made\n');
  });

  it('Ctrl-C: ends it, with 130', async () => {
    const run = startCli(['plugin', 'check', fileOf(created('init: () => new Promise(() => {})'))]);
    await run.seen('✓ needs');
    run.signal('SIGINT');
    expect(await run.exit).toBe(130);
  });

  it.each(Object.keys(builtIns))(
    '%s, which comes with vppmux: nothing to say, but that it is slow on a busy machine',
    async (name) => {
      const { found, wrong } = await check([name]);
      expect(wrong.filter(({ detail }) => !/: slow;|or the machine was busy$/.test(detail))).toEqual([]);
      expect(found.at(-1)?.check).toBe('left over');
    },
  );
});
