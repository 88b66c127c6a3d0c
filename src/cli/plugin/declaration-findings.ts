/** Findings about what a plugin declares: its configuration and its operations, by their schemas alone. */

import { configSchemaOf } from '../../agent/for-cli.js';
import type { CatalogueEntry, Plugin } from '../../agent/index.js';
import { type JsonSchema, propertiesOf } from '../../json-schema/json-schema.js';
import { schemaRows } from '../../json-schema/rows.js';
import { reasonOf } from '../../thrown.js';
import type { Finding } from '../output/finding.js';
import type { CheckContext } from './test-agent.js';

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** `file`: where it was read from, and was right. */
export function configFinding(plugin: Plugin, file: string | undefined): Finding {
  const rows = schemaRows(configSchemaOf(plugin));
  if (rows.length === 0) {
    const fix = 'if there is something to set: "config" in definePlugin, a zod object';
    return { check: 'config', ok: 'warn', detail: 'it has no configuration', fix };
  }
  const detail = `${rows.length} ${rows.length === 1 ? 'key' : 'keys'}, ${file === undefined ? 'the defaults' : `${file} is valid`}`;
  const odd = rows.filter(({ key }) => !key.split('.').every((word) => KEBAB.test(word.replace('[]', ''))));
  if (odd.length > 0) return { check: 'config', ok: 'warn', detail: `${detail}; not in kebab case: ${keysOf(odd)}` };
  const bare = rows.filter(({ description }) => description === '');
  if (bare.length === 0) return { check: 'config', ok: 'yes', detail };
  const fix = "for `vppmux plugin help`: .describe('…') behind its schema";
  return { check: 'config', ok: 'warn', detail: `${detail}; without a description: ${keysOf(bare)}`, fix };
}

export function* operationFindings({ recorded, testAgent }: CheckContext): Generator<Finding> {
  const { name } = recorded.plugin;
  const own = testAgent.agent.operations.catalogue.filter(
    ({ plugins, operation }) => plugins.includes(name) && operation.name !== recorded.idle,
  );
  if (own.length === 0) yield { check: 'operations', ok: 'yes', detail: 'none' };
  for (const entry of own) yield operationFinding(entry);
}

function operationFinding(entry: CatalogueEntry): Finding {
  const { operation } = entry;
  const check = 'operations';
  let sides: (readonly [string, JsonSchema])[];
  try {
    sides = [
      ['input', entry.schemas.input],
      ['output', entry.schemas.output],
    ];
  } catch (error) {
    const fix = 'take types that JSON can carry, for REST and the command line';
    return { check, ok: 'no', detail: `${operation.name}: no JSON Schema can be made of it: ${reasonOf(error)}`, fix };
  }
  const rows = sides.flatMap(([side, schema]) => schemaRows(schema, `${side}.`));
  const keys = Object.keys(propertiesOf(sides[0][1])).join(', ');
  const detail = `${operation.name}(${keys}), ${operation.access}s: ${operation.summary}`;
  const shapeless = rows.filter(({ type }) => type === 'anything');
  if (shapeless.length > 0) {
    const fix = 'take a type that JSON can carry: a string for a date or a bigint, a list for a set';
    return { check, ok: 'warn', detail: `${detail}; JSON Schema has no word for ${keysOf(shapeless)}`, fix };
  }
  const bare = rows.filter(({ description }) => description === '');
  if (bare.length === 0) return { check, ok: 'yes', detail };
  const fix = "for help and OpenAPI: .describe('…') behind its schema";
  return { check, ok: 'warn', detail: `${detail}; without a description: ${keysOf(bare)}`, fix };
}

const keysOf = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key).join(', ');
