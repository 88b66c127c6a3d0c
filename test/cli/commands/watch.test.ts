import { describe, expect, it } from 'vitest';
import type { MockVpp } from '../../../mock-vpp/index.js';
import { kinds } from '../../../mock-vpp/index.js';
import { testMock, until } from '../../support/mock.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';
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
    const before = Date.now();
    mock.dataplane.setAdmin(0, true);
    expect(await run.exit).toBe(0);
    const event = JSON.parse(run.stdout);
    expect(event).toMatchObject({ _event: 'sw_interface_event', sw_if_index: 0, flags: 1, deleted: false });
    expect(Date.parse(event._time)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(event._time)).toBeLessThanOrEqual(Date.now());
    expect(run.stderr).toBe('');
  });

  it('--output csv: a row for each event, markers on stderr', async () => {
    const { mock, run } = await watch(['--count', '2', '--output', 'csv']);
    mock.dataplane.setAdmin(0, true);
    await run.seen(',sw_interface_event,');
    await mock.restart();
    await until(registered(mock));
    mock.dataplane.setAdmin(0, true);
    expect(await run.exit).toBe(0);
    expect(run.stdout).toMatch(
      /^_time,_event,pid,sw_if_index,flags,deleted\n(\S+Z,sw_interface_event,\d+,0,1,false\n){2}$/,
    );
    expect(run.stderr).toMatch(/^vppmux: -- .*made anew.* --$/m);
  });

  it('--output yaml: a document for each event', async () => {
    const { mock, run } = await watch(['--count', '1', '--output', 'yaml']);
    mock.dataplane.setAdmin(0, true);
    expect(await run.exit).toBe(0);
    expect(run.stdout).toMatch(
      /^---\n_time: .*\n_event: sw_interface_event\npid: \d+\nsw_if_index: 0\nflags: 1\ndeleted: false\n$/,
    );
  });

  it('--names: flags by name', async () => {
    const { mock, run } = await watch(['--count', '1', '--names']);
    mock.dataplane.setAdmin(0, true);
    expect(await run.exit).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ sw_if_index: 0, flags: ['IF_STATUS_API_FLAG_ADMIN_UP'] });
  });

  it('on a terminal: readable lines with the time', async () => {
    const { mock, run } = await watch(['--count', '1'], 80);
    await run.seen('watching sw_interface_event; Ctrl-C ends it');
    mock.dataplane.setAdmin(0, true);
    expect(await run.exit).toBe(0);
    expect(run.stdout).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} {2}sw_interface_event .*sw_if_index=0 flags=ADMIN_UP\s+deleted=false\n$/,
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

  it('a reader that goes away while there is no event: ends with 0, its registration undone', async () => {
    const { mock, run } = await watch();
    run.closePipe();
    expect(await run.exit).toBe(0);
    expect(run.stderr).toBe('');
    expect(mock.clients).toEqual([]);
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

  it('an event that VPP sends for a request with a side effect: stderr says so', async () => {
    const mock = await testMock();
    const run = startCli(['watch', 'l2_macs_event', '--count', '1', '--socket', mock.socket]);
    await until(() => mock.clients.some(({ wants }) => wants.length > 0));
    mock.emit('l2_macs_event', { n_macs: 0, mac: [] });
    expect(await run.exit).toBe(0);
    expect(run.stderr).toBe('vppmux: want_l2_macs_events2 is sent for it, which flushes all learnt MAC addresses\n');
    expect(mock.dataplane.of(kinds.l2Learning).ownerPid).toBe(0);
  });
});

describe('watch of an event that no registration switches on', needs(sharedMissing), () => {
  const apiDir = sharedPath('vpp-api', '26.06');

  it('without fields: exit code 2, and the request with its fields', async () => {
    const mock = await testMock({ apiDir });
    for (const [event, request] of [
      ['ping_finished_event', 'want_ping_finished_events'],
      ['dhcp_compl_event', 'dhcp_client_config'],
      ['nat44_ei_ha_resync_completed_event', 'nat44_ei_ha_resync'],
    ]) {
      const { code, stderr } = await cli(['watch', event, '--socket', mock.socket, '--api-dir', apiDir]);
      expect(stderr).toContain(`VPP sends it to whoever sent ${request}`);
      expect(code).toBe(2);
      expect(mock.received(request)).toBe(0);
    }
  });

  it('with fields: the request is sent with them', async () => {
    const mock = await testMock({ apiDir });
    mock.handle('want_ping_finished_events', () => 0);
    const args = ['ping_finished_event', 'address=192.0.2.1', 'repeat=3', '--count', '1'];
    const run = startCli(['watch', ...args, '--socket', mock.socket, '--api-dir', apiDir]);
    await until(() => mock.received('want_ping_finished_events') > 0);
    expect(mock.receivedMessages('want_ping_finished_events')).toMatchObject([
      { fields: { address: '192.0.2.1', repeat: 3 } },
    ]);
    mock.inject('ping_finished_event', { request_count: 3, reply_count: 2 });
    expect(await run.exit).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ request_count: 3, reply_count: 2 });
    expect(run.stderr).toMatch(/^vppmux: want_ping_finished_events is sent for it, which sends pings[^\n]+\n$/);
  });
});
