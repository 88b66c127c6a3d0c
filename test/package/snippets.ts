/** The programs in README and docs, as they stand there. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/built.js';

/** The fenced block of `language` in `file` that has `text` in it; throws unless there is exactly one. */
export function snippet(file: string, language: 'ts' | 'js', text: string): string {
  const blocks = readFileSync(join(root, file), 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```/gm);
  const found = [...blocks].filter(([, kind, block]) => kind === language && block.includes(text));
  if (found.length !== 1) throw new Error(`${found.length} blocks of ${file} have ${JSON.stringify(text)} in them`);
  return found[0][2];
}
