/** What can be said of a plugin's configuration by its schema alone. */

import { configSchemaOf } from '../../agent/for-cli.js';
import type { Plugin } from '../../agent/index.js';
import { schemaRows } from '../../json-schema/rows.js';
import type { Finding } from '../output/finding.js';

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

const keysOf = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key).join(', ');
