/** Loads the mock's message definitions: its own few, or those of a directory. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSchema, readRegularFile, type Schema } from '../src/mux/internal.js';

export interface Definitions {
  readonly schema: Schema;
  /** The JSON of the API files, read when first asked for. */
  texts(): readonly string[];
}

/** The mock's own, read once: a program may start many mocks, and its tests do. */
let own: Promise<Definitions> | undefined;

/** Loads the definitions in `apiDir`; without it the mock's own. */
export function loadDefinitions(apiDir?: string): Promise<Definitions> {
  if (apiDir !== undefined) return loadFrom(apiDir);
  own ??= loadFrom(ownApiDir());
  return own;
}

async function loadFrom(apiDir: string): Promise<Definitions> {
  const schema = await loadSchema(apiDir);
  let texts: readonly string[] | undefined;
  return {
    schema,
    texts: () => {
      texts ??= readdirSync(apiDir, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.api.json'))
        .sort()
        .flatMap((name) => textOf(join(apiDir, name)));
      return texts;
    },
  };
}

const API_FILE_BYTES = 16 << 20;

/** Empty for a file that cannot be read: its messages are not in the schema either. */
function textOf(file: string): string[] {
  try {
    return [readRegularFile(file, { max: API_FILE_BYTES }).toString('utf8').trimEnd()];
  } catch {
    return [];
  }
}

/** `mock-vpp/api`, seen from the source or from `dist/mock-vpp`. */
function ownApiDir(): string {
  const beside = fileURLToPath(new URL('./api', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../mock-vpp/api', import.meta.url));
}
