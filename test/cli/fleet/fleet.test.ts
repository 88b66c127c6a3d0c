import { describe, expect, it } from 'vitest';
import { readNewest } from '../../../src/fleet/index.js';
import { fleetWorld, REFUSED, wish } from './world.js';

const GROUPS = 'groups: { edge: { selector: { role: edge } } }\n';

async function threeAgents() {
  const world = await fleetWorld();
  for (const label of ['edge1', 'edge2', 'edge3']) await world.member(label, { role: 'edge' });
  return world;
}

describe('vppmux fleet apply', () => {
  it('rolls the files out, says each wave, and ends when it is done', async () => {
    const world = await threeAgents();
    const folder = world.files({
      'fleet.yaml': GROUPS,
      'defaults/edge.yaml': wish(1400),
      'agents/edge2.yaml': wish(9000),
    });
    const { code, stderr, stdout } = await world.run(['apply', folder, '--batch', '2']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      'vppmux: 3 agents in 2 waves: edge1, edge2, edge3',
      'vppmux: generation 1: 3 agents in 2 waves',
      'vppmux: generation 1: wave 1 of 2: 2 agents',
      'vppmux: generation 1: wave 2 of 2: 1 agent',
      'vppmux: generation 1 is done',
      '',
    ]);
    const again = await world.run(['apply', folder]);
    expect(again).toMatchObject({
      code: 0,
      stderr: 'vppmux: nothing to do: all agents have the wishes of these files\n',
    });
  });

  it('a bad wave: takes it back, says why, and ends with 1', async () => {
    const world = await threeAgents();
    await world.run(['apply', world.files({ 'agents/edge1.yaml': wish(1400), 'agents/edge2.yaml': wish(1400) })]);
    const folder = world.files({
      ...{ 'agents/edge1.yaml': wish(1500), 'agents/edge2.yaml': REFUSED, 'agents/edge3.yaml': wish(1500) },
      'fleet.yaml': 'batch: 1\n',
    });
    const { code, stderr } = await world.run(['apply', folder]);
    expect(code).toBe(1);
    expect(stderr).toContain('vppmux: generation 2 is taken back: wave 2 of 3: 1 of 1 agent: edge2 (refused)\n');
    expect(stderr).toContain('vppmux: generation 2 was taken back: ');
    const { stdout } = await world.run(['history', '--json']);
    const [newest] = stdout.split('\n').map((line) => line && JSON.parse(line));
    expect(newest).toMatchObject({ plan: { generation: 2 }, state: { state: 'taken-back', wave: 2 } });
  });

  it('mistakes in the files: are all shown, and nothing is written', async () => {
    const world = await fleetWorld();
    const folder = world.files({ 'agents/a.yaml': 'loopbacks:\n  loop0: { mtu: 9 }\n', 'agents/b.yaml': 'a: [' });
    const { code, lines, stderr } = await world.run(['apply', folder]);
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/\/agents\/a\.yaml:2:\d+: loopbacks\.loop0\.mtu/),
      expect.stringMatching(/\/agents\/b\.yaml:1:\d+: /),
    ]);
    expect(stderr).toContain('has 2 mistakes; nothing was changed');
    expect(await readNewest(world.store, world.keys)).toBeUndefined();
  });

  it('agents that are away, and files of nobody: are named before it begins', async () => {
    const world = await threeAgents();
    await world.run(['apply', world.files({ 'agents/edge3.yaml': wish(1400) })]);
    const folder = world.files({ 'agents/edge1.yaml': wish(1400), 'agents/egde2.yaml': wish(1400) });
    const { stderr, code } = await world.run(['apply', folder, '--wave-time', '1s']);
    expect(stderr).toContain(
      'vppmux: egde2: not connected, so that their wave fails, unless they come or --allow-away',
    );
    expect(stderr).toContain('vppmux: edge3: no file; they stay as they are (--prune takes their wish)');
    expect(stderr).toContain('egde2 (is away)');
    expect(code).toBe(1);
  });

  it('--prune: takes the wish of agents without a file', async () => {
    const world = await fleetWorld();
    const one = await world.member('edge1');
    await world.member('edge2');
    await world.run(['apply', world.files({ 'agents/edge1.yaml': wish(1400) })]);
    const { code, stderr } = await world.run(['apply', world.files({ 'agents/edge2.yaml': wish(1400) }), '--prune']);
    expect(stderr).toContain('vppmux: edge1: no file any more, so that they lose their wish');
    expect(code).toBe(0);
    // The second one is of no wish at all.
    expect(one.taken).toEqual([undefined, 1, 2]);
    expect((await world.run(['status'])).stdout).toContain('2 agents: 1 as wished, 1 without a wish');
  });

  it('while another one is under way: is refused, and says whose it is', async () => {
    const world = await threeAgents();
    await world.run(['apply', world.files({ 'agents/edge1.yaml': wish(1400) }), '--detach']);
    const { code, stderr } = await world.run(['apply', world.files({ 'agents/edge1.yaml': wish(1500) })]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^vppmux: generation 1 is under way \(wave 0 of 1\), asked for by .*, nobody drives it yet; /m,
    );
  });

  it('Ctrl-C: gives the lock back, and says how it goes on', async () => {
    const world = await threeAgents();
    const run = world.start(['apply', world.files({ 'agents/edge1.yaml': wish(1400) }), '--confirm', '10m']);
    await run.seen('all waves are good');
    run.signal('SIGINT');
    expect(await run.exit).toBe(130);
    expect(run.stderr).toContain('generation 1 waits as it is, since nobody drives it: "vppmux fleet drive" goes on');
    const confirmed = await world.run(['confirm']);
    expect(confirmed).toMatchObject({ code: 0, stderr: expect.stringContaining('generation 1 is done') });
  });

  it('--json: is a line each state', async () => {
    const world = await threeAgents();
    const { lines } = await world.run(['apply', world.files({ 'agents/edge1.yaml': wish(1400) }), '--json']);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { generation: 1, waves: 1, agents: 1, state: 'running', wave: 1 },
      { state: 'done' },
    ]);
  });
});

