/** The commands for wishes against an agent that carries them out, on a mock. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { desiredStatePlugin } from '../../../src/plugins/desired-state/plugin.js';
import { gatewayPlugin } from '../../../src/plugins/gateway/plugin.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { Mux } from '../../../src/sdk/mux.js';
import { recordingLog, taker } from '../../agent/support.js';
import { testMock } from '../../support/mock.js';
import { cli } from '../run-cli.js';

const ONE = 'loopbacks:\n  loop0: { addresses: [ 192.0.2.1/24 ] }\n';
const TWO = 'loopbacks:\n  loop0: { addresses: [ 192.0.2.1/24 ] }\n  loop1: {}\n';

async function world() {
  const mock = await testMock();
  const stateDir = mkdtempSync(join(tmpdir(), 'vppmux-wish-'));
  const user = taker({ http: Http, mux: Mux });
  const agent = await createAgent({
    plugins: [govppPlugin(), httpPlugin, gatewayPlugin, desiredStatePlugin, user.plugin],
    log: recordingLog('info').log,
    env: {},
    settings: {
      govpp: { 'binapi-socket-path': mock.socket, 'health-check-probe': 'none' },
      http: { endpoint: '127.0.0.1:0', 'loopback-access': 'write' },
      'desired-state': { 'state-dir': stateDir },
    },
  });
  onTestFinished(async () => {
    await agent.close();
    rmSync(stateDir, { recursive: true, force: true });
  });
  await agent.start();
  const { http, mux } = user.taken();
  await mux.ready();
  const run = (words: readonly string[], stdin?: string) => cli([...words, '--agent', http.url ?? ''], { stdin });
  return { mock, run, channel: mux.channel() };
}

it('plan, apply, drift, rollback, confirm and history: what one does, the next ones see', async () => {
  const { run, channel } = await world();
  expect(await run(['wish'])).toMatchObject({ code: 1, stdout: expect.stringContaining('no wish was applied') });
  expect(await run(['drift'])).toMatchObject({ code: 1, stderr: expect.stringContaining('no wish was applied') });
  const planned = await run(['plan', '-'], ONE);
  expect(planned).toMatchObject({ code: 2, stdout: expect.stringContaining('+ address/loop0 192.0.2.1/24\n') });
  expect(await run(['plan', '-', '--as-cli'], ONE)).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('vppcfg sync'),
  });

  expect(await run(['apply', '-'], ONE)).toMatchObject({ code: 0, stdout: planned.stdout });
  expect(await run(['plan', '-'], ONE)).toMatchObject({ code: 0, stdout: '' });
  expect(await run(['wish'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^state: +applied/) });
  expect(await run(['drift'])).toMatchObject({ code: 0, stdout: '' });

  await channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: 0 });
  expect(await run(['drift'])).toMatchObject({ code: 2, stdout: expect.stringMatching(/^~ admin-state\/loop0 /) });

  const applied = await run(['apply', '-', '--confirm', '1h', '--json'], TWO);
  expect(JSON.parse(applied.stdout)).toMatchObject({ revision: 2, state: 'applied', unconfirmed: { back: 1 } });
  expect((await run(['rollback'])).stderr).toContain('back to wish 1');
  await run(['apply', '-', '--confirm', '1h'], TWO);
  expect(await run(['confirm'])).toMatchObject({ code: 0, stderr: 'vppmux: wish 3 is confirmed\n' });
  expect(await run(['rollback', '1'])).toMatchObject({ code: 0, stdout: expect.stringContaining('- loopback/loop1') });
  const states = (await run(['history'])).lines
    .map((line) => JSON.parse(line))
    .map(({ revision, state }) => [revision, state]);
  expect(states).toEqual([
    [4, 'present'],
    [3, 'past'],
    [2, 'taken-back'],
    [1, 'past'],
  ]);
  expect(await run(['history', '3'])).toMatchObject({ code: 0, stdout: TWO });
});

it('mistakes, and too many deletions: nothing is changed', async () => {
  const { run } = await world();
  expect(await run(['apply', '-'], 'loopbacks: { loop0: { mtu: 1 } }\n')).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^stdin:1:\d+: .*1 is less than 128/),
  });
  await run(['apply', '-'], TWO);
  const { code, stderr } = await run(['apply', '-', '--allow-deletions', '0'], ONE);
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('--allow-deletions COUNT') });
  expect(await run(['wish'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^wish: +1,/m) });
});
