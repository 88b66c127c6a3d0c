const SUGGESTION = '(Did you mean ';

/** A text of several lines in one, as an error is shown, with the suggestion of the commander library in our words. */
export function inOneLine(text: string): string {
  const lines = text.split('\n').flatMap((line) => line.trim() || []);
  const line = lines.join(' ');
  const at = line.lastIndexOf(SUGGESTION);
  if (at < 0 || !line.endsWith('?)')) return line;
  const names = line.slice(at + SUGGESTION.length, -2).replace(/^one of /, '');
  return `${line.slice(0, at).trimEnd()}; did you mean ${names}?`;
}
