/** Fenced blocks of the Markdown files in this tree. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/built.js';

export interface Block {
  readonly file: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** The word behind the opening fence: ts, sh, console, …; may be empty. */
  readonly language: string;
  readonly text: string;
}

const FENCE = /^( *)(`{3,}|~{3,})([^`\n]*)\n([\s\S]*?)^ *\2`* *$/gm;

export function blocksOf(file: string): Block[] {
  const markdown = readFileSync(join(root, file), 'utf8');
  return [...markdown.matchAll(FENCE)].map(({ index, 1: indent, 3: language, 4: text }) => ({
    file,
    line: markdown.slice(0, index).split('\n').length,
    language: language.trim(),
    text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** `docs/cli.md:12 (console: "$ npx vppmux call …")`. */
export function nameOf({ file, line, language, text }: Block): string {
  const [first] = text.trim().split('\n');
  return `${file}:${line} (${language || 'no language'}: ${JSON.stringify(first.slice(0, 60))})`;
}

/** All Markdown files of the tree, by their paths in it. */
export function markdownFiles(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules' && name !== 'dist')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      // A checkout inside this one is another tree.
      if (entry.isDirectory()) return existsSync(join(root, path, '.git')) ? [] : markdownFiles(path);
      return entry.name.endsWith('.md') ? [path] : [];
    })
    .sort();
}
