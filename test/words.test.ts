/**
 * The words of the code: comments begin with a noun or a verb in the third person, and a name means one thing. A comment
 * that begins with one of HEADLESS lacks its subject, and has to be read twice.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './support/built.js';

const FOLDERS = ['src', 'mock-vpp', 'scripts', 'test', 'examples', 'templates'];

const HEADLESS = /^(?:Of|Who|What|Whatever|Whose|Those|So many)\b/;

/** Names that once meant two or more things: one exported class, type or interface each, and one file. */
const ONE_MEANING = ['AgentError', 'Catalogue', 'Turns', 'Gate', 'Surroundings', 'Fault', 'Dataplane', 'token.ts'];

interface Comment {
  readonly line: number;
  readonly text: string;
}

/** Lists the comments of a source; line comments below each other are one. A literal that looks like one counts, too. */
function commentsIn(source: string): Comment[] {
  const found: Comment[] = [];
  const lineOf = (at: number) => source.slice(0, at).split('\n').length;
  for (const { index, 1: text } of source.matchAll(/\/\*\*?[\s*]*([^*\n]*)/g))
    found.push({ line: lineOf(index), text });
  for (const [at, line] of source.split('\n').entries()) {
    const [, code, text] = /^(.*?)(?:^|\s)\/\/ (.*)$/.exec(line) ?? [];
    const goesOn = code?.trim() === '' && /^\s*\/\/ /.test(source.split('\n')[at - 1] ?? '');
    if (text !== undefined && !goesOn) found.push({ line: at + 1, text });
  }
  return found;
}

const sources = FOLDERS.flatMap((folder) => {
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => /\.(?:ts|js|mjs)$/.test(path) && !/(?:^|\/)(?:node_modules|dist)\//.test(path))
    .map((path) => ({ path: join(folder, path), text: readFileSync(join(root, folder, path), 'utf8') }));
});

it('comments: are found, whichever way they are written', () => {
  // Written so that this file has none itself.
  const source = [
    `/** ${'Of'} a doc comment. */`,
    '/**',
    ' * What a long one says.',
    ' */',
    `run(); // ${'Those'} behind code`,
    '// Whose line comment',
    '// Who goes on here',
    "const url = 'http://Of';",
  ];
  expect(commentsIn(source.join('\n')).filter(({ text }) => HEADLESS.test(text))).toEqual([
    { line: 1, text: 'Of a doc comment. ' },
    { line: 2, text: 'What a long one says.' },
    { line: 5, text: 'Those behind code' },
    { line: 6, text: 'Whose line comment' },
  ]);
});

it('a comment: begins with a noun or a verb, never with Of, Who, What, Whatever, Whose, Those or So many', () => {
  const headless = sources.flatMap(({ path, text }) =>
    commentsIn(text)
      .filter((comment) => HEADLESS.test(comment.text))
      .map((comment) => `${path}:${comment.line}: ${comment.text}`),
  );
  expect(headless).toEqual([]);
});

it('a name that once meant several things: has one meaning', () => {
  const DECLARED = /^export (?:declare |abstract )*(?:class|interface|type) (\w+)/gm;
  const own = sources.filter(({ path }) => /^(?:src|mock-vpp)\//.test(path));
  const names = own.flatMap(({ path, text }) => [
    { name: basename(path), path },
    ...[...text.matchAll(DECLARED)].map(([, name]) => ({ name, path })),
  ]);
  for (const one of ONE_MEANING) {
    const places = names.filter(({ name }) => name === one).map(({ path }) => path);
    expect(places.slice(1), one).toEqual([]);
  }
});
