import { describe, expect, it } from 'vitest';
import type { MockVpp } from '../../../mock-vpp/index.js';
import { testMock, until } from '../../support/mock.js';
import { cli, startCli } from '../run-cli.js';

const registered = (mock: MockVpp) => () => mock.clients.some(({ wants }) => wants.includes('want_interface_events'));

async function watch(flags: string[] = [], terminal?: number) {
  const mock = await testMock();
  const run = startCli(['watch', 'sw_interface_event', ...flags, '--socket', mock.socket], { terminal });
  await until(registered(mock));
  return { mock, run };
}

describe('watch', () => {
  it('piped: the event as JSON with its time and name', async () => {
    const { mock, run } = await watch(['--count', '1']);
    mock.dataplane.setAdmin(0, true);
    expect(await run.exit).toBe(0);
    const event = JSON.parse(run.stdout);
    expect(event).toMatchObject({ _event: 'sw_interface_event', sw_if_index: 0, flags: 1, deleted: false });
    expect(Math.abs(Date.parse(event._time) - Date.now())).toBeLessThan(60_000);
    expect(run.stderr).toBe('');
  });

  it('on a terminal: readable lines with the time', async () => {
    const { mock, run } = await watch(['--count', '1'], 80);
    await run.seen('watching sw_interface_event; Ctrl-C ends it');
    mock.dataplane.setAdmin(0, true);
    expect(await run.exit).toBe(0);
    expect(run.stdout).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} {2}sw_interface_event .*sw_if_index=0 flags=ADMIN_UP deleted=false\n$/,
    );
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s: exit code 0, after the registration was undone', async (signal) => {
    const { mock, run } = await watch();
    run.signal(signal);
    expect(await run.exit).toBe(0);
    const wants = mock.receivedMessages('want_interface_events').map(({ fields }) => fields.enable_disable);
    expect(wants).toEqual([1, 0]);
    expect(run.stderr).toBe('');
  });

  it('a restart of VPP: gone through, with a marker and events behind it', async () => {
    const { mock, run } = await watch(['--count', '2']);
    mock.dataplane.setAdmin(0, true);
    await run.seen('"flags":1');
    await mock.restart();
    await until(registered(mock));
    await run.seen('resync');
    mock.dataplane.setAdmin(0, true);
    expect(await run.exit).toBe(0);
    const items = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(items.map((item) => ('resync' in item ? 'resync' : item.sw_if_index))).toEqual([0, 'resync', 0]);
    expect(items[1].resync.generation).toBe(2);
    expect(run.stderr).toMatch(/^vppmux: VPP is away, waiting for it: [^\n]+\nvppmux: VPP is there again\n$/);
  });

  it('a reader that goes away: ends with 0', async () => {
    const { mock, run } = await watch();
    run.breakPipe();
    mock.dataplane.setAdmin(0, true);
    expect(await run.exit).toBe(0);
    expect(run.stderr).toBe('');
  });

  it.each<[string, string[], RegExp]>([
    ['a want_ request', ['want_interface_events'], /use: vppmux watch sw_interface_event/],
    ['a dump', ['sw_interface_dump'], /use: vppmux dump sw_interface_dump/],
    ['an unknown event', ['sw_interface_evnt'], /did you mean sw_interface_event/],
    ['a field that the want_ request lacks', ['sw_interface_event', 'learn_limit=1'], /learn_limit/],
    ['a count that is none', ['sw_interface_event', '--count', '0'], /at least 1/],
  ])('%s: exit code 2 and one line', async (_, args, message) => {
    const mock = await testMock();
    const { code, stderr } = await cli(['watch', ...args, '--socket', mock.socket]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^vppmux: [^\n]+\n$/);
    expect(code).toBe(2);
  });
});
