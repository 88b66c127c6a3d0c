/** A VPP that lacks the newest version of a message: an older one is used. */

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  aclList,
  bridgeAdd,
  bridgeList,
  bridgeRemove,
  interfaceList,
  routeAdd,
  routeList,
  routeRemove,
} from '../../../src/plugins/index.js';
import { directoryWith } from '../../agent/support.js';
import { ownApiDir } from '../../support/mock.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';
import { mocked } from './support.js';

/** The mock's definitions without these messages and what they are answered with. */
function definitionsLess(file: string, ...gone: string[]): string {
  const apiDir = join(directoryWith({}), 'api');
  cpSync(ownApiDir, apiDir, { recursive: true });
  const path = join(apiDir, `${file}.api.json`);
  const api = JSON.parse(readFileSync(path, 'utf8'));
  const names = gone.flatMap((name) => [name, api.services[name].reply]);
  api.messages = api.messages.filter(([name]: [string]) => !names.includes(name));
  for (const name of gone) delete api.services[name];
  writeFileSync(path, JSON.stringify(api));
  return apiDir;
}

const on = (apiDir: string) =>
  mocked({ apiDir, setup: (dataplane) => void dataplane.addLoopback({ up: true }) }, { govpp: { 'api-dir': apiDir } });

it('without bridge_domain_add_del_v2: the first version; a number must be given', async () => {
  const { mock, client } = await on(definitionsLess('l2', 'bridge_domain_add_del_v2'));
  expect(await client.call(bridgeAdd, { id: 5, interfaces: ['loop0'] })).toMatchObject({
    bridge: { id: 5 },
    changed: true,
  });
  await expect(client.call(bridgeAdd, {})).rejects.toMatchObject({
    code: 'ENOTSUP',
    path: 'id',
    message: 'this VPP cannot choose a number for a bridge domain; give one',
  });
  expect(await client.call(bridgeRemove, { id: 5, force: true })).toMatchObject({ removed: true });
  expect(mock.received('bridge_domain_add_del')).toBe(2);
});

it('without the second versions for routes: the first; who put a route in is not known', async () => {
  const { mock, client } = await on(definitionsLess('ip', 'ip_route_add_del_v2', 'ip_route_v2_dump'));
  const routes = ['10.1.0.0/16 via loop0', '10.2.0.0/16 drop'];
  expect(await client.call(routeAdd, { routes })).toMatchObject({ added: 2 });
  const path = { type: 'via', interface: 'loop0', weight: 1, preference: 0 };
  const listed = await client.call(routeList, { within: '10.1.0.0/16' });
  expect(listed).toMatchObject({ routes: [{ prefix: '10.1.0.0/16', table: 0, paths: [path] }], total: 1 });
  await expect(client.call(routeList, { source: 'API' })).rejects.toMatchObject({ code: 'ENOTSUP', path: 'source' });
  expect(await client.call(routeRemove, { routes })).toMatchObject({ removed: 2 });
  expect(mock.received('ip_route_add_del')).toBe(4);
});

it('without the names of sources: routes all the same', async () => {
  const { client } = await on(definitionsLess('fib', 'fib_source_dump'));
  const { routes } = await client.call(routeList, { within: '0.0.0.0/0', limit: 1 });
  expect(routes[0]).not.toHaveProperty('source');
});

describe('definitions of other releases', needs(sharedMissing), () => {
  it.each(['22.10', '23.10', '25.10', '26.06'])('%s: interfaces, routes, bridges, ACLs', async (release) => {
    const { client } = await on(sharedPath('vpp-api', release));
    expect((await client.call(interfaceList, {})).interfaces).toHaveLength(2);
    expect(await client.call(routeAdd, { routes: ['10.1.0.0/16 via loop0'] })).toMatchObject({ added: 1 });
    expect(await client.call(routeList, { source: 'API' })).toMatchObject({ total: 1 });
    expect(await client.call(bridgeAdd, { id: 7, bvi: 'loop0' })).toMatchObject({ bridge: { bvi: 'loop0' } });
    expect((await client.call(bridgeList, {})).bridges).toHaveLength(1);
    expect(await client.call(aclList, {})).toMatchObject({ acls: [] });
  });
});
