import { readFileSync } from 'node:fs';

/** The folder of the package that runs: two up from src/cli, three from dist/src/cli. */
export const packageRoot = new URL(
  import.meta.url.includes('/dist/src/cli/') ? '../../../' : '../../',
  import.meta.url,
);

/** The package.json of the package that runs. */
export function ownPackage(): { readonly version: string; readonly devDependencies: Readonly<Record<string, string>> } {
  return JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8'));
}

export const packageVersion = () => ownPackage().version;
