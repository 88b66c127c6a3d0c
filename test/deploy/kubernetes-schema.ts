/**
 * Checks objects against the schema of Kubernetes, without a cluster or a network: `kubernetes-types` has the official
 * OpenAPI of its version as TypeScript, and the compiler finds fields that are unknown, missing or of another type.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { run } from '../package/packed-file.js';
import { root } from '../support/built.js';

const TYPES = join(root, 'node_modules', 'kubernetes-types');
const TSC = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const OPTIONS = [
  '--noEmit',
  '--strict',
  '--module',
  'nodenext',
  '--target',
  'es2022',
  '--skipLibCheck',
  '--pretty',
  'false',
];

/** An object as a manifest has it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** Reads the objects of a file. Kubernetes reads YAML 1.1, where 0440 is octal. */
export function manifestsOf(file: string): Manifest[] {
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), { version: '1.1' });
  return documents.map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as Manifest;
  });
}

/**
 * Gives what the schema has against each set of manifests, by the set's name; '' where nothing.
 * One run of the compiler for all of them.
 */
export async function violations<Name extends string>(
  sets: Readonly<Record<Name, readonly Manifest[]>>,
): Promise<Record<Name, string>> {
  const names = Object.keys(sets) as Name[];
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-kubernetes-'));
  try {
    const files = names.map((_, at) => `set-${at}.ts`);
    for (const [at, name] of names.entries()) writeFileSync(join(folder, files[at]), programOf(sets[name]));
    const { stdout } = await run(process.execPath, [TSC, ...OPTIONS, ...files], folder);
    const complaints = stdout.split(/\n(?! )/);
    const found = names.map((name, at) => [name, complaints.filter((each) => each.startsWith(files[at])).join('\n')]);
    const stray = complaints.filter((each) => each !== '' && !each.startsWith('set-'));
    if (stray.length > 0) throw new Error(stray.join('\n'));
    return Object.fromEntries(found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes each manifest as a literal of its type: `apps/v1` and `Deployment` are `Deployment` of `apps/v1.d.ts`. */
function programOf(manifests: readonly Manifest[]): string {
  const consts = manifests.map((manifest, at) => {
    const { apiVersion, kind } = manifest;
    const module = join(TYPES, apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`);
    const type = `import(${JSON.stringify(module)}).${kind}`;
    return `export const object${at}: ${type} = ${JSON.stringify(manifest, null, 2)};\n`;
  });
  return consts.join('');
}
