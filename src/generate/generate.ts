/**
 * Definitions → TypeScript declarations: a pure function, the same text for the same definitions. A file for each
 * `.api.json`, `messages.d.ts` with the map of all, `index.d.ts` that augments the map of `vppmux`, and `enums.ts`.
 */

import type { ApiModel, MessageDef } from '../mux/schema/model.js';
import { DeclarationFile } from './declaration-file.js';
import { declareMessage, mapEntry, wantOf } from './declare-message.js';
import { declareType } from './declare-type.js';
import { enumConstants } from './enum-constants.js';
import { expectedText, isExpected } from './expected.js';
import { Naming } from './naming.js';
import type { Place } from './type-text.js';
import { type Direction, UsedTypes } from './used-types.js';

export interface GenerateOptions {
  /** Names of the requests and events that are declared, with what answers them. Default: all. */
  readonly only?: ReadonlySet<string>;
  /** Whether the comments of the definitions are declared as well. Default true. */
  readonly comments?: boolean;
  /** Adds `compat.json`, for `connect({ expect })`. Default false. */
  readonly expect?: boolean;
  /** Module that has the types which declarations are made of. Default `vppmux`. */
  readonly library?: string;
}

export interface GeneratedFile {
  /** Its name in the folder: `ip.d.ts`. */
  readonly name: string;
  readonly text: string;
}

export interface Generated {
  readonly files: readonly GeneratedFile[];
  /** All declarations in one file, which augments nothing. */
  readonly oneFile: string;
  /** Number of requests and events in the map. */
  readonly messages: number;
}

export function generate(
  model: ApiModel,
  { only, comments = true, expect = false, library = 'vppmux' }: GenerateOptions = {},
): Generated {
  const naming = new Naming();
  const files = new Map<string, DeclarationFile>();
  const fileOf = (path: string) => {
    let file = files.get(path);
    if (file === undefined) {
      file = new DeclarationFile(path, naming, [...files.values()]);
      files.set(path, file);
    }
    return file;
  };
  const types = new UsedTypes(model, naming);
  const placeIn = (path: string, direction: Direction): Place => {
    const file = fileOf(path);
    const reference: Place['reference'] = (used, name) => file.refer(fileOf(used.file), name);
    return { types, file: path, direction, helper: (name) => file.helper(name), reference };
  };

  const chosen = chosenMessages(model, only);
  const names = new Map(chosen.map((def) => [def.name, naming.take(def.name, ['Input', 'Values'])]));
  const nameIn = (file: DeclarationFile) => (message: string) => {
    const def = model.messages.get(message);
    return def ? file.refer(fileOf(def.file), names.get(message) ?? 'never') : 'never';
  };
  let messages = 0;
  for (const def of chosen) {
    const file = fileOf(def.file);
    const place = placeIn(def.file, def.service ? 'written' : 'read');
    file.declare(declareMessage(def, names.get(def.name) ?? '', place, comments));
    const entry = mapEntry(def, model, nameIn(file), place, comments);
    if (entry === undefined) continue;
    messages++;
    file.addToMap(entry);
  }
  for (let next = types.next(); next; next = types.next()) {
    const [used, direction] = next;
    // The forms in which an enum may be given are made of its values.
    if (used.type.kind === 'enum') types.use(used.type, 'read', used.file);
    fileOf(used.file).declareType(`${used.name} ${direction}`, declareType(used, placeIn(used.file, direction)));
  }

  const sorted = [...files.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const constants = enumConstants(types.all);
  return {
    files: [
      ...sorted.map((file) => ({ name: `${file.name}.d.ts`, text: file.text(library) })),
      ...(constants === '' ? [] : [{ name: 'enums.ts', text: constants }]),
      ...(expect ? [{ name: 'compat.json', text: expectedText(chosen, model) }] : []),
      { name: 'messages.d.ts', text: allMessages(sorted) },
      { name: 'index.d.ts', text: INDEX },
    ],
    oneFile: oneFile(sorted, library),
    messages,
  };
}

/** Messages that are declared: requests and events, and what VPP sends because of them; by file and name. */
function chosenMessages(model: ApiModel, only: ReadonlySet<string> | undefined): MessageDef[] {
  const chosen = new Set<MessageDef>();
  const add = (name: string | undefined) => {
    const def = name === undefined ? undefined : model.messages.get(name);
    if (def === undefined || chosen.has(def)) return;
    chosen.add(def);
    for (const answer of [def.service?.reply, def.service?.details]) add(answer);
    if (def.role === 'event') add(wantOf(def.name, model));
  };
  for (const { name, role, service } of model.messages.values()) {
    if (only !== undefined && !only.has(name)) continue;
    if (role === 'event' || service !== undefined) add(name);
  }
  // Names are given in this order, whatever the order of the definitions.
  return [...chosen].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Begins every file. */
const SIGN = '// Written by vppmux generate';
const HEAD = `${SIGN}. Do not edit.\n`;

/** Whether a text was written by the generator. */
export const isGenerated = (text: string) => text.startsWith(SIGN) || isExpected(text);

const INDEX = `${HEAD}
import type { Messages } from './messages.js';

export * from './messages.js';

declare module 'vppmux' {
  interface VppMessages extends Messages {}
}
`;

function allMessages(files: readonly DeclarationFile[]): string {
  const withMap = files.filter(({ hasMap }) => hasMap);
  const imports = withMap.map((file) => `import type { ${file.mapName} } from './${file.name}.js';\n`).join('');
  const exports = files.map(({ name }) => `export * from './${name}.js';\n`).join('');
  return `${HEAD}${imports}\n${exports}\n${mapOf(withMap)}`;
}

function mapOf(files: readonly DeclarationFile[]): string {
  const maps = files.map(({ mapName }) => mapName);
  return `/** Every message that is declared, by its name. */\nexport interface Messages${maps.length > 0 ? ` extends ${maps.join(', ')}` : ''} {}\n`;
}

function oneFile(files: readonly DeclarationFile[], library: string): string {
  const helpers = [...new Set(files.flatMap((file) => [...file.helpers]))].sort();
  const imports = helpers.length > 0 ? `import type { ${helpers.join(', ')} } from '${library}';\n` : '';
  return `${HEAD}${imports}${files.map((file) => `\n${file.body()}`).join('')}\n${mapOf(files.filter(({ hasMap }) => hasMap))}`;
}
