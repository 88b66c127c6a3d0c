/** agent.yaml: which plugins run, and how the agent itself behaves. */

import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AgentError } from '../errors.js';
import { LOG_LEVELS } from '../log.js';
import { duration } from './duration.js';
import { type ReadResult, readConfig } from './read.js';

/** A short name (`govpp`), or the path of a file with a plugin as its default export (`./my-plugin.js`). */
const reference = z.string().min(1);

const pluginEntry = z.union(
  [
    reference.transform((plugin) => ({ plugin, optional: undefined })),
    z.strictObject({ plugin: reference, optional: z.boolean().optional() }),
  ],
  { error: 'must be the name or path of a plugin, or "plugin: NAME" with "optional: true" below it' },
);

/** One entry of `plugins`. `optional` overrides what the plugin says of itself. */
export type PluginEntry = z.output<typeof pluginEntry>;

/** The schema of agent.yaml; `builtIn` are the plugins that run when it lists none. */
export function agentSchema(builtIn: readonly string[]) {
  return z.object({
    name: z.string().min(1).default('vppmux'),
    plugins: z.array(pluginEntry).prefault([...builtIn]),
    'log-level': z.enum(LOG_LEVELS).default('info'),
    'start-timeout': positive(duration().default('15s')),
    'stop-timeout': positive(duration().default('1500ms')),
  });
}

export type AgentConfig = z.output<ReturnType<typeof agentSchema>>;

/** agent.yaml of `dir`; the defaults without a directory or without the file. A named directory must exist. */
export function readAgentConfig(
  dir: string | undefined,
  builtIn: readonly string[],
): ReadResult<AgentConfig> & { readonly file: string | undefined; readonly baseDir: string } {
  if (dir !== undefined && !(existsSync(dir) && statSync(dir).isDirectory())) {
    throw new AgentError('CONFIG_NOT_FOUND', `--config-dir names ${dir}, but there is no such directory`);
  }
  const implicit = dir === undefined ? undefined : join(dir, 'agent.yaml');
  const file = implicit !== undefined && existsSync(implicit) ? implicit : undefined;
  const result = readConfig(file, agentSchema(builtIn));
  return { ...result, file, baseDir: file === undefined ? process.cwd() : dirname(file) };
}

function positive<S extends z.ZodType<number>>(schema: S) {
  return schema.refine((ms) => ms > 0, 'must be more than 0');
}
