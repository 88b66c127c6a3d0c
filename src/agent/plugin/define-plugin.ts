/** Makes a plugin of its definition, which is checked first. */

import { channel } from 'node:diagnostics_channel';
import { z } from 'zod';
import { closestOrAll } from '../../nearest.js';
import { AgentError } from '../errors.js';
import { PLUGIN_NAME } from '../names.js';
import { CONCURRENCY } from '../operations/concurrency.js';
import { definedAt } from '../process/blame.js';
import type { Services, Tokens } from '../token.js';
import { type Collections, isCollection } from './collection.js';
import type { NoTokens, Plugin, PluginDefinition } from './plugin.js';

/**
 * Publishes each definition. Channels of one name are one channel in the whole process, so that a definition by a
 * plugin's own copy of this package is seen as well.
 */
export const DEFINITIONS = channel('vppmux:plugin-defined');

const defined = Symbol.for('vppmux/plugin-definition');

const anyToken = z.custom<symbol>((value) => typeof value === 'symbol', 'must be a token');
const ofService = anyToken.refine((value) => !isCollection(value), 'is a collection: add to it with "contributes"');
const ofCollection = anyToken.refine(isCollection, 'must be a collection, made by collection()');
const tokens = (token: z.ZodType) => z.record(z.string(), token);

const shape = z.strictObject({
  name: z.string().regex(PLUGIN_NAME, 'must be lower-case words joined by dashes'),
  version: z.string().min(1),
  agentApi: z.number().int().positive(),
  description: z.string().optional(),
  requires: tokens(anyToken).optional(),
  provides: tokens(ofService).optional(),
  contributes: tokens(ofCollection).optional(),
  dataplanes: z
    .strictObject({
      services: z.array(z.string()),
      names: z.custom((value) => typeof value === 'function', 'must be a function'),
    })
    .optional(),
  optional: z.boolean().optional(),
  config: z.custom((value) => value instanceof z.ZodType, 'must be a zod schema').optional(),
  obsolete: z.record(z.string(), z.string()).optional(),
  refused: z.record(z.string(), z.string()).optional(),
  concurrency: z
    .enum(CONCURRENCY, {
      error: ({ input }) => `there is no "${input}"${closestOrAll(String(input), CONCURRENCY).text}`,
    })
    .optional(),
  create: z.custom((value) => typeof value === 'function', 'must be a function'),
});

/**
 * Defines a plugin: `export default definePlugin({ … })`. Services and configuration arrive typed.
 * Throws PLUGIN_INVALID when the definition itself is wrong.
 */
export function definePlugin<
  R extends Tokens = NoTokens,
  P extends Tokens = NoTokens,
  C extends z.ZodType = z.ZodObject,
  K extends Collections = NoTokens,
>(definition: PluginDefinition<R, P, C, K>): Plugin {
  const checked = shape.safeParse(definition);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const name = typeof definition?.name === 'string' ? definition.name : '(no name)';
    throw new AgentError('PLUGIN_INVALID', `plugin ${name}: its definition is wrong ${problemOf(issue)}`);
  }
  const plugin: Plugin & { readonly [defined]: true } = {
    [defined]: true,
    name: definition.name,
    version: definition.version,
    agentApi: definition.agentApi,
    description: definition.description ?? '',
    requires: definition.requires ?? {},
    provides: definition.provides ?? {},
    contributes: definition.contributes ?? {},
    ...(definition.dataplanes && { dataplanes: definition.dataplanes as Plugin['dataplanes'] }),
    optional: definition.optional ?? false,
    config: definition.config ?? z.object({}),
    obsolete: definition.obsolete ?? {},
    refused: definition.refused,
    concurrency: definition.concurrency ?? 'parallel',
    file: definedAt(definePlugin),
    create: (services, config, args = {}) => definition.create(services as Services<R>, config as z.output<C>, args),
  };
  DEFINITIONS.publish(plugin);
  return Object.freeze(plugin);
}

function problemOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return `at ${issue.path.join('.') || 'the top'}: ${issue.message}`;
  const [unknown] = issue.keys;
  return `at the top: it has no "${unknown}"${closestOrAll(unknown, Object.keys(shape.shape)).text}`;
}

/** Whether a value was made by `definePlugin`, of this or another copy of the package. */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && defined in value;
}

/**
 * A plugin's configuration as JSON Schema (2020-12), for help. Types that JSON Schema cannot express allow anything.
 */
export function configSchemaOf({ config }: Pick<Plugin, 'config'>): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' });
}