describe('vppmux fleet confirm, pause, resume and rollback', () => {
  it('a roll-out: is paused, goes on, and is taken back', async () => {
    const world = await threeAgents();
    const folder = world.files({ 'agents/edge1.yaml': wish(1400), 'agents/edge2.yaml': wish(1400) });
    await world.run(['apply', folder, '--batch', '1', '--confirm', '10m', '--detach']);
    expect(await world.run(['pause'])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('is paused in wave 0 of 2'),
    });
    const resume = world.start(['resume']);
    await resume.seen('all waves are good');
    expect(await world.run(['rollback', '--yes'])).toMatchObject({ code: 0 });
    expect(await resume.exit).toBe(1);
    expect(resume.stderr).toContain('generation 1 was taken back: taken back by a person');
    expect(await world.run(['resume'])).toMatchObject({
      code: 1,
      stderr: 'vppmux: generation 1 is taken back: it cannot go on\n',
    });
  });

  it('back by one generation, and to one before it: give the agents what they had', async () => {
    const world = await threeAgents();
    for (const mtu of [1400, 1500, 1600]) await world.run(['apply', world.files({ 'agents/edge1.yaml': wish(mtu) })]);
    const shown = async () => {
      const { stdout } = await world.run(['status', '--json']);
      const { generation } = JSON.parse(stdout).agents[0];
      return (await world.run(['history', `${generation}`, 'edge1'])).stdout;
    };
    expect(await shown()).toBe(wish(1600));
    expect(await world.run(['rollback'])).toMatchObject({ code: 0 });
    expect(await shown()).toBe(wish(1500));
    expect(await world.run(['rollback', '1'])).toMatchObject({ code: 0 });
    expect(await shown()).toBe(wish(1400));
    expect(await world.run(['rollback', '0'])).toMatchObject({ code: 0 });
    expect((await world.run(['status'])).stdout).toContain('3 without a wish');
    expect(await world.run(['rollback', '77'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('generation 77 is not there'),
    });
  });
});

