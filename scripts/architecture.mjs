/**
 * `npm run architecture`: writes the line numbers of ARCHITECTURE.md anew. Each row of its lists names a function and the file that
 * has it; a function that is not in its file any more is an error, since then the list has to be thought through again.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = join(root, 'ARCHITECTURE.md');

/** A hop: number, function, file and line, and what it does. */
const ROW = /^\| (\d+) \| `([\w.#]+)` \| \[([^\]:]+):(\d+)\]\([^)]*\) \| (.*) \|$/gm;

/** Lists the hops that a part of the document names. */
export function hopsIn(markdown) {
  return [...markdown.matchAll(ROW)].map(([, number, name, file, line]) => ({
    number: Number(number),
    name,
    file,
    line: Number(line),
  }));
}

/** The line, from 1, on which `source` declares `name` (`Class.member`, or a function); undefined where it does not. */
export function lineOf(source, name) {
  const lines = source.split('\n');
  const [owner, member] = name.includes('.') ? name.split('.') : [undefined, name];
  const first = owner === undefined ? 0 : lines.findIndex((line) => new RegExp(`\\bclass ${owner}\\b`).test(line));
  if (first < 0) return undefined;
  const word = member.replace('#', '\\#');
  const declared =
    owner === undefined
      ? new RegExp(`^(?:export )?(?:default )?(?:async )?(?:function |const |let )${word}\\b`)
      : new RegExp(
          `^  (?:(?:private|protected|public|readonly|static|override|async|get|set) )*${word}[(<]|^  (?:(?:private|readonly) )*${word}(?:: .*)? = `,
        );
  const last = owner === undefined ? lines.length : lines.findIndex((line, at) => at > first && line === '}');
  const found = lines.findIndex((line, at) => at >= first && at <= last && declared.test(line));
  return found < 0 ? undefined : found + 1;
}

/** The document with the lines that the functions have now. Throws when one is not in its file. */
export function refreshed(markdown, read = (file) => readFileSync(join(root, file), 'utf8')) {
  return markdown.replace(ROW, (_, number, name, file, __, text) => {
    const line = lineOf(read(file), name);
    if (line === undefined) throw new Error(`ARCHITECTURE.md: ${name} is not declared in ${file}`);
    return `| ${number} | \`${name}\` | [${file}:${line}](${file}#L${line}) | ${text} |`;
  });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  writeFileSync(document, refreshed(readFileSync(document, 'utf8')));
}
