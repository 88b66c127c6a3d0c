/** The OpenAPI document: valid by two libraries of others, and whole. */

import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { greet } from '../../../examples/hello-operation/hello-operation.js';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { type Operation, operation, schemasOf } from '../../../src/agent/operations/operation.js';
import { isSchema } from '../../../src/json-schema/json-schema.js';
import { openApi } from '../../../src/plugins/gateway/openapi.js';
import { Http } from '../../../src/sdk/http.js';
import { recordingLog, taker } from '../../agent/support.js';
import { gateway } from './support.js';

const info = { name: 'vppmux', version: '0.1.0' };
const entryOf = (of: Operation) => ({ operation: of, plugins: ['x'], schemas: schemasOf(of) });

async function problemsIn(document: object): Promise<unknown> {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  return valid ? [] : errors;
}

/** Runs `redocly lint` with its recommended rules: warnings as well. */
async function lintOf(document: object): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'] });
  const found = await lintFromString({ source: JSON.stringify(document), config });
  return found.map(
    ({ severity, ruleId, message, location: [at] }) => `${severity} ${ruleId} ${at?.pointer}: ${message}`,
  );
}

/** References that lead nowhere. */
function broken(document: Record<string, unknown>): string[] {
  const found: string[] = [];
  const look = (value: unknown) => {
    if (Array.isArray(value)) return value.forEach(look);
    if (!isSchema(value)) return;
    for (const [key, item] of Object.entries(value)) {
      if (key !== '$ref' || typeof item !== 'string') {
        look(item);
        continue;
      }
      const target = item
        .slice(2)
        .split('/')
        .reduce<unknown>((at, step) => (isSchema(at) ? at[step] : undefined), document);
      if (target === undefined) found.push(item);
    }
  };
  look(document);
  return found;
}

