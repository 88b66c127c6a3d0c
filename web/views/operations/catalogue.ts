/** The operations of the agent, as its OpenAPI document declares them. */

import { dataplane } from '../../feed/dataplane.js';
import { connection } from '../../feed/index.js';
import type { Declared, Schema } from './declared.js';

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly post: {
          readonly summary: string;
          readonly description?: string;
          readonly requestBody: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
          readonly 'x-vppmux': {
            readonly operation: string;
            readonly access: 'read' | 'write';
            readonly dataplanes?: readonly string[];
          };
        };
      }
    >
  >;
  readonly components?: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Those that are served at the dataplane that is shown. Rejects with AgentError. */
export async function readCatalogue(): Promise<readonly Declared[]> {
  const { paths, components } = await connection.get<Document>('/openapi.json');
  const resolved = (schema: Schema, depth = 0): Schema => {
    if (depth > 8) return {};
    const { $ref } = schema;
    if ($ref !== undefined) return resolved(components?.schemas[$ref.split('/').at(-1) ?? ''] ?? {}, depth + 1);
    const { items, anyOf, properties } = schema;
    const entries = Object.entries(properties ?? {}).map(([key, each]) => [key, resolved(each, depth + 1)] as const);
    return {
      ...schema,
      ...(items && { items: resolved(items, depth + 1) }),
      ...(anyOf && { anyOf: anyOf.map((each) => resolved(each, depth + 1)) }),
      ...(properties && { properties: Object.fromEntries(entries) }),
    };
  };
  const name = dataplane.current;
  return Object.values(paths)
    .filter(({ post }) => post['x-vppmux'].dataplanes?.includes(name) ?? true)
    .map(({ post: { summary, description = '', requestBody, 'x-vppmux': extension } }): Declared => {
      const input = resolved(requestBody.content['application/json'].schema);
      return { name: extension.operation, access: extension.access, summary, description, input };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
