/** A text that is another when a definition in a directory has changed, come or gone. */

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Name, size and last change of each file below `dir`; a change of its contents changes the time of its status as well. Throws where it cannot be read. */
export function stampOf(dir: string): string {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.api.json'));
  return files
    .sort()
    .map((name) => {
      const { size, ino, ctimeMs } = statSync(join(dir, name));
      return `${name} ${size} ${ino} ${ctimeMs}`;
    })
    .join('\n');
}
