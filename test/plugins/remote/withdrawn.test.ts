/** Access that is withdrawn while something is under way: it ends, whichever way it came. */

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { directoryWith } from '../../agent/support.js';
import { until } from '../../support/mock.js';
import { rawRemotes } from './socket/world.js';
import { remote } from './support.js';

const EVENT = 'sw_interface_event';

/** An agent whose callers on this machine may write, until `change` says otherwise. */
async function scene(mock = {}) {
  const configDir = directoryWith({ 'http.conf': 'loopback-access: write\n' });
  const all = await remote({ mock, configDir });
  const change = async (access: string) => {
    writeFileSync(join(configDir, 'http.conf'), `loopback-access: ${access}\n`);
    all.agent.reload();
    await until(() => all.http.loopbackAccess === access);
  };
  const open = rawRemotes(all.url);
  const connect = () => open('json', {});
  const channels = () => all.mux.stats().perChannel.filter(({ owner }) => owner?.startsWith('remote'));
  return { ...all, change, connect, channels };
}

async function begun(url: string, headers = {}): Promise<IncomingMessage> {
  const sent = request(url, { headers });
  onTestFinished(() => void sent.destroy());
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
}

it('a WebSocket of a writer who may only read now: is closed with 1008', async () => {
  const { change, connect } = await scene();
  const client = await connect();
  expect(await client.next('hello')).toMatchObject({ access: 'write' });
  await change('read');
  expect(await client.untilClosed()).toMatchObject({ code: 1008 });
  expect(await (await connect()).next('hello')).toMatchObject({ access: 'read' });
});

it.each(['read', 'none'])('an event stream, and what is kept for its return: end (%s)', async (access) => {
  const { change, url, channels } = await scene();
  const response = await begun(`${url}/vpp/events/${EVENT}`);
  response.resume();
  await until(() => channels().length === 1);
  await change(access);
  await once(response, 'end');
  await until(() => channels().length === 0);
});

it('a stream that waits for the return of its client: ends', async () => {
  const { change, url, channels } = await scene();
  const response = await begun(`${url}/vpp/events/${EVENT}`);
  response.destroy();
  await change('none');
  await until(() => channels().length === 0);
});

it('a list under way: ends with an error in its last line', async () => {
  const { change, url } = await scene({ routes: 50_000 });
  const response = await begun(`${url}/vpp/ip_route_v2_dump`);
  response.pause();
  await change('none');
  let text = '';
  for await (const part of response) text += part;
  expect(JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    error: { code: 'UNAVAILABLE', message: expect.stringContaining('not let in any more') },
  });
});

it('the session of a lost socket: ends', async () => {
  const { change, connect, channels } = await scene();
  const client = await connect();
  client.send({ type: 'open', channel: 1 }, { type: 'events', id: 2, channel: 1, message: EVENT, credit: 1 });
  await client.next('ready', 2);
  client.socket.terminate();
  await client.untilClosed();
  await change('none');
  await until(() => channels().length === 0);
});

it('a request whose body comes after that: is refused', async () => {
  const { change, url } = await scene();
  const sent = request(`${url}/vpp/create_loopback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 2 },
  });
  onTestFinished(() => void sent.destroy());
  sent.flushHeaders();
  sent.write('{');
  await change('none');
  sent.end('}');
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(403);
  response.resume();
});
