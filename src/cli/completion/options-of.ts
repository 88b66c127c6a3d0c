import type { Host } from '../host.js';

/** The options of a command, as `--socket`. */
export interface OptionNames {
  readonly shown: readonly string[];
  /** Names, also as `-s`, behind which a word is their value. */
  readonly valued: readonly string[];
}

export const NO_OPTIONS: OptionNames = { shown: [], valued: [] };

/** Options of the command `name`; of one that there is not, `--help` alone. */
export async function optionsOf(host: Host, name: string): Promise<OptionNames> {
  const { commands } = host;
  const command = Object.hasOwn(commands, name) ? (await commands[name]())(host) : undefined;
  const all = command?.options ?? [];
  const shown = all.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []);
  const valued = all.filter(({ required }) => required).flatMap(({ long, short }) => [long ?? [], short ?? []].flat());
  return { shown: [...shown, '--help'], valued };
}