describe('vppmux fleet status, diff, drift and history', () => {
  it('status: counts agents, and lists those that are not well', async () => {
    const world = await threeAgents();
    expect(await world.run(['status'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing was rolled out yet'),
    });
    await world.run([
      'apply',
      world.files({ 'agents/edge1.yaml': wish(1400), 'agents/edge9.yaml': wish(1400) }),
      '--wave-time',
      '1s',
      '--no-pause-on-failure',
    ]);
    const { code, stdout, stderr } = await world.run(['status'], { terminal: 80 });
    expect(code).toBe(1);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).toContain('4 agents: 1 as wished, 2 without a wish, 1 never seen');
    expect(stdout).toMatch(/^edge9 +never seen/m);
    expect(stdout).not.toMatch(/^edge1 /m);
    expect(stderr).toContain('is label in their etcd.conf the name of the file?');
    expect((await world.run(['status', '--agents'])).stdout).toMatch(/^edge1 +as wished +1 /m);
  });

  it('diff: shows each difference once, with its agents', async () => {
    const world = await threeAgents();
    const same = { 'agents/edge1.yaml': wish(1400), 'agents/edge2.yaml': wish(1400), 'agents/edge3.yaml': wish(1500) };
    await world.run(['apply', world.files(same)]);
    expect(await world.run(['diff', world.files(same)])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'vppmux: no difference\n',
    });
    const { code, lines, stderr } = await world.run([
      'diff',
      world.files({
        ...same,
        'agents/edge1.yaml': wish(1450),
        'agents/edge2.yaml': wish(1450),
        'agents/edge4.yaml': wish(1),
      }),
    ]);
    expect({ code, lines: lines.length, stderr }).toMatchObject({ code: 1, lines: 1 });
    const good = await world.run([
      'diff',
      world.files({
        ...same,
        'agents/edge1.yaml': wish(1450),
        'agents/edge2.yaml': wish(1450),
        'agents/edge4.yaml': wish(1400),
      }),
    ]);
    expect(good).toMatchObject({ code: 2, stderr: 'vppmux: 3 agents would get another wish\n' });
    expect(good.lines).toEqual([
      ...[
        '--- 2 agents: edge1, edge2',
        '@@ -1,3 +1,3 @@',
        ' loopbacks:',
        '   loop0:',
        '-    mtu: 1400',
        '+    mtu: 1450',
      ],
      ...['--- 1 agent: edge4', '@@ -0,0 +1,3 @@', '+loopbacks:', '+  loop0:', '+    mtu: 1400'],
    ]);
    expect(await world.run(['diff'])).toMatchObject({ code: 1 });
  });

  it('drift: lists agents whose VPP differs', async () => {
    const world = await threeAgents();
    expect(await world.run(['drift'])).toMatchObject({ code: 0, stderr: 'vppmux: no drift: 3 agents\n' });
    const one = await world.member('edge4');
    one.say(undefined, 'incomplete');
    await expect.poll(async () => (await world.run(['drift'])).code).toBe(2);
    expect((await world.run(['drift'])).stdout).toMatch(/^edge4 /m);
  });

  it('history: is a table, the agents of a generation, or a wish', async () => {
    const world = await threeAgents();
    await world.run(['apply', world.files({ 'agents/edge1.yaml': wish(1400) }), '--comment', 'first']);
    const table = await world.run(['history'], { terminal: 80 });
    expect(table.lines[0]).toMatch(/^generation +at +state/);
    expect(table.lines[1]).toMatch(/^ +1 +\d{4}-.* done +1 +1 of 1 +.*first/);
    expect((await world.run(['history', '1'])).lines[1]).toMatch(/^ +1 +edge1 /);
    expect((await world.run(['history', '1', 'edge1'])).stdout).toBe(wish(1400));
    expect(await world.run(['history', '1', 'edge2'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('generation 1 has no wish for edge2'),
    });
  });
});

