import { UsageError } from '../errors.js';

/**
 * Splits a line into words as a shell does: between blanks, except within quotes and behind a backslash; nothing in it is expanded.
 * Throws UsageError for a quote that does not end.
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const letter = line[at];
    if (quote === undefined && letter.trim() === '') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (letter === quote) quote = undefined;
    else if (quote === undefined && (letter === '"' || letter === "'")) {
      quote = letter;
      word ??= '';
    } else word = (word ?? '') + (isEscape(line, at, quote) ? line[++at] : letter);
  }
  if (quote !== undefined) throw new UsageError(`a quote does not end: ${line}`);
  return word === undefined ? words : [...words, word];
}

/** Whether the letter is a backslash that only makes the next one stand for itself. */
function isEscape(line: string, at: number, quote: string | undefined): boolean {
  if (line[at] !== '\\' || at + 1 === line.length || quote === "'") return false;
  return quote === undefined || line[at + 1] === '"' || line[at + 1] === '\\';
}
