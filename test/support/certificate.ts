/** Two keys and certificates for 127.0.0.1, each signed by itself. For tests only. */

import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const file = (name: string) => fileURLToPath(new URL(`./tls/${name}`, import.meta.url));

/** A checkout has no file modes, and a key that everybody can read is refused. */
const folder = mkdtempSync(join(tmpdir(), 'vppmux-keys-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

function keyFile(name: string): string {
  const copy = join(folder, name);
  copyFileSync(file(name), copy);
  chmodSync(copy, 0o600);
  return copy;
}

export const certificate = {
  ...{ key: keyFile('one.key.pem'), cert: file('one.cert.pem') },
  ...{ otherKey: keyFile('other.key.pem'), otherCert: file('other.cert.pem') },
};
