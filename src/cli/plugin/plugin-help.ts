/** All that a plugin says of itself, for a person. */

import { collectionName, isCollection } from '../../agent/collection.js';
import { configSchemaOf } from '../../agent/config/config-schema.js';
import { configVariable } from '../../agent/config/locate.js';
import { type Operation, schemasOf } from '../../agent/operations/operation.js';
import type { AnyInstance, Plugin } from '../../agent/plugin.js';
import { type JsonSchema, type SchemaRow, schemaRows } from '../../agent/schema-rows.js';
import { AGENT_SERVICES } from '../../agent/services.js';
import { type Tokens, tokenName } from '../../agent/token.js';
import { allBuiltIns } from './providers.js';

/** The hooks that an operator may want to know of, with what each is for. */
const CONTROL = {
  configuration: 'changed configuration',
  dataplane: 'VPP comes and goes',
  redundancy: 'another dataplane',
};

/** `made`: what its `create` gave, or why there is nothing. */
export async function pluginHelp(plugin: Plugin, made: AnyInstance | string): Promise<string[]> {
  const { name, version, agentApi, description, optional, concurrency } = plugin;
  const obsolete = Object.entries(plugin.obsolete).map(([key, text]) => `  ${key}: no longer; ${text}`);
  return [
    `${name} ${version} (agent API ${agentApi}${optional ? '; the agent can live without it' : ''})`,
    ...linesOf(description).map((line) => `  ${line}`),
    '',
    `Requires: ${await tokensText(plugin.requires)}`,
    `Provides: ${Object.values(plugin.provides).map(tokenName).join(', ') || 'nothing'}`,
    ...contributesLine(plugin),
    '',
    `Configuration: ${name}.conf (or .yaml) in --config-dir, --${name}-config FILE or ${configVariable(name)}`,
    ...(rowLines(schemaRows(configSchemaOf(plugin))) ?? ['  none']),
    ...obsolete,
    '',
    ...(typeof made === 'string'
      ? [`Its operations are not known, since it cannot be created: ${made}`]
      : instanceLines(made)),
    ...(concurrency === 'parallel' ? [] : [`  Concurrency: ${concurrency}`]),
  ];
}

function contributesLine({ contributes = {} }: Plugin): string[] {
  const names = Object.values(contributes).map(collectionName);
  return names.length === 0 ? [] : [`Contributes to: ${names.join(', ')}`];
}

async function tokensText(tokens: Tokens): Promise<string> {
  const all = await allBuiltIns();
  const texts = Object.values(tokens).map((token) => {
    const provider = all.find(({ provides }) => Object.values(provides).includes(token));
    const of = provider
      ? ` of ${provider.name}`
      : AGENT_SERVICES.has(token) || isCollection(token)
        ? ''
        : ' (of no plugin that comes with vppmux)';
    return `${tokenName(token)}${of}`;
  });
  return texts.join(', ') || 'nothing';
}

function instanceLines(made: AnyInstance): string[] {
  const hooks = Object.entries(CONTROL).filter(([hook]) => typeof Reflect.get(made, hook) === 'function');
  const operations = (made.operations ?? []).map(({ operation }) => operation);
  return [
    `Takes note of: ${hooks.map(([, what]) => what).join(', ') || 'nothing but its start and end'}`,
    '',
    operations.length > 0 ? 'Operations:' : 'Operations: none',
    ...operations.flatMap(operationLines),
  ];
}

function operationLines(operation: Operation): string[] {
  const { input, output } = schemasOf(operation);
  const byPosition = operation.arguments.map((key) => ` [${key}]`).join('');
  return [
    `  ${operation.name}${byPosition}   (${operation.access}s)`,
    ...[operation.summary, ...linesOf(operation.description)].map((line) => `      ${line}`),
    ...(rowLines(schemaRows(input as JsonSchema), '    in   ') ?? []),
    ...(rowLines(
      schemaRows(output as JsonSchema).map((row) => ({ ...row, byDefault: '' })),
      '    out  ',
    ) ?? []),
  ];
}

const linesOf = (text: string) => (text === '' ? [] : text.trim().split('\n'));

/** Aligned; undefined when there are none. */
function rowLines(rows: readonly SchemaRow[], indent = '  '): string[] | undefined {
  if (rows.length === 0) return undefined;
  const texts = rows.map(({ key, type, byDefault, description }) => [key, type, byDefault, description]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...texts.map((cells) => cells[column].length)));
  const shown = (cells: readonly string[]) =>
    cells.map((text, column) => text.padEnd(widths[column])).filter((_, column) => widths[column] > 0);
  return texts.map((cells) => `${indent}${shown(cells).join('  ')}`.trimEnd());
}
