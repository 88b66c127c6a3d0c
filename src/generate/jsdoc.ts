/** Comments of declarations: what the definitions say of messages and fields, as JSDoc. */

import { readComment } from '../mux/schema/comment.js';
import type { Field, MessageDef } from '../mux/schema/model.js';

const WIDTH = 116;

/** Lines of a JSDoc comment before `indent`; none where there is nothing to say. */
export function jsdoc(parts: readonly (string | undefined)[], indent = ''): string {
  const said = parts.filter((part) => part !== undefined && part !== '').map((part) => safe(part as string));
  if (said.length === 0) return '';
  const [only] = said;
  const short = `${indent}/** ${only} */`;
  if (said.length === 1 && short.length <= WIDTH) return `${short}\n`;
  const lines = said.flatMap((part) => wrapped(part, WIDTH - indent.length - 3));
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`), `${indent} */`, ''].join('\n');
}

/** Says what a message is for, and what is to be known before it is used. `withText`: its comment as well. */
export function messageDoc({ options, comment }: MessageDef, withText: boolean): string[] {
  const about = withText ? readComment(comment).about : undefined;
  const replacement = textOf(options.replaced_by);
  const since = textOf(options.deprecated);
  const isDeprecated = 'deprecated' in options || replacement !== undefined;
  const isInProgress = 'in_progress' in options || options.status === 'in_progress';
  const hint = [since && `since ${since}`, replacement && `use ${replacement}`].filter(Boolean).join('; ');
  return [
    about ?? '',
    isInProgress ? 'In progress: its definition may still change.' : '',
    isDeprecated ? `@deprecated ${hint}`.trimEnd() : '',
    replacement === undefined ? '' : `@see ${replacement}`,
  ].filter((part) => part !== '');
}

/** Field → its description in the comment of the message. */
export function fieldTexts({ comment }: MessageDef, withText: boolean): ReadonlyMap<string, string> {
  return withText ? readComment(comment).fields : new Map();
}

/** `written`: where it may be left out, its default counts. */
export function fieldDoc(field: Field, about: string | undefined, written: boolean): string[] {
  const what = field.type.kind === 'string' ? 'bytes' : 'elements';
  return [
    about ?? '',
    field.limit === undefined ? '' : `At most ${field.limit} ${what}.`,
    written && field.default !== undefined
      ? `@default ${typeof field.default === 'string' ? JSON.stringify(field.default) : field.default}`
      : '',
  ].filter((part) => part !== '');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A text of the definitions that cannot end the comment that it stands in, nor be taken for one of its tags. */
function safe(text: string): string {
  const line = text.replace(/\*\//g, '*\\/').replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
  return /^@(?:deprecated|default|see)\b/.test(line) ? line : line.replace(/(^|\s)@/g, '$1\\@');
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
