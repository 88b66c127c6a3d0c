/**
 * `npm run architecture`: writes the line numbers of ARCHITECTURE.md anew. Each row of its lists names a function and the file that
 * has it. A function that has moved to another file is found there; one that is gone is an error, since then the list has to be
 * thought through again.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { orExplain, root, StepFailed } from './tree.mjs';

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

/** The document with the places that the functions have now, also in another file. Throws when one cannot be found. */
export function refreshed(markdown) {
  const found = new Map();
  const sources = readdirSync(join(root, 'src'), { recursive: true }).filter((path) => path.endsWith('.ts'));
  const linesIn = (name) => {
    if (!found.has(name)) {
      const places = sources.map((path) => [
        `src/${path}`,
        lineOf(readFileSync(join(root, 'src', path), 'utf8'), name),
      ]);
      found.set(name, new Map(places.filter(([, line]) => line !== undefined)));
    }
    return found.get(name);
  };
  return markdown.replace(ROW, (_, number, name, named, __, text) => {
    const places = linesIn(name);
    const file = places.has(named) || places.size !== 1 ? named : [...places.keys()][0];
    const line = places.get(file);
    if (line === undefined) throw new StepFailed(`ARCHITECTURE.md: ${name} is not declared in ${named}`);
    return `| ${number} | \`${name}\` | [${file}:${line}](${file}#L${line}) | ${text} |`;
  });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  orExplain(() => writeFileSync(document, refreshed(readFileSync(document, 'utf8'))));
}
