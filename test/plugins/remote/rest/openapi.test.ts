/** The OpenAPI document of VPP's messages: valid by two libraries of others, and whole. */

import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../../../src/mux/codec/codec.js';
import { loadSchema } from '../../../../src/mux/codec/load.js';
import { openApi } from '../../../../src/plugins/remote/rest/openapi.js';
import { ownSchema } from '../../../support/mock.js';
import { needs } from '../../../support/needs.js';
import { sharedMissing, sharedPath } from '../../../support/shared.js';
import { jsonOf, remote } from '../support.js';

const tableOf = ({ model }: Schema) =>
  new Map([...model.messages.values()].map(({ name, crc }, id) => [name, { name, crc, id }]));

// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
function documentOf(schema: Schema): any {
  const source = { schema, table: tableOf(schema), version: '26.06', loopbackAccess: 'read' } as const;
  return JSON.parse([...openApi(source)].join(''));
}

const namesIn = ({ parameters }: { parameters: readonly { name: string }[] }) => parameters.map(({ name }) => name);

async function problemsIn(document: object): Promise<unknown> {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  return valid ? [] : errors;
}

/** Runs `redocly lint` with its recommended rules: warnings as well. */
async function lintOf(document: object): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'], rules: { 'operation-4xx-response': 'off' } });
  const found = await lintFromString({ source: JSON.stringify(document), config });
  return found.map(
    ({ severity, ruleId, message, location: [at] }) => `${severity} ${ruleId} ${at?.pointer}: ${message}`,
  );
}

describe('/vpp/openapi.json', () => {
  it('of the mock: valid OpenAPI 3.1', async () => {
    const { get } = await remote();
    const response = await get('/vpp/openapi.json');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const document = await jsonOf(response);
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: expect.stringContaining('26.06') } });
    expect(Object.keys(document.paths).length).toBeGreaterThan(600);
    expect(await problemsIn(document)).toEqual([]);
    expect(await lintOf(document)).toEqual([]);
  });

  it.each(['22.10', '23.10', '25.10', '26.06'])(
    'of VPP %s: valid, with every message',
    needs(sharedMissing),
    async (release) => {
      const schema = await loadSchema(sharedPath('vpp-api', release));
      const document = documentOf(schema);
      const asked = [...schema.model.messages.values()].filter(({ role }) => role === 'request' || role === 'event');
      expect(Object.keys(document.paths)).toHaveLength(asked.length);
      expect(await problemsIn(document)).toEqual([]);
    },
  );

  it('a request that reads: GET with its fields as parameters, POST with them in JSON', async () => {
    const { paths, components } = documentOf(await ownSchema());
    const { get, post } = paths['/vpp/ip_route_v2_dump'];
    expect(get.parameters.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['src', 'table.table_id', 'table.is_ip6', 'table.name']),
    );
    expect(post.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/ip_route_v2_dump',
    });
    const row = { $ref: '#/components/schemas/ip_route_v2_details' };
    expect(get.responses[200].content).toEqual({
      'application/json': { schema: { type: 'array', items: row } },
      'application/x-ndjson': { schema: row },
    });
    expect(components.schemas.ip_route_v2_details).toMatchObject({ required: ['route'] });
    expect(components.schemas.vl_api_ip_route_v2_t.properties).toMatchObject({
      prefix: { type: 'string' },
      n_paths: { type: 'integer', description: expect.stringContaining('count') },
      paths: { type: 'array', items: { $ref: '#/components/schemas/vl_api_fib_path_t' } },
    });
  });

  it('one that writes: POST alone, with the token', async () => {
    const { paths, components } = documentOf(await ownSchema());
    expect(paths['/vpp/create_loopback']).toEqual({
      post: expect.objectContaining({ security: [{ token: ['write'] }] }),
    });
    expect(components.schemas.create_loopback.properties.mac_address).toMatchObject({ type: 'string' });
    expect(components.schemas.create_loopback.required).toBeUndefined();
  });

  it('an event: a stream', async () => {
    const { paths } = documentOf(await ownSchema());
    const { get } = paths['/vpp/events/sw_interface_event'];
    expect(Object.keys(get.responses[200].content)).toEqual(['text/event-stream']);
    expect(namesIn(get)).toEqual(['subscribe', 'last-event-id']);
  });

  it('an event that VPP sends for some fields: has them as parameters', async () => {
    const { paths } = documentOf(await ownSchema());
    const { get } = paths['/vpp/events/ip_neighbor_event_v2'];
    expect(namesIn(get)).toEqual(['ip', 'sw_if_index', 'subscribe', 'last-event-id']);
  });

  it('names of enums: can be asked for of each answer', async () => {
    const { paths, components } = documentOf(await ownSchema());
    const names = { $ref: '#/components/parameters/names' };
    for (const { parameters } of Object.values<{ parameters: object[] }>(paths['/vpp/sw_interface_dump'])) {
      expect(parameters).toContainEqual(names);
    }
    expect(components.parameters.names).toMatchObject({ name: 'names', in: 'query', schema: { type: 'boolean' } });
  });

  it('made while others are served: in slices, once for all who ask', async () => {
    const { get } = await remote();
    const [one, two, other] = await Promise.all([
      get('/vpp/openapi.json'),
      get('/vpp/openapi.json'),
      get('/vpp/show_version'),
    ]);
    expect(await one.text()).toBe(await two.text());
    expect(other.status).toBe(200);
  });

  it('without a VPP: 503', async () => {
    const { get } = await remote({ vpp: false });
    expect((await get('/vpp/openapi.json')).status).toBe(503);
  });
});
