/** Completes a line of the prompt as a shell does, by the definitions of the connection. */

import type { Schema } from '../../mux/index.js';
import { candidates } from '../completion/candidates.js';
import { NO_OPTIONS, type OptionNames } from '../completion/options-of.js';
import { COMMANDS, commandFor, FIRST_WORDS } from './command-words.js';

export interface LineKnown {
  /** Undefined before the first session with VPP. */
  readonly schema: Schema | undefined;
  /** Gives the options of a command. */
  readonly optionsOf: (command: string) => Promise<OptionNames>;
}

/** Lists what the last word of `line` can be, and what there is of it. */
export async function completeLine(line: string, known: LineKnown): Promise<[hits: string[], last: string]> {
  const words = line.trimStart().split(/\s+/);
  const last = words.at(-1) ?? '';
  const hits = words.length === 1 ? firstWords(last, known.schema) : await further(words, known);
  // A field and a struct go on without a space.
  return [hits.length === 1 && !/[=.]$/.test(hits[0]) ? [`${hits[0]} `] : hits, last];
}

/** Commands, and the messages that a line can begin with; of those there are thousands, so at least a letter is needed. */
function firstWords(word: string, schema: Schema | undefined): string[] {
  const known = { commands: FIRST_WORDS, options: NO_OPTIONS, schema };
  const messages = word === '' ? [] : ['call', 'dump'].flatMap((command) => candidates([command, word], known));
  return [...candidates([word], known), ...messages.sort()];
}

async function further(words: readonly string[], { schema, optionsOf }: LineKnown): Promise<string[]> {
  const [name] = words;
  if (name === 'help')
    return words.length === 2 ? candidates(words.slice(1), { commands: COMMANDS, options: NO_OPTIONS, schema }) : [];
  const command = COMMANDS.includes(name) ? name : schema && commandFor(schema, name);
  if (command === undefined) return [];
  const options = words.some((each) => each.startsWith('-')) ? await optionsOf(command) : NO_OPTIONS;
  return candidates(command === name ? words : [command, ...words], { commands: [], options, schema });
}
