/**
 * Lines that are too wide for the terminal, broken between words. A word that is wider than a whole line is broken,
 * but a command that can be copied never is: it goes on a line of its own, which the terminal itself may break.
 */

import { printable } from '../../printable.js';
import { fits, splitAt, widthOf } from './display-width.js';

/** The beginning of a command: all of one in backticks. */
const COMMAND =
  /`[^`]+`|\bexport \w+=(?:'[^']*'|\S+)|(?:sudo (?:-\S+ \S+ )?)?(?:npx )?\bvppmux (?:(?:op|plugin|help) )?[a-z][\w-]*/g;
/** A word of it: quoted, behind a `|`, an option with its value, in capitals, or with a sign of a path or field. */
const WORD =
  / (?:'[^']*'|\| [a-z]+|"[^"]*"|--?[\w-]+(?:[= ](?![-|])[^\s;,)]+)?|[A-Z]{2,}\b|[^\s;,()]*[_=*./\d|][^\s;,()]*)/y;

/** Its width depends on where it stands. */
const TAB = '    ';
/** Stands for a space within a command; what is printed has none. */
const JOINT = '\0';

interface Atom {
  readonly gap: string;
  readonly text: string;
  /** Never broken. */
  readonly isCommand: boolean;
}

/** Lines of at most `width` columns, commands apart. Wrapped lines are indented as their line is, and `hang` more. */
export function wrapped(text: string, width: number, hang = 0): string[] {
  return printable(text)
    .split('\n')
    .flatMap((line) => wrappedLine(line, width, hang, commandsAndWords));
}

/** Wraps without breaking words: one that is wider than a line is left to the terminal, as a command is. */
export function wrappedWhole(text: string, width: number, hang: number): string[] {
  return printable(text)
    .split('\n')
    .flatMap((line) => wrappedLine(line, width, hang, wholeWords));
}

/** Wraps with commands broken like all else: for the cells of a table. */
export function wrappedWords(text: string, width: number): string[] {
  return printable(text)
    .split('\n')
    .flatMap((line) => wrappedLine(line, width, 0, words));
}

type Split = (text: string) => Iterable<Atom>;

function wrappedLine(given: string, width: number, hang: number, split: Split): string[] {
  const line = given.replaceAll('\t', TAB);
  if (fits(line, width)) return [line];
  const [lead] = /^ */.exec(line) ?? [''];
  // No indentation where there is hardly room for one.
  const first = lead.length * 2 >= width ? '' : lead;
  const below = (lead.length + hang) * 2 >= width ? '' : lead + ' '.repeat(hang);
  const lines: string[] = [];
  let current = first;
  let isEmpty = true;
  const next = () => {
    lines.push(withoutGap(current));
    current = below;
    isEmpty = true;
  };
  for (const { text, isCommand, gap } of split(line.slice(lead.length))) {
    const before = isEmpty ? '' : gap;
    if (!isEmpty && !fits(current + before + text, width)) next();
    else current += before;
    let [head, tail] = isCommand ? [text, ''] : splitAt(text, width - widthOf(current));
    while (tail !== '') {
      current += head;
      next();
      [head, tail] = splitAt(tail, width - widthOf(current));
    }
    current += head;
    isEmpty = false;
  }
  lines.push(withoutGap(current));
  return lines;
}

/** Cuts the spaces at the end, but no others: a wide or narrow one is part of a word. */
function withoutGap(line: string): string {
  let end = line.length;
  while (line[end - 1] === ' ') end--;
  return line.slice(0, end);
}

function* words(text: string): Generator<Atom> {
  let end = 0;
  for (const { 0: word, index } of text.matchAll(/[^ ]+/g)) {
    yield { gap: text.slice(end, index), text: word.replaceAll(JOINT, ' '), isCommand: word.includes(JOINT) };
    end = index + word.length;
  }
}

const commandsAndWords = (text: string) => words(withJoints(text));

function* wholeWords(text: string): Generator<Atom> {
  for (const atom of commandsAndWords(text)) yield { ...atom, isCommand: true };
}

/** The text with joints in place of the spaces within commands. */
function withJoints(text: string): string {
  let joined = '';
  let from = 0;
  COMMAND.lastIndex = 0;
  for (let found = COMMAND.exec(text); found !== null; found = COMMAND.exec(text)) {
    const end = found[0].startsWith('`') ? COMMAND.lastIndex : endOfWords(text, COMMAND.lastIndex);
    joined += text.slice(from, found.index) + text.slice(found.index, end).replaceAll(' ', JOINT);
    from = end;
    COMMAND.lastIndex = end;
  }
  return joined + text.slice(from);
}

function endOfWords(text: string, from: number): number {
  let end = from;
  WORD.lastIndex = end;
  while (WORD.test(text)) end = WORD.lastIndex;
  return end;
}
