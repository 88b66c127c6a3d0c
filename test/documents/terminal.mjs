/** Preloaded by commands of documents: standard output is a terminal where it goes to the file that plays one. */

import { fstatSync, statSync } from 'node:fs';

const ino = (stat) => stat?.ino;
if (ino(fstatSync(1)) === ino(statSync(process.env.DOCUMENT_TERMINAL ?? '', { throwIfNoEntry: false }))) {
  Object.defineProperties(process.stdout, { isTTY: { value: true }, columns: { value: 120 } });
}