describe('/openapi.json', () => {
  it('of a running agent: valid OpenAPI 3.1, every reference leads somewhere', async () => {
    const { server } = await gateway();
    const response = await server.inject('/openapi.json');
    expect(response.headers['content-type']).toMatch(/^application\/json/);
    const document = response.json();
    expect(document.openapi).toBe('3.1.0');
    expect(await problemsIn(document)).toEqual([]);
    expect(broken(document)).toEqual([]);
    expect(await lintOf(document)).toEqual([]);
  });

  it('of the operations that come with vppmux: clean', async () => {
    const { builtIns } = await import('../../../src/plugins/built-ins.js');
    const { govpp, http, operations, gateway: own } = builtIns;
    const user = taker({ http: Http });
    const agent = await createAgent({
      plugins: [govpp, http, operations, own, user.plugin],
      log: recordingLog().log,
      env: { VPP_API_SOCKET: '/nowhere/api.sock' },
      settings: { http: { endpoint: '127.0.0.1:0' }, operations: { cli: true } },
    });
    onTestFinished(() => agent.close());
    await agent.start();
    const document = (await user.taken().http.server.inject('/openapi.json')).json();
    expect(Object.keys(document.paths).length).toBeGreaterThan(15);
    expect(await lintOf(document)).toEqual([]);
    expect(broken(document)).toEqual([]);
  });

  it('what is noted on a schema beyond JSON Schema: has the prefix x-; names and data that look like keywords do not', async () => {
    const odd = operation({
      ...{ name: 'odd.one', access: 'write', summary: 'Odd' },
      input: z.object({
        lines: z.array(z.string()).meta({ lines: true, owner: { items: { strange: 1 } } }),
        strange: z.object({ failures: z.int() }).default({ failures: 1 }),
        nested: z.object({ $ref: z.literal('#/$defs/none') }).optional(),
        either: z.union([z.string().meta({ unit: 'bytes' }), z.int()]).optional(),
      }),
      output: z.tuple([z.string().meta({ 'x-own': true })]),
    });
    const document = JSON.parse(JSON.stringify(openApi([entryOf(odd)], info, 'read')));
    const { input, output } = { input: 'odd.one.input', output: 'odd.one.output' };
    expect(document.components.schemas[input].properties).toMatchObject({
      lines: { type: 'array', 'x-lines': true, 'x-owner': { items: { strange: 1 } } },
      strange: { default: { failures: 1 }, properties: { failures: { type: 'integer' } } },
      nested: { properties: { $ref: { const: '#/$defs/none' } } },
      either: { anyOf: [{ 'x-unit': 'bytes' }, { type: 'integer' }] },
    });
    expect(document.components.schemas[output].prefixItems).toEqual([{ type: 'string', 'x-own': true }]);
    expect(await lintOf(document)).toEqual([]);
  });

  it('one that writes: POST alone; its id, its texts, its schemas', async () => {
    const { server } = await gateway();
    const { paths, components } = (await server.inject('/openapi.json')).json();
    const { post, ...rest } = paths['/api/test/set-state'];
    expect(rest).toEqual({});
    expect(post).toMatchObject({
      operationId: 'test.set-state',
      summary: 'Set an interface up or down',
      description: 'As an example of what writes.',
      tags: ['test'],
      security: [{ token: ['write'] }],
      'x-vppmux': {
        operation: 'test.set-state',
        access: 'write',
        arguments: ['interface', 'state'],
        plugins: ['user'],
      },
    });
    expect(components.schemas['test.set-state.input']).toMatchObject({
      required: ['interface'],
      properties: { state: { enum: ['up', 'down'], default: 'up', description: 'What it is to be' } },
      additionalProperties: false,
    });
  });

  it('one that reads: GET with parameters as well', async () => {
    const { server } = await gateway();
    const { get } = (await server.inject('/openapi.json')).json().paths['/api/test/list'];
    expect(get.operationId).toBe('test.list.GET');
    expect(get.security).toEqual([{}, { token: ['read'] }]);
    const parameter = (name: string) => get.parameters.find((one: { name?: string }) => one.name === name);
    expect(parameter('prefix')).toMatchObject({ in: 'query', required: false, description: 'Only what begins so' });
    expect(parameter('max').schema).toMatchObject({ type: 'integer', minimum: 1 });
    expect(parameter('range').content['application/json'].schema).toMatchObject({ type: 'object' });
  });

  it('every code of an error: under its status', async () => {
    const document = openApi([entryOf(greet)], info, 'none');
    const responses = document.components?.responses ?? {};
    expect(responses['error-403'].description).toMatch(/FORBIDDEN: .*\nREAD_ONLY: .*\nEPERM: /);
    expect(Object.keys(document.paths['/api/hello/greet'].post.responses)).toContain('499');
    expect(document.paths['/api/hello/greet'].post.security).toEqual([{ token: ['read'] }]);
  });

  it('nothing to call: valid all the same', async () => {
    expect(await problemsIn(openApi([], info, 'read'))).toEqual([]);
    expect(await lintOf(openApi([], info, 'read'))).toEqual([]);
  });

  it('schemas of every kind: valid', async () => {
    const named = z.object({ a: z.string() }).meta({ id: 'Named thing/1' });
    const odd = operation({
      name: 'odd.one',
      access: 'read',
      summary: 'Everything at once',
      input: z.object({
        any: z.any(),
        unknown: z.unknown().optional(),
        date: z.date().optional(),
        big: z.bigint().optional(),
        nullable: z.string().nullable(),
        tuple: z.tuple([z.string(), z.int()]).optional(),
        record: z.record(z.string(), z.int()).optional(),
        literal: z.literal(['a', 1, null]).optional(),
        named: named.optional(),
        again: z.array(named).optional(),
      }),
      output: z.void(),
    });
    const document = JSON.parse(JSON.stringify(openApi([entryOf(odd)], info, 'read')));
    expect(await problemsIn(document)).toEqual([]);
    expect(await lintOf(document)).toEqual([]);
    expect(broken(document)).toEqual([]);
  });
});
