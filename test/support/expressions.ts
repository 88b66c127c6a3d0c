/** Every regular expression of the sources, found in their syntax trees. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Expression {
  /** `src/nearest.ts:42` */
  readonly place: string;
  readonly pattern: string;
  readonly flags: string;
}

type Tree = { readonly type?: string; readonly [key: string]: unknown };

/** Throws for an expression that is built at run time from anything but constants: its cost cannot be known. */
export function expressionsIn(folders: readonly string[]): Expression[] {
  return folders.flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.[jt]s$/.test(file) && !file.endsWith('.d.ts'))
      .flatMap((file) => expressionsOf(`${folder}/${file}`)),
  );
}

function expressionsOf(file: string): Expression[] {
  const text = readFileSync(root + file, 'utf8');
  const tree = parseAst(text, { lang: file.endsWith('ts') ? 'ts' : 'js' }) as unknown as Tree;
  const constants = new Map<string, Tree>();
  const found: Expression[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const each = node as Tree;
    const place = `${file}:${text.slice(0, Number(each.start)).split('\n').length}`;
    if (each.type === 'VariableDeclarator') constants.set(String((each.id as Tree).name), each.init as Tree);
    if (each.type === 'Literal' && each.regex) found.push({ place, ...(each.regex as Omit<Expression, 'place'>) });
    const isMade = each.type === 'NewExpression' || each.type === 'CallExpression';
    if (isMade && (each.callee as Tree).name === 'RegExp') {
      const [pattern, flags] = (each.arguments as Tree[]).map((argument) => constant(argument, constants, place));
      found.push({ place, pattern, flags: flags ?? '' });
    }
    for (const part of Object.values(each)) visit(part);
  };
  visit(tree);
  return found;
}

function constant(node: Tree | undefined, constants: ReadonlyMap<string, Tree>, place: string): string {
  const of = (part: unknown) => constant(part as Tree | undefined, constants, place);
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'Identifier') return of(constants.get(String(node.name)));
  if (node?.type === 'BinaryExpression' && node.operator === '+') return of(node.left) + of(node.right);
  const isRaw = node?.type === 'TaggedTemplateExpression' && isStringRaw(node.tag as Tree);
  const template = isRaw ? (node.quasi as Tree) : node;
  if (template?.type !== 'TemplateLiteral') throw new Error(`${place}: a regular expression that is made at run time`);
  const parts = (template.expressions as Tree[]).map(of);
  const texts = (template.quasis as { value: { cooked: string; raw: string } }[]).map(({ value }) =>
    isRaw ? value.raw : value.cooked,
  );
  return texts.map((text, i) => text + (parts[i] ?? '')).join('');
}

const isStringRaw = ({ object, property }: Tree) =>
  (object as Tree | undefined)?.name === 'String' && (property as Tree | undefined)?.name === 'raw';
