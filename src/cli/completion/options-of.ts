import type { Command } from 'commander';
import type { Host } from '../host.js';

/** The options of a command, as `--socket`. */
export interface OptionNames {
  readonly shown: readonly string[];
  /** Names, also as `-s`, behind which a word is their value. */
  readonly valued: readonly string[];
}

export const NO_OPTIONS: OptionNames = { shown: [], valued: [] };

/** Options of the command that the words begin with, as `fleet apply`; of one that there is not, `--help` alone. */
export async function optionsOf(host: Host, [name, own]: readonly string[]): Promise<OptionNames> {
  const outer = await commandOf(host, name);
  const command = outer?.commands.find((each) => each.name() === own) ?? outer;
  const all = command?.options ?? [];
  const shown = all.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []);
  const valued = all.filter(({ required }) => required).flatMap(({ long, short }) => [long ?? [], short ?? []].flat());
  return { shown: [...shown, '--help'], valued };
}

/** Commands that have others. */
const WITH_OWN = ['fleet', 'plugin'];

/** Names of a command's own commands. */
export async function ownCommandsOf(host: Host, name: string): Promise<readonly string[]> {
  if (!WITH_OWN.includes(name)) return [];
  return (await commandOf(host, name))?.commands.map((each) => each.name()) ?? [];
}

async function commandOf(host: Host, name: string): Promise<Command | undefined> {
  const { commands } = host;
  return Object.hasOwn(commands, name) ? (await commands[name]())(host) : undefined;
}
