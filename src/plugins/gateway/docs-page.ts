/** `/docs`: the catalogue as a page for people, made of the definitions alone. It loads nothing, and runs nothing. */

import { type JsonSchema, namesIn } from '../../json-schema/json-schema.js';
import { type SchemaRow, schemaRows, typeText } from '../../json-schema/rows.js';
import type { AgentInfo, CatalogueEntry } from '../../sdk/index.js';
import { API_PATH, OPENAPI_PATH, pathOf } from './operation-paths.js';

/** Headers of the page: a browser may show it, and neither run nor load anything. */
export const DOCS_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'content-type': 'text/html; charset=utf-8',
  'x-content-type-options': 'nosniff',
} as const;

export function docsPage(
  catalogue: readonly CatalogueEntry[],
  info: Pick<AgentInfo, 'name' | 'version'>,
  url = 'http://127.0.0.1:9191',
): string {
  const title = `Operations of ${escaped(info.name)} ${escaped(info.version)}`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head>
<body>
<h1>${title}</h1>
<p>What the plugins of this agent can do. For programs: <a href="${OPENAPI_PATH}">${OPENAPI_PATH}</a>, <a href="${API_PATH}">${API_PATH}</a>.</p>
<table>${catalogue.map(listed).join('')}</table>
${catalogue.map((entry) => section(entry, url)).join('\n')}
</body>
</html>
`;
}

const listed = ({ operation: { name, access, summary } }: CatalogueEntry) =>
  `<tr><td><a href="#${name}">${name}</a></td><td>${access}</td><td>${escaped(summary)}</td></tr>`;

function section({ operation, plugins, schemas }: CatalogueEntry, url: string): string {
  const { name, access, summary, description } = operation;
  const values = operation.arguments.map((key) => ` [${key}]`).join('');
  const paragraphs = description.split(/\n\n+/).filter((text) => text.trim() !== '');
  return `<section id="${name}">
<h2>${name}</h2>
<p>${escaped(summary)}.</p>
${paragraphs.map((text) => `<p>${escaped(text)}</p>`).join('')}
<p>${access === 'write' ? 'It writes: callers need write access' : 'It only reads'}. Served by ${escaped(plugins.join(', then '))}.</p>
<pre>vppmux op ${name.replaceAll('.', ' ')}${values}
${access === 'read' ? 'GET or POST' : 'POST'} ${pathOf(name)}
${escaped(curlLine(name, access, schemas.input, url))}</pre>
${keys('Takes', schemas.input, schemaRows(schemas.input))}
${keys('Gives', schemas.output, schemaRows(schemas.output).map(given))}
</section>`;
}

/** A line of curl to copy: with the required keys, whose values are to be filled in, and the token where the operation writes. */
function curlLine(name: string, access: string, input: JsonSchema, url: string): string {
  const required = namesIn(input.required);
  const body = `'${JSON.stringify(Object.fromEntries(required.map((key) => [key, '…'])))}'`;
  const address = `${url}${pathOf(name)}`;
  if (access === 'read') return required.length === 0 ? `curl ${address}` : `curl ${address} --json ${body}`;
  return `curl ${address} -H "Authorization: Bearer $TOKEN" --json ${body}`;
}

/** The keys of an object; the type of anything else. */
function keys(heading: string, schema: JsonSchema, rows: readonly SchemaRow[]): string {
  if (rows.length > 0) return `<h3>${heading}</h3>\n<table>${rows.map(row).join('')}</table>`;
  return `<h3>${heading}</h3>\n<p>${schema.properties === undefined ? escaped(typeText(schema)) : 'nothing'}</p>`;
}

/** A row of an output: default and `required` mean something to callers only. */
const given = (row: SchemaRow): SchemaRow => ({ ...row, byDefault: '' });

const row = (cells: SchemaRow) =>
  `<tr>${[cells.key, cells.type, cells.byDefault, cells.description].map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`;

/** Escapes a text, which may come from a plugin. */
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `body { font: 15px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }
section { border-top: 1px solid #8888; margin-top: 2em } pre, td:first-child { font-family: monospace }
td { padding: 0 1.2em .2em 0; vertical-align: top } pre { background: #8882; padding: .6em }
:root { color-scheme: light dark }`;
