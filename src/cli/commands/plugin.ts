import { Command } from 'commander';
import type { Host } from '../host.js';
import { pluginCheckCommand } from './plugin-check.js';
import { pluginHelpCommand } from './plugin-help.js';
import { pluginListCommand } from './plugin-list.js';
import { pluginNewCommand } from './plugin-new.js';

export function pluginCommand(host: Host): Command {
  const command = new Command('plugin')
    .summary('write a plugin, check it, and see what it can do')
    .description('For those who write plugins, and those who run them.')
    // `plugin help NAME` is about a plugin.
    .helpCommand(false);
  for (const build of [pluginNewCommand, pluginCheckCommand, pluginHelpCommand, pluginListCommand]) {
    command.addCommand(build(host));
  }
  return command;
}
