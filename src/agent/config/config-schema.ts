/** A plugin's configuration as JSON Schema, for help and documentation. */

import { z } from 'zod';
import type { Plugin } from '../plugin.js';

/**
 * A plugin's configuration as JSON Schema (2020-12), for help. Types that JSON Schema cannot express allow anything.
 */
export function configSchemaOf({ config }: Pick<Plugin, 'config'>): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' });
}
