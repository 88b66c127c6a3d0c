/** `/vpp/openapi.json`: an OpenAPI 3.1 document of all messages of the connected VPP, made of their definitions in small pieces. */

import type { Message } from '../../../mux/index.js';
import { NAMES, PROBLEM_SCHEMA, REFUSAL, TIMEOUT, TOKEN } from './openapi-components.js';
import { OpenApiPaths, type OpenApiSource, tagOf } from './openapi-paths.js';

/** Yields the document in texts that are joined; between two of them others may run. */
export function* openApi(source: OpenApiSource): Generator<string, void> {
  const { schema, table, version, base = '' } = source;
  const paths = new OpenApiPaths(source);
  const info = {
    title: 'Messages of VPP',
    version: version ?? 'unknown',
    description: 'Made of the definitions of the VPP that is connected: a message that it lacks is not in it.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  };
  const asked: Message[] = [];
  for (const [name, { role, crc }] of schema.model.messages) {
    const message = schema.find(name);
    const isAsked = role === 'request' || role === 'event';
    if (isAsked && message !== undefined && table.get(name)?.crc === crc) asked.push(message);
    yield '';
  }
  const tags = [...new Set(asked.map(tagOf))].sort().map((name) => ({ name, description: `Messages of ${name}.api` }));
  yield `{"openapi":"3.1.0","info":${JSON.stringify(info)},"servers":${JSON.stringify([{ url: base === '' ? '/' : base }])},"tags":${JSON.stringify(tags)},"paths":{`;
  let separator = '';
  for (const message of asked) {
    const [path, item] = paths.pathOf(message);
    yield `${separator}${JSON.stringify(path)}:${textOf(item)}`;
    separator = ',\n';
  }
  yield '},"components":{"schemas":{';
  for (const [name, component] of paths.messages) yield `${JSON.stringify(name)}:${textOf(component)},\n`;
  for (const [name, component] of paths.types) yield `${JSON.stringify(name)}:${textOf(component)},\n`;
  yield `"problem":${textOf(PROBLEM_SCHEMA)}},`;
  yield `"parameters":${textOf({ timeout: TIMEOUT, names: NAMES })},"responses":${textOf({ problem: REFUSAL })},`;
  yield `"securitySchemes":${textOf({ token: TOKEN })}}}\n`;
}

const textOf = (part: object) =>
  JSON.stringify(part, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
