/** agent.yaml: which plugins run, and how the agent itself behaves. */

import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AgentError } from '../errors.js';
import { LOG_LEVELS } from '../log/log.js';
import { PLUGIN_NAME } from '../names.js';
import { pluginArguments } from './arguments.js';
import { duration } from './duration.js';
import { isThere } from './locate.js';
import { type ReadResult, readConfig } from './read.js';

const words = z.string().regex(PLUGIN_NAME, 'must be lower-case words joined by dashes');

/** A short name (`govpp`), the path of a file (`./my-plugin.js`) or an npm package (`@acme/lister`). */
const reference = z.string().min(1);

const pluginEntry = z.preprocess(
  (value) => (typeof value === 'string' ? { plugin: value } : value),
  z
    .strictObject(
      {
        plugin: reference,
        /** Overrides `optional` of the plugin's definition. */
        optional: z.boolean().optional(),
        /** The export to use, where a file has several plugins. */
        export: z.string().min(1).optional(),
        /** The dataplane that it works at, where several are configured. Default: main. */
        dataplane: words.optional(),
        /** Its own name there, for its configuration, log and status. Default: PLUGIN-DATAPLANE. */
        name: words.optional(),
        /** Its configuration, instead of a file. Checked when its schema is known. */
        config: z.record(z.string(), z.unknown()).optional(),
        arguments: pluginArguments.optional(),
        'log-level': z.enum(LOG_LEVELS).optional(),
      },
      {
        error: ({ code }) =>
          code === 'invalid_type'
            ? 'must be the name or path of a plugin, or "plugin: NAME" with more below it'
            : undefined,
      },
    )
    .refine(({ name, dataplane }) => name === undefined || dataplane !== undefined, {
      path: ['name'],
      message: 'has a meaning next to "dataplane" only: otherwise a plugin runs once, under its own name',
    }),
);

/** An entry of `plugins`. */
export type PluginEntry = z.output<typeof pluginEntry>;

/** The schema of agent.yaml; `byDefault` are the plugins that run when it lists none. */
export function agentSchema(byDefault: readonly string[]) {
  return z.object({
    name: z.string().min(1).default('vppmux'),
    plugins: z.array(pluginEntry).prefault([...byDefault]),
    'plugin-dir': z.string().min(1).default('./plugins'),
    'log-level': z.enum(LOG_LEVELS).default('info'),
    'start-timeout': positive(duration().default('15s')),
    'stop-timeout': positive(duration().default('1500ms')),
    'control-timeout': positive(duration().default('5s')),
    'operation-timeout': positive(duration().default('1m')),
  });
}

export type AgentConfig = z.output<ReturnType<typeof agentSchema>>;

/** agent.yaml as it was read. */
export interface AgentFile extends ReadResult<AgentConfig> {
  /** Undefined where no file was found. */
  readonly file: string | undefined;
  /** Directory that its paths are relative to. */
  readonly baseDir: string;
}

/** agent.yaml of `dir`; the defaults without a directory or without the file. A named directory must exist. */
export function readAgentConfig(dir: string | undefined, byDefault: readonly string[]): AgentFile {
  if (dir !== undefined && !(dir !== '' && isThere(dir) && statSync(dir).isDirectory())) {
    throw new AgentError(
      'CONFIG_NOT_FOUND',
      `--config-dir names ${dir === '' ? 'nothing' : dir}, but there is no such directory`,
      { file: dir },
    );
  }
  const implicit = dir === undefined ? undefined : join(dir, 'agent.yaml');
  const file = implicit !== undefined && isThere(implicit) ? implicit : undefined;
  const result = readConfig(file, agentSchema(byDefault));
  return { ...result, file, baseDir: resolve(dir ?? '.') };
}

function positive<S extends z.ZodType<number>>(schema: S) {
  return schema.refine((ms) => ms > 0, 'must be more than 0');
}
