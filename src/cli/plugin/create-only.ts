/** What a plugin's `create` gives: its hooks and operations, without starting it. */

import type { AnyInstance } from '../../agent/for-cli.js';
import { createLog, type Plugin, type PluginArguments } from '../../agent/index.js';
import { reasonOf } from '../../thrown.js';
import { setStage } from './stage.js';

/**
 * Creates it against the embedded mock, with the plugins that it needs, and closes it again: neither `init` nor
 * `afterInit` is called. Gives the reason instead when it cannot be created.
 */
export async function createOnly(
  plugin: Plugin,
  flags: { readonly args: PluginArguments; readonly config?: string; readonly configDir?: string },
  others: readonly Plugin[],
): Promise<AnyInstance | string> {
  let made: AnyInstance | undefined;
  const create = (services: Readonly<Record<string, unknown>>, config: unknown): AnyInstance => {
    made = plugin.create(services, config, flags.args);
    return made && { provide: made.provide, operations: made.operations, close: () => made?.close?.() };
  };
  try {
    const log = createLog({ level: 'silent' });
    const stage = await setStage({ plugin: { ...plugin, optional: false, create }, others, ...flags, log });
    try {
      await stage.agent.start();
    } finally {
      // It may well count on an init that there was not.
      await stage.close().catch(() => {});
    }
    return made ?? 'create gave nothing';
  } catch (error) {
    return reasonOf(error).split('\n')[0];
  }
}
