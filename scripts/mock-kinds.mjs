/**
 * `npm run mock:kinds`: writes what derives from the mock's kinds: the table in docs/mock.md, and mock-vpp/api, cut out of a
 * directory of VPP's `.api.json` files. A file with a request of the mock's kinds keeps all its messages, since clients check the
 * CRCs of all messages of a file they use, and of its types those that they need; comments go. `-- DIR` names another directory
 * than that of VPP 26.06 in VPPMUX_SHARED.
 */

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNode, ensureBuilt, ensureInstalled, orExplain, root, StepFailed, say } from './tree.mjs';

const SUFFIX = '.api.json';

/** The table in docs/mock.md stands between these. */
export const TABLE = /(<!-- kinds: npm run mock:kinds -->\n)[\s\S]*?(<!-- \/kinds -->)/;

/** Types come before what needs them; the order within each is VPP's. */
const TYPE_LISTS = ['types', 'unions', 'enums', 'enumflags'];

/** File name → its text, for the files of `directory` that have one of these requests. */
export function cutDefinitions(directory, requests) {
  const names = new Set(requests);
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(SUFFIX))
    .sort();
  const cut = files.flatMap((file) => {
    const api = JSON.parse(readFileSync(join(directory, file), 'utf8'));
    return api.messages.some(([name]) => names.has(name)) ? [[basename(file), textOf(api)]] : [];
  });
  return new Map(cut);
}

/** The table of what the mock serves: a row for each kind. */
export function tableOf(kinds, requestsOf) {
  const rows = kinds.map((kind) => {
    const commands = Object.keys(kind.commands ?? {}).map((command) => `\`${command}\``);
    const served = requestsOf(kind).map((name) => `\`${name}\``);
    return `| ${kind.title} | ${served.join(', ')} | ${commands.join(', ')} |\n`;
  });
  return `| kind | requests | CLI |\n|---|---|---|\n${rows.join('')}`;
}

function textOf(api) {
  const messages = withoutComments(api.messages);
  const needed = typesOf(api, messages);
  const of = (list) => firstOfEach(list).filter(([name]) => needed.has(name));
  const parts = [
    `"module": ${JSON.stringify(api.module ?? api.services.module)}`,
    ...TYPE_LISTS.map((list) => `"${list}": ${lines(withoutComments(of(api[list])).map(text), '[]')}`),
    `"messages": ${lines(messages.map(text), '[]')}`,
    `"services": ${lines(Object.entries(api.services).map(entry), '{}')}`,
    `"aliases": ${lines(of(Object.entries(api.aliases)).map(entry), '{}')}`,
    `"options": ${lines(Object.entries(api.options).map(entry), '{}')}`,
    `"vl_api_version": ${JSON.stringify(api.vl_api_version)}`,
    ...['imports', 'counters', 'paths'].map((list) => `"${list}": []`),
  ];
  return `{\n${parts.map((part) => `  ${part}`).join(',\n')}\n}\n`;
}

/** Names of the types that the messages use, and those that these use. */
function typesOf(api, messages) {
  const users = new Map([
    ...TYPE_LISTS.flatMap((list) => api[list]).map(([name, ...fields]) => [
      name,
      fields.filter(Array.isArray).map(([type]) => type),
    ]),
    ...Object.entries(api.aliases).map(([name, { type }]) => [name, [type]]),
  ]);
  const needed = new Set();
  const need = (type) => {
    const name = /^vl_api_(.*)_t$/.exec(type)?.[1];
    if (name === undefined || needed.has(name)) return;
    needed.add(name);
    for (const each of users.get(name) ?? []) need(`${each}`);
  };
  for (const [, ...fields] of messages) for (const [type] of fields.filter(Array.isArray)) need(type);
  return needed;
}

/** VPP's words stay out: only facts are taken. An annotation that was nothing but a comment goes with it. */
function withoutComments(value) {
  if (Array.isArray(value)) return value.map(withoutComments).filter((part) => part !== undefined);
  if (value === null || typeof value !== 'object') return value;
  const { comment, ...facts } = value;
  return comment !== undefined && Object.keys(facts).length === 0 ? undefined : facts;
}

/** A type that several imports have is listed as often in VPP's files. */
function firstOfEach(list) {
  return [...new Map([...list].reverse().map((each) => [each[0], each])).values()].reverse();
}

function lines(items, [open, close]) {
  return items.length === 0
    ? `${open}${close}`
    : `${open}\n${items.map((item) => `    ${item}`).join(',\n')}\n  ${close}`;
}

function entry([name, value]) {
  return `${JSON.stringify(name)}: ${text(value)}`;
}

/** JSON in one line, with a space behind commas and colons. */
function text(value) {
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value).map(entry).join(', ')}}`;
}

async function main([directory = resolve(root, process.env.VPPMUX_SHARED || '../shared', 'vpp-api', '26.06')]) {
  orExplain(() => {
    checkNode();
    ensureInstalled();
    ensureBuilt();
  });
  const { requestsOf, servedRequests } = await import('../dist/mock-vpp/kind.js');
  const { KINDS } = await import('../dist/mock-vpp/kinds/index.js');
  orExplain(() => {
    if (!existsSync(directory)) {
      const where = '`-- DIR` names another directory, such as /usr/share/vpp/api; VPPMUX_SHARED the shared material';
      throw new StepFailed(`no definitions of VPP 26.06 in ${directory}: it is not there. ${where}`);
    }
    const cut = cutDefinitions(directory, servedRequests(KINDS));
    const defined = [...cut.values()].flatMap((text) => JSON.parse(text).messages.map(([name]) => name));
    const unknown = servedRequests(KINDS).filter((name) => !defined.includes(name));
    if (unknown.length > 0) throw new StepFailed(`no definition in ${directory} of ${unknown.join(', ')}: misspelt?`);
    const own = join(root, 'mock-vpp', 'api');
    for (const file of readdirSync(own)) if (file.endsWith(SUFFIX) && !cut.has(file)) rmSync(join(own, file));
    for (const [file, text] of cut) writeFileSync(join(own, file), text);
    const page = join(root, 'docs', 'mock.md');
    const table = `$1${tableOf(KINDS, requestsOf)}$2`;
    writeFileSync(page, readFileSync(page, 'utf8').replace(TABLE, table));
    say(`mock-vpp/api has ${cut.size} files`);
  });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2));
}
