/** Reads the comment of a definition: about the message, and about its fields. */

export interface Comment {
  readonly about?: string;
  /** Field name → what it is. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Characters of a text of the definitions that are shown; VPP's longest comment has 3,000. */
export const MAX_TEXT = 20_000;

/** Takes VPP's way to write them apart: a `\brief`, then `@param NAME - text` for each field. */
export function readComment(comment = ''): Comment {
  const text = withoutStars(comment.slice(0, MAX_TEXT));
  const [head, ...params] = text.split(/[@\\]param\b/);
  const fields = new Map<string, string>();
  for (const param of params) {
    const [, name, about = ''] = /^\s*(?:\[\w+\]\s*)?(\w+)(?:\[[^\]]*\])?\s*-*\s*(.*)/s.exec(param) ?? [];
    const words = oneLine(about);
    if (name !== undefined && words !== '') fields.set(name, words);
  }
  const about = oneLine(head.replace(/[@\\]brief\b/, ''));
  return { about: about === '' ? undefined : about, fields };
}

/** Text between the comment's own signs, without the star that each of its lines begins with. */
function withoutStars(comment: string): string {
  let text = comment.trim().replace(/^\/\*+/, '');
  if (text.endsWith('*/')) {
    let end = text.length - 2;
    while (text[end - 1] === '*') end--;
    text = text.slice(0, end);
  }
  const lines = text.split('\n').map((line) => [line, line.trim()] as const);
  return lines.map(([line, inner]) => (inner === '*' || inner.startsWith('* ') ? inner.slice(1) : line)).join('\n');
}

const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ');
