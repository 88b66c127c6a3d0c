/** A plugin's configuration in a form that can be read without running it: for help and documentation. */

import { z } from 'zod';
import type { Plugin } from '../plugin.js';

/** What its file may hold, as JSON Schema (2020-12). What JSON Schema has no word for is left open. */
export function configSchemaOf({ config }: Pick<Plugin, 'config'>): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' });
}
