/** The operation of the README, in one file with one function: all that is promised to come from its declaration does. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createAgent } from '../../src/agent/boot/create-agent.js';
import type { Plugin } from '../../src/agent/plugin/plugin.js';
import { gatewayPlugin } from '../../src/plugins/gateway/plugin.js';
import { httpPlugin } from '../../src/plugins/http/plugin.js';
import { Http } from '../../src/sdk/http.js';
import { directoryWith, recordingLog, taker } from '../agent/support.js';
import { cli } from '../cli/run-cli.js';

const TOKEN = 'write-token-of-the-test';
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [declaration] = /^export const drain = operation\(\{$.*?^\}\);$/ms.exec(readme) ?? [''];
const door = new URL('../../src/sdk/index.ts', import.meta.url).href;

const source = `import { definePlugin, implement, operation, z } from '${door}';
${declaration}
export default definePlugin({
  name: 'uplink', version: '1.0.0', agentApi: 1,
  create: () => ({ operations: [implement(drain, (ctx, { interface: name }) => ({ moved: name.length }))] }),
});
`;

const jsonOf = async (answer: Promise<Response>) => JSON.parse(await (await answer).text());

async function running() {
  const file = join(directoryWith({}), 'uplink.ts');
  writeFileSync(file, source);
  const { default: uplink, drain } = (await import(file)) as { default: Plugin; drain: never };
  const onlooker = taker({ http: Http }, 'onlooker');
  const { log, lines } = recordingLog('debug');
  const settings = { http: { endpoint: '127.0.0.1:0', 'write-token': TOKEN } };
  const plugins = [httpPlugin, gatewayPlugin, uplink, onlooker.plugin];
  const agent = await createAgent({ plugins, settings, log, env: {} });
  onTestFinished(() => agent.close());
  await agent.start();
  const url = onlooker.taken().http.url!;
  const op = (words: string[], token = TOKEN) =>
    cli(['op', '--agent', url, ...words], { env: { VPPMUX_TOKEN: token } });
  return { agent, url, op, drain, file, lines };
}

it('the operation of the README: one declaration and one function', () => {
  expect(declaration).toContain("name: 'uplink.drain'");
  expect([...source.matchAll(/\boperation\(/g)]).toHaveLength(1);
  expect([...source.matchAll(/\bimplement\(/g)]).toHaveLength(1);
});

it('from them alone: the call in the process, the route, the OpenAPI entry, the command, its help, the pages', async () => {
  const { agent, url, op, drain, file } = await running();
  const client = agent.operations.open({ name: 'program', access: 'write' });
  expect(await client.call(drain, { interface: 'eth0' })).toEqual({ moved: 4 });

  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ interface: 'eth10', until: '2026-12-01T00:00:00Z' });
  const answer = await fetch(`${url}/api/uplink/drain`, { method: 'POST', headers, body });
  expect([answer.status, await answer.json()]).toEqual([200, { moved: 5 }]);

  const { paths, components } = await jsonOf(fetch(`${url}/openapi.json`));
  expect(paths['/api/uplink/drain'].post).toMatchObject({
    operationId: 'uplink.drain',
    summary: 'Take the traffic off an uplink',
    security: [{ token: ['write'] }],
  });
  expect(components.schemas['uplink.drain.input']).toMatchObject({
    required: ['interface'],
    properties: { interface: { type: 'string' }, until: { type: 'string', format: 'date-time' } },
  });

  const run = await op(['uplink', 'drain', '--interface', 'eth0', '--until', '2026-12-01T00:00:00Z']);
  expect([run.code, run.stdout]).toEqual([0, '{"moved":4}\n']);
  const { stdout: help } = await op(['uplink', 'drain', '--help']);
  expect(help).toMatch(
    /Take the traffic off an uplink\..*--interface <string> +\(required\).*--until <string>.*It writes/s,
  );

  const page = await (await fetch(`${url}/docs`)).text();
  expect(page).toMatch(/<h2>uplink\.drain<\/h2>\s*<p>Take the traffic off an uplink\.<\/p>/);
  const { stdout: pluginHelp } = await cli(['plugin', 'help', file]);
  expect(pluginHelp).toMatch(
    /uplink\.drain +\(writes\)\n +Take the traffic off an uplink\n +in +interface +string +required/,
  );
});

it('and its checks: who may only read, and what does not fit, is refused on every way, and told in the log', async () => {
  const { agent, url, op, lines } = await running();
  const [reader, writer] = (['read', 'write'] as const).map((access) =>
    agent.operations.open({ name: access, access }),
  );
  await expect(reader.call('uplink.drain', { interface: 'eth0' })).rejects.toMatchObject({ code: 'READ_ONLY' });
  await expect(writer.call('uplink.drain', { until: 'now' })).rejects.toMatchObject({ path: 'interface' });
  const body = JSON.stringify({ interface: 'eth0', until: 'now' });
  const rest = (headers: Record<string, string>) =>
    fetch(`${url}/api/uplink/drain`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  expect((await jsonOf(rest({}))).error).toMatchObject({ code: 'READ_ONLY' });
  const misfit = (await jsonOf(rest({ authorization: `Bearer ${TOKEN}` }))).error;
  expect(misfit).toMatchObject({ code: 'INVALID_INPUT', path: 'until' });
  expect(await op(['uplink', 'drain', '--interface', 'eth0', '--until', 'now'])).toMatchObject({ code: 2 });
  const told = lines.filter(({ msg }) => /^operation uplink\.drain: [A-Z_]+ after \d+/.test(msg));
  expect(told.map(({ msg }) => msg.split(' ')[2])).toEqual([
    ...['READ_ONLY', 'INVALID_INPUT', 'READ_ONLY', 'INVALID_INPUT', 'INVALID_INPUT'],
  ]);
});
