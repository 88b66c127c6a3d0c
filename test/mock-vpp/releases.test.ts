/** The mock serves the definitions of every release. */
import { beforeAll, describe, expect, it } from 'vitest';
import { handlersOf } from '../../mock-vpp/kind.js';
import { KINDS } from '../../mock-vpp/kinds/index.js';
import { type Fields, loadSchema, type Schema } from '../../src/mux/internal.js';
import { rawClient, testMock } from '../support/mock.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { UNANSWERED } from '../support/unanswered.js';

const NOT_AGAIN = new Set(['want_*', 'sockclnt_create', 'sockclnt_delete']);
const handled = Object.keys(handlersOf(KINDS)).filter((name) => !NOT_AGAIN.has(name));

describe.each(['22.10', '23.10', '25.10', '26.06'])('definitions of VPP %s', needs(sharedMissing), (version) => {
  const apiDir = sharedPath('vpp-api', version);
  let schema: Schema;
  beforeAll(async () => {
    schema = await loadSchema(apiDir);
  });

  it('every handler: answers that can be encoded', async () => {
    const failures: string[] = [];
    const mock = await testMock({
      apiDir,
      setup: (dataplane) => void dataplane.addLoopback({ up: true }),
      log: (_, text) => void (/^the handler of .* failed/.test(text) && failures.push(text)),
    });
    const client = await rawClient(mock, schema);
    const isAnswered = (name: string) => name !== 'get_api_json' && !UNANSWERED.has(name);
    const known = handled.filter((name) => schema.find(name) !== undefined && isAnswered(name));
    for (const name of known) client.post(name);
    const last = client.post('control_ping');
    const answered = new Set<string>();
    for (let message = await client.message(); message.fields.context !== last; message = await client.message()) {
      answered.add(message.name);
    }
    const expected = known.map((name) => schema.message(name).def.service!).filter(({ kind }) => kind !== 'dump');
    expect(expected.map(({ reply }) => reply).filter((reply) => !answered.has(reply!))).toEqual([]);
    expect(answered.size).toBeGreaterThan(25);
    expect(failures).toEqual([]);
  });

  it('a route: comes back as it was given', async () => {
    const mock = await testMock({ apiDir, setup: (dataplane) => void dataplane.addLoopback({ up: true }) });
    const client = await rawClient(mock, schema);
    const paths = [{ sw_if_index: 1, weight: 3, nh: { address: { ip4: '10.9.0.2' } } }];
    const route = { prefix: '198.51.100.0/24', paths };
    expect(await client.ask('ip_route_add_del', { is_add: true, route })).toMatchObject({ retval: 0 });
    const found = (await client.dump('ip_route_dump', {})).map((each) => each.route as Fields);
    expect(found.find(({ prefix }) => prefix === '198.51.100.0/24')).toMatchObject({ paths });
  });
});
