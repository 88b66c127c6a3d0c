/** A finding for each operation of a plugin: its schemas, and whether they can be understood. */

import type { CatalogueEntry } from '../../agent/index.js';
import type { JsonSchema } from '../../json-schema/json-schema.js';
import { schemaRows } from '../../json-schema/rows.js';
import { reasonOf } from '../../thrown.js';
import type { Finding } from '../output/finding.js';
import type { Running } from './stage.js';

export function* operationFindings({ watch, stage }: Running): Generator<Finding> {
  const { name } = watch.plugin;
  const own = stage.agent.operations.catalogue.filter(
    ({ plugins, operation }) => plugins.includes(name) && operation.name !== watch.idle,
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
  const keys = Object.keys(sides[0][1].properties ?? {}).join(', ');
  const detail = `${operation.name}(${keys}), ${operation.access}s: ${operation.summary}`;
  const shapeless = rows.filter(({ type }) => type === 'anything');
  if (shapeless.length > 0) {
    const fix = 'take a type that JSON can carry: text for a date or a bigint, a list for a set';
    return { check, ok: 'warn', detail: `${detail}; JSON Schema has no word for ${keysOf(shapeless)}`, fix };
  }
  const bare = rows.filter(({ description }) => description === '');
  if (bare.length === 0) return { check, ok: 'yes', detail };
  const fix = "for help and OpenAPI: .describe('…') behind its schema";
  return { check, ok: 'warn', detail: `${detail}; without a description: ${keysOf(bare)}`, fix };
}

const keysOf = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key).join(', ');
