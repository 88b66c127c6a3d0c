/** All that a plugin says of itself, for a person. */

import {
  AGENT_SERVICES,
  type AnyInstance,
  collectionName,
  configSchemaOf,
  configVariable,
  isCollection,
  tokenName,
} from '../../agent/for-cli.js';
import { type Operation, type Plugin, schemasOf, type Tokens } from '../../agent/index.js';
import { type SchemaRow, schemaRows } from '../../json-schema/rows.js';
import { printableLine } from '../../printable.js';
import { hanging } from '../output/hanging.js';
import { wrapped } from '../output/wrap.js';
import { allBuiltIns } from './load-plugin.js';

const HANG = 2;

/** The hooks that an operator may want to know of, with what each is for. */
const CONTROL = {
  configuration: 'changed configuration',
  dataplane: 'VPP comes and goes',
  redundancy: 'another dataplane',
};

/** `made`: what its `create` gave, or why there is nothing. */
export async function pluginHelp(plugin: Plugin, made: AnyInstance | string, width: number): Promise<string[]> {
  const { name, version, agentApi, description, optional, concurrency } = plugin;
  const obsolete = Object.entries(plugin.obsolete).map(([key, text]) => `  ${key}: no longer; ${text}`);
  const rows = rowLines(schemaRows(configSchemaOf(plugin)), width, '  ');
  const texts = (lines: readonly string[]) => wrapped(lines.join('\n'), width, HANG);
  return [
    ...texts([
      `${name} ${version} (agent API ${agentApi}${optional ? '; the agent can live without it' : ''})`,
      ...linesOf(description).map((line) => `  ${line}`),
      '',
      `Requires: ${await tokensText(plugin.requires)}`,
      `Provides: ${Object.values(plugin.provides).map(tokenName).join(', ') || 'nothing'}`,
      ...contributesLine(plugin),
      '',
      `Configuration: ${name}.conf (or .yaml) in --config-dir, --${name}-config FILE or ${configVariable(name)}`,
    ]),
    ...(rows ?? ['  none']),
    ...texts(obsolete),
    '',
    ...(typeof made === 'string'
      ? texts([`Its operations are not known, since it cannot be created: ${printableLine(made)}`])
      : instanceLines(made, width)),
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

function instanceLines(made: AnyInstance, width: number): string[] {
  const hooks = Object.entries(CONTROL).filter(([hook]) => typeof Reflect.get(made, hook) === 'function');
  const operations = (made.operations ?? []).map(({ operation }) => operation);
  return [
    ...wrapped(
      `Reacts to: ${hooks.map(([, what]) => what).join(', ') || 'nothing but its start and end'}`,
      width,
      HANG,
    ),
    '',
    operations.length > 0 ? 'Operations:' : 'Operations: none',
    ...operations.flatMap((operation) => operationLines(operation, width)),
  ];
}

function operationLines(operation: Operation, width: number): string[] {
  const { input, output } = schemasOf(operation);
  const byPosition = operation.arguments.map((key) => ` [${key}]`).join('');
  return [
    ...wrapped(`  ${operation.name}${byPosition}   (${operation.access}s)`, width, HANG),
    ...wrapped([operation.summary, ...linesOf(operation.description)].map((line) => `      ${line}`).join('\n'), width),
    ...(rowLines(schemaRows(input), width, '    in   ') ?? []),
    ...(rowLines(
      schemaRows(output).map((row) => ({ ...row, byDefault: '' })),
      width,
      '    out  ',
    ) ?? []),
  ];
}

const linesOf = (text: string) => (text === '' ? [] : text.trim().split('\n'));

/** Aligned, without columns that none has a text for; undefined when there are no rows. */
function rowLines(rows: readonly SchemaRow[], width: number, indent: string): string[] | undefined {
  if (rows.length === 0) return undefined;
  const texts = rows.map(({ key, type, byDefault, description }) => [key, type, byDefault, description]);
  const used = [0, 1, 2, 3].filter((column) => column === 3 || texts.some((cells) => cells[column] !== ''));
  return hanging(
    texts.map((cells) => used.map((column, at) => (at === 0 ? indent : '') + cells[column])),
    width,
  );
}