describe('a fleet', () => {
  it('is named by an etcd.conf: of --config-dir, in which its mistakes are named, too', async () => {
    const world = await fleetWorld();
    const { cli } = await import('../run-cli.js');
    const conf = (text: string) => world.files({ 'etcd.conf': text });
    const status = (folder: string) => cli(['fleet', 'status', '--config-dir', folder]);
    expect(await status(conf(`dir: ${world.dir}\n`))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(world.dir),
    });
    expect(await status(conf('label: a\n'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('names no fleet'),
    });
    expect(await status(conf('dri: a\n'))).toMatchObject({ stderr: expect.stringContaining('dri') });
  });

  it.each<[string, string[], Record<string, string>, number, string]>([
    ['is named by nothing', [], {}, 2, 'which fleet: --etcd https://HOST:2379, or --dir FOLDER'],
    ['is named twice', ['--etcd', 'x:1', '--dir', 'y'], {}, 2, '--etcd and --dir exclude each other'],
    ['has a prefix that is none', ['--dir', 'y', '--prefix', 'a b'], {}, 2, '--prefix: a prefix consists of names'],
    ['is an etcd that is away', [], { VPPMUX_FLEET: '127.0.0.1:1' }, 3, '127.0.0.1:1'],
    ['has an endpoint that is none', ['--etcd', 'ftp://x'], {}, 2, 'endpoints'],
    ['is a folder that is not there', ['--dir', '/none/of/a/fleet'], {}, 3, 'the folder /none/of/a/fleet has no fleet'],
  ])('%s: is an error in words', async (_, words, env, code, text) => {
    const { cli } = await import('../run-cli.js');
    const run = await cli(['fleet', 'status', ...words], { env });
    expect(run).toMatchObject({ code, stderr: expect.stringContaining(text) });
  });
});

describe('vppmux fleet forget', () => {
  it('a host that is gone is forgotten, one that is there is not, and one that nobody knows is named', async () => {
    const world = await threeAgents();
    await world.run([
      'apply',
      world.files({ 'agents/edge1.yaml': wish(1400), 'agents/gone.yaml': wish(1400) }),
      '--allow-away',
    ]);
    const { code, stderr } = await world.run(['forget', 'gone', 'edge1', 'nobody']);
    expect(code).toBe(1);
    expect(stderr.split('\n')).toEqual([
      'vppmux: gone is forgotten',
      'vppmux: edge1 is connected: nothing was removed',
      'vppmux: nobody is not known here ("vppmux fleet status --agents" lists all)',
      '',
    ]);
    expect((await world.run(['status'])).code).toBe(0);
    expect((await world.run(['forget', '../x'])).code).toBe(2);
  });
});

describe('vppmux fleet repair', () => {
  it('a damaged number of the newest generation: every command says what to do, which mends it', async () => {
    const world = await threeAgents();
    const folder = world.files({ 'agents/edge1.yaml': wish(1400) });
    await world.run(['apply', folder]);
    await world.store.transact({ success: [{ put: world.keys.latest, value: 'x' }] });
    for (const words of [['status'], ['apply', folder, '--all'], ['rollback', '--yes'], ['history']]) {
      expect((await world.run(words)).stderr).toContain('"vppmux fleet repair" says what is damaged, and mends it');
    }
    const looked = await world.run(['repair']);
    expect(looked).toMatchObject({
      code: 1,
      stderr: [
        'vppmux: /vppmux/latest: holds no number of a generation: it becomes 1, the newest one that is there',
        'vppmux: /vppmux/latest is as it was: --write mends it',
        '',
      ].join('\n'),
    });
    expect(await world.run(['repair', '--write'])).toMatchObject({ code: 0 });
    expect(await world.run(['repair'])).toMatchObject({ code: 0, stderr: 'vppmux: nothing is damaged\n' });
    expect((await world.run(['status'])).code).toBe(0);
  });
});

describe('vppmux fleet drive', () => {
  it.each(['', ' ', 'x'.repeat(201), 'two\nlines', '\u001b[31mred'])(
    'a name that nobody could read, %j: is wrong usage',
    async (name) => {
      const world = await fleetWorld();
      const { code, stderr } = await world.run(['drive', '--name', name]);
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('1 to 200 characters') });
    },
  );
});
