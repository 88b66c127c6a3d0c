/** `/openapi.json`: the catalogue as an OpenAPI 3.1 document, made of the definitions alone. */

import { formsOf } from '../../json-schema/json-schema.js';
import { type Access, type AgentInfo, type CatalogueEntry, HTTP_CODES, OPERATION_CODES } from '../../sdk/index.js';
import { componentsOf, parametersOf, referenceTo } from './embedded-schema.js';
import { DATAPLANE, LONGEST_MS, NDJSON, pathOf, TIMEOUT_HEADER } from './operation-paths.js';

/** No operation is a WebSocket. */
const { UPGRADE_REQUIRED: _, ...ANSWERED } = HTTP_CODES;
const CODES = { ...ANSWERED, ...OPERATION_CODES };

/** `x-vppmux`: what a command needs beyond OpenAPI. */
export interface Extension {
  /** The operation's own name. */
  readonly operation: string;
  readonly access: Access;
  /** Keys that are taken by position, in this order. */
  readonly arguments: readonly string[];
  readonly plugins: readonly string[];
  /** The dataplanes that it is served at, where the agent has several; left out where it has to do with none of them. */
  readonly dataplanes?: readonly string[];
}

export function openApi(
  catalogue: readonly CatalogueEntry[],
  info: Pick<AgentInfo, 'name' | 'version'> & Partial<Pick<AgentInfo, 'dataplanes'>>,
  loopbackAccess: 'none' | Access,
) {
  const schemas = catalogue.flatMap(({ operation: { name }, schemas: { input, output } }) => [
    ...Object.entries(componentsOf(`${name}.input`, input)),
    ...Object.entries(componentsOf(`${name}.output`, output)),
  ]);
  const { dataplanes = [] } = info;
  const isSeveral = dataplanes.length > 1;
  return {
    openapi: '3.1.0',
    info: {
      title: `Operations of the agent ${info.name}`,
      version: info.version,
      description: 'Made of the catalogue of operations as it is now.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(catalogue.map(groupOf))].map((name) => ({ name, description: `Operations ${name}.*` })),
    paths: Object.fromEntries(
      catalogue.map((entry) => [pathOf(entry.operation.name), pathItem(entry, loopbackAccess, isSeveral)]),
    ),
    // Without any operation nothing refers to them.
    components:
      catalogue.length === 0
        ? undefined
        : {
            ...COMPONENTS,
            parameters: { ...COMPONENTS.parameters, ...(isSeveral && { dataplane: dataplaneOf(dataplanes) }) },
            schemas: { ...Object.fromEntries(schemas), error: ERROR },
          },
  };
}

function pathItem(entry: CatalogueEntry, loopbackAccess: 'none' | Access, isSeveral: boolean) {
  const { operation, plugins, dataplanes, schemas } = entry;
  const { name, access, summary, description } = operation;
  const extension: Extension = {
    ...{ operation: name, access, arguments: operation.arguments, plugins },
    ...(isSeveral && dataplanes && { dataplanes }),
  };
  const mayWithout = loopbackAccess === 'write' || loopbackAccess === access;
  const common = {
    summary,
    ...(description !== '' && { description }),
    tags: [groupOf(entry)],
    responses: {
      200: {
        description: 'The output of the operation',
        content: { 'application/json': { schema: referenceTo(`${name}.output`) }, [NDJSON]: { schema: LINE } },
      },
      ...ERRORS,
    },
    // Any one of them is enough; the token's role is named.
    security: [...(mayWithout ? [{}] : []), { token: [access] }],
  };
  const post = {
    operationId: name,
    ...common,
    parameters: [
      { $ref: '#/components/parameters/timeout' },
      ...(isSeveral ? [{ $ref: '#/components/parameters/dataplane' }] : []),
    ],
    requestBody: { required: true, content: { 'application/json': { schema: referenceTo(`${name}.input`) } } },
    'x-vppmux': extension,
  };
  if (access === 'write') return { post };
  const required = new Set(Array.isArray(schemas.input.required) ? schemas.input.required : []);
  const parameters = parametersOf(`${name}.input`, schemas.input).map(([key, schema]) => ({
    name: key,
    in: 'query',
    required: required.has(key),
    ...(typeof schema.description === 'string' && { description: schema.description }),
    ...(isPlain(schemas.input, schema) ? { schema } : { content: { 'application/json': { schema } } }),
  }));
  const get = { operationId: `${name}.GET`, ...common, parameters: [...parameters, ...post.parameters] };
  return { get, post };
}

/** Whether a query carries the value as plain text; objects are JSON in it. */
function isPlain(root: Readonly<Record<string, unknown>>, schema: Readonly<Record<string, unknown>>): boolean {
  return !formsOf(root, schema).some(
    ({ type, items }) => type === 'object' || (type === 'array' && isObjectList(root, items)),
  );
}

const isObjectList = (root: Readonly<Record<string, unknown>>, items: unknown) =>
  formsOf(root, items).some(({ type }) => type === 'object' || type === 'array');

const groupOf = ({ operation }: CatalogueEntry) => operation.name.split('.').slice(0, -1).join('.');

const ERROR = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string', enum: Object.keys(CODES) },
        message: { type: 'string', description: 'For people' },
        path: { type: 'string', description: "Of the input's value that it is about, like routes[3].prefix" },
        requestId: { type: 'string', description: "As in the header x-request-id, and in the agent's log" },
      },
    },
  },
};

const LINE = {
  description: 'A line each: {"progress":{"done","total"}} while it runs, then {"result"} or {"error"}',
  type: 'object',
};

const TIMEOUT = {
  name: TIMEOUT_HEADER,
  in: 'header',
  description: 'Milliseconds that the operation may take; without it operation-timeout of agent.yaml',
  schema: { type: 'integer', minimum: 1, maximum: LONGEST_MS },
};

const dataplaneOf = (names: readonly string[]) => ({
  name: DATAPLANE,
  in: 'query',
  description: 'The dataplane that the operation is for; main where it is left out',
  schema: { type: 'string', enum: names },
});

/** The response for each status, with the codes that have it. */
const RESPONSES = Object.fromEntries(
  [...new Set(Object.values(CODES).map(({ status }) => status))].sort().map((status) => [
    `error-${status}`,
    {
      description: Object.entries(CODES)
        .filter(([, entry]) => entry.status === status)
        .map(([code, { text }]) => `${code}: ${text}`)
        .join('\n'),
      headers: { 'x-request-id': { schema: { type: 'string' } } },
      content: { 'application/json': { schema: referenceTo('error') } },
    },
  ]),
);
const ERRORS = Object.fromEntries(
  Object.keys(RESPONSES).map((name) => [name.slice('error-'.length), { $ref: `#/components/responses/${name}` }]),
);
const COMPONENTS = {
  responses: RESPONSES,
  parameters: { timeout: TIMEOUT },
  securitySchemes: {
    token: { type: 'http', scheme: 'bearer', description: 'read-token or write-token of http.conf' },
  },
};
