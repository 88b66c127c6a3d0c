import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { channelToMock } from '../../vpp/support.js';
import { fulfil } from '../../wish/reconcile/support.js';
import { cli } from '../run-cli.js';

const LOOP = 'loopbacks:\n  loop0: { addresses: [ 192.0.2.1/24 ] }\n';

function wish(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-plan-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'vpp.yaml');
  writeFileSync(file, text);
  return file;
}

async function world() {
  const { mock, channel } = await channelToMock();
  return { channel, plan: (...words: string[]) => cli(['plan', ...words, '--socket', mock.socket]) };
}

describe('plan', () => {
  it('what would be created, changed and deleted: a line each, exit code 2', async () => {
    const { plan, channel } = await world();
    await fulfil(channel, 'loopbacks:\n  loop0: {}\n  loop1: { addresses: [ 198.51.100.1/24 ] }\n');
    await channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: 0 });
    const { code, lines, stderr } = await plan(wish(LOOP));
    expect({ code, lines }).toEqual({
      code: 2,
      lines: [
        '- address/loop1 198.51.100.1/24',
        '- loopback/loop1',
        '+ address/loop0 192.0.2.1/24',
        expect.stringMatching(/^~ admin-state\/loop0 *isUp: false → true$/),
      ],
    });
    expect(stderr).toBe(
      "vppmux: 4 changes: 1 created, 1 changed, 2 deleted; VPP's workers stop for 4 of 4 messages (*)\n",
    );
  });

  it('nothing to do: exit code 0', async () => {
    const { plan, channel } = await world();
    await fulfil(channel, LOOP);
    expect(await plan(wish(LOOP))).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'vppmux: nothing to do: VPP is as wished\n',
    });
  });

  it('--messages: each below its change, with its cost', async () => {
    const { plan } = await world();
    const { lines } = await plan(wish(LOOP), '--messages');
    expect(lines.slice(0, 2)).toEqual([
      '+ loopback/loop0',
      '  * create_loopback_instance {"mac_address":"00:00:00:00:00:00","is_specified":true,"user_instance":0}',
    ]);
  });

  it('--json: one object, with before, after, reason and messages', async () => {
    const { plan, channel } = await world();
    await fulfil(channel, LOOP);
    const { code, stdout } = await plan(wish('loopbacks:\n  loop0: {}\n'), '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      changes: [
        {
          action: 'delete',
          key: 'address/loop0 192.0.2.1/24',
          reason: 'is not in the wish',
          before: expect.objectContaining({ interface: 'loop0', prefix: '192.0.2.1/24' }),
          messages: [
            {
              name: 'sw_interface_add_del_address',
              fields: { sw_if_index: 1, prefix: '192.0.2.1/24', is_add: false },
              stopsWorkers: true,
            },
          ],
        },
      ],
      pending: [],
      counts: { create: 0, change: 0, delete: 1, pending: 0 },
    });
  });

  it.each([
    ['json', /^\{"objects":\[\{"key":"loopback\/loop0","kind":"loopback","state":"missing"/],
    ['dot', /^digraph wish \{[^}]*"loopback\/loop0\\nmissing/],
    ['mermaid', /^flowchart LR\n/],
  ])('--graph %s: objects, their states and what they need', async (format, text) => {
    const { plan } = await world();
    const { code, stdout } = await plan(wish(LOOP), '--graph', format);
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringMatching(text) });
  });

  it('--as-cli: lines in the blocks of vppcfg', async () => {
    const { plan } = await world();
    const { code, lines } = await plan(wish(LOOP), '--as-cli');
    expect({ code, first: lines[0] }).toEqual({
      code: 2,
      first: expect.stringMatching(/^comment \{ vppcfg create: \d/),
    });
    expect(lines).toContain('set interface ip address loop0 192.0.2.1/24');
  });

  it('what cannot be as wished: one line for all that need the same, exit code 2', async () => {
    const { plan } = await world();
    const { code, lines, stderr } = await plan(
      wish('interfaces:\n  GigabitEthernet3/0/0: { addresses: [ 192.0.2.1/24 ] }\n'),
    );
    expect({ code, lines, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be as wished') });
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^! 4 objects {2}need interface\/GigabitEthernet3\/0\/0, which is not there: .*address\/GigabitEthernet3\/0\/0 192/,
      ),
    );
  });

  it.each([
    ['a wish with mistakes', ['-'], 'loopbacks: { loop0: { mtu: 1 } }\n', /stdin:1:\d+: .*1 is less than 128/],
    ['a file that there is not', ['/nowhere/vpp.yaml'], undefined, /no such file/],
    ['an option that there is not', ['x', '--bad'], undefined, /unknown option '--bad'/],
    ['--json of a wish with mistakes', ['-', '--json'], 'loopbacks: 7\n', /"valid":false/],
  ])('%s: exit code 1, as 2 says that something would change', async (_, words, stdin, said) => {
    const { code, stdout, stderr } = await cli(['plan', ...words, '--socket', '/nowhere/api.sock'], { stdin });
    expect({ code, said: stdout + stderr }).toEqual({ code: 1, said: expect.stringMatching(said) });
  });

  it('no VPP: exit code 3', async () => {
    expect(await cli(['plan', wish(LOOP), '--socket', '/nowhere/api.sock'])).toMatchObject({ code: 3 });
  });
});
