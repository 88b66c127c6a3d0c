import { readFileSync } from 'node:fs';

/** The package's version, from its package.json: two folders up from src/cli, three from dist/src/cli. */
export function packageVersion(): string {
  const above = import.meta.url.includes('/dist/src/cli/') ? '../../../package.json' : '../../package.json';
  return (JSON.parse(readFileSync(new URL(above, import.meta.url), 'utf8')) as { version: string }).version;
}
