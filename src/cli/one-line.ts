/** A text of several lines in one, as an error is shown, with the suggestion of the commander library in our words. */
export function inOneLine(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => line.trim() || [])
    .join(' ')
    .replace(/ ?\(Did you mean (?:one of )?([^?]*)\?\)$/, '; did you mean $1?');
}
