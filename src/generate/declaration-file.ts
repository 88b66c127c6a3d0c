/** One file of declarations, as it grows. */

import { type Naming, pascal } from './naming.js';

/** Names that are not an API file's. */
const OWN_FILES = ['index', 'messages', 'enums', 'compat'];

export class DeclarationFile {
  /** Its name without an ending: `ip` for `/usr/share/vpp/api/core/ip.api.json`. */
  readonly name: string;
  /** The map of its messages. */
  readonly mapName: string;
  /** Helper types of `vppmux` that it names. */
  readonly helpers = new Set<string>();
  private readonly imported = new Map<DeclarationFile, Set<string>>();
  private readonly messages: string[] = [];
  /** By name, so that their order does not depend on who needs them first. */
  private readonly types = new Map<string, string>();
  private readonly entries: string[] = [];

  constructor(path: string, naming: Naming, others: readonly DeclarationFile[]) {
    const base = path.replace(/^.*[\\/]/, '').replace(/\.api\.json$/, '');
    const wanted = base.replace(/[^\w.-]/g, '_') || 'api';
    let name = OWN_FILES.includes(wanted) ? `${wanted}_api` : wanted;
    for (let n = 2; others.some((other) => other.name === name); n++) name = `${wanted}_${n}`;
    this.name = name;
    this.mapName = naming.take(`${pascal(name)}Messages`);
  }

  helper(name: string): string {
    this.helpers.add(name);
    return name;
  }

  /** The name as it stands in this file. */
  refer(to: DeclarationFile, name: string): string {
    if (to !== this) this.imported.set(to, (this.imported.get(to) ?? new Set()).add(name));
    return name;
  }

  declare(text: string): void {
    this.messages.push(text);
  }

  declareType(key: string, text: string): void {
    this.types.set(key, text);
  }

  addToMap(entry: string): void {
    this.entries.push(entry);
  }

  get hasMap(): boolean {
    return this.entries.length > 0;
  }

  /** `library`: the module of the helper types. */
  text(library: string): string {
    const from = (names: Iterable<string>, where: string) =>
      `import type { ${[...names].sort().join(', ')} } from '${where}';\n`;
    const own = this.helpers.size > 0 ? from(this.helpers, library) : '';
    const others = [...this.imported].sort(([a], [b]) => (a.name < b.name ? -1 : 1));
    const imports = others.map(([{ name }, names]) => from(names, `./${name}.js`)).join('');
    const head = `// Written by vppmux generate from ${this.name}.api.json. Do not edit.\n${own}${imports}`;
    return `${head}\n${this.body()}`;
  }

  /** Everything but the imports. */
  body(): string {
    const types = [...this.types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
    const map = this.hasMap ? [`export interface ${this.mapName} {\n${this.entries.join('')}}\n`] : [];
    return [...types, ...this.messages, ...map].join('');
  }
}
