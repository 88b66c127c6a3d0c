/** A text of several lines in one, as an error is shown. */
export function inOneLine(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => line.trim() || [])
    .join(' ');
}
