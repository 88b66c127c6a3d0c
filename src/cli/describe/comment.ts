/** What the comment of a definition says: of the message, and of its fields. */

export interface Comment {
  readonly about?: string;
  /** Field name → what it is. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Characters of a text of the definitions that are shown; VPP's longest comment has 3,000. */
export const MAX_TEXT = 20_000;

/** Takes VPP's way to write them apart: a `\brief`, then `@param NAME - text` for each field. */
export function readComment(comment = ''): Comment {
  const text = comment
    .slice(0, MAX_TEXT)
    .replace(/^\s*\/\*+|\*+\/\s*$/g, '')
    .replace(/^\s*\*(?= |$)/gm, '');
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

const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ');
