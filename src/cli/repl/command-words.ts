/** From a line of the prompt to the words of a command line. */

import { type CommandName, useOf } from '../../mux/for-cli.js';
import type { Schema } from '../../mux/index.js';
import { didYouMean } from '../../nearest.js';
import { UsageError } from '../errors.js';
import { splitWords } from './split-words.js';

/** Commands of the program that a line can begin with. */
export const COMMANDS: readonly string[] = ['call', 'dump', 'watch', 'describe', 'op'];
/** First words of lines, without messages. */
export const FIRST_WORDS: readonly string[] = [...COMMANDS, 'help', 'quit'];

/** The command that a bare message name stands for. */
export function commandFor(schema: Schema, name: string): CommandName | undefined {
  const message = schema.find(name);
  return message && useOf(schema, message, 'call').command;
}

/**
 * The words of `line`, which begin with one of COMMANDS or `help`. `schema` is called where the first word is neither. Throws UsageError where
 * it is no message.
 */
export function commandWords(line: string, schema: () => Schema): string[] {
  const typed = splitWords(line);
  // Hints say how it is called on a command line.
  const words = typed[0] === 'vppmux' ? typed.slice(1) : typed;
  const [name = 'help'] = words;
  if (FIRST_WORDS.includes(name)) return words.length === 0 ? [name] : words;
  const known = schema();
  const command = commandFor(known, name);
  if (command !== undefined) return [command, ...words];
  const near = didYouMean(name, [...FIRST_WORDS, ...known.model.messages.keys()]).text;
  throw new UsageError(`there is no command or message ${name}${near || '; help lists the commands'}`);
}
