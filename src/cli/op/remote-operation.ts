/** The operations that an agent has, as its OpenAPI document describes them. */

import { formsOf, isSchema, type JsonSchema, namesIn, propertiesOf } from '../../json-schema/json-schema.js';
import type { Extension } from '../../plugins/protocol.js';

export interface RemoteOperation {
  readonly name: string;
  readonly access: string;
  readonly summary: string;
  readonly description: string;
  /** HTTP path of the operation. */
  readonly path: string;
  /** The dataplanes that it is served at; undefined: at any. */
  readonly dataplanes: readonly string[] | undefined;
  /** Keys that are taken by position. */
  readonly arguments: readonly string[];
  /** The schema of each key of its input. */
  readonly keys: ReadonlyMap<string, JsonSchema>;
  readonly required: ReadonlySet<string>;
  /** Keys of its output that count what went wrong. */
  readonly failures: readonly string[];
  /** Root of the references in the schemas. */
  readonly document: JsonSchema;
}

/** Operations by name. Descriptions without `x-vppmux` are none. */
export function remoteOperations(document: unknown): RemoteOperation[] {
  if (!isSchema(document) || !isSchema(document.paths)) return [];
  return Object.entries(document.paths).flatMap(([path, item]) => {
    const post = isSchema(item) && isSchema(item.post) ? item.post : {};
    const extension = post['x-vppmux'] as Extension | undefined;
    if (extension === undefined) return [];
    const [input = {}] = formsOf(document, at(post, 'requestBody', ...SCHEMA));
    const outputs = formsOf(document, at(post, 'responses', '200', ...SCHEMA));
    return {
      name: extension.operation,
      access: extension.access,
      summary: String(post.summary ?? ''),
      description: String(post.description ?? ''),
      path,
      dataplanes: extension.dataplanes,
      arguments: extension.arguments,
      keys: new Map(Object.entries(propertiesOf(input))),
      required: new Set(namesIn(input.required)),
      failures: outputs.flatMap(countsIn),
      document,
    };
  });
}

const SCHEMA = ['content', 'application/json', 'schema'];

const countsIn = (output: JsonSchema) =>
  Object.entries(propertiesOf(output)).flatMap(([key, schema]) =>
    isSchema(schema) && schema['x-failures'] === true ? [key] : [],
  );

/** Number of failed items, as its output says. */
export function failuresIn({ failures }: RemoteOperation, output: unknown): number {
  if (!isSchema(output)) return 0;
  return failures.reduce((sum, key) => sum + (Number(output[key]) || 0), 0);
}

/** `interface set-state`, as it is typed. */
export const wordsOf = ({ name }: Pick<RemoteOperation, 'name'>): string => name.replaceAll('.', ' ');

const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((part, key) => (isSchema(part) ? part[key] : undefined), value);
