import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The environment of a command that knows no agents but those started with the same folder. Without it a command also looks
 * at the user's place in /tmp, where the agents of other tests stand, and asks which of several is meant.
 */
export function ownAgents(folder: string): { XDG_RUNTIME_DIR: string; TMPDIR: string } {
  const runtime = join(folder, 'runtime');
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  return { XDG_RUNTIME_DIR: runtime, TMPDIR: folder };
}
