/** Texts of the commander library in our form: `--help`, the texts behind it for any width, and errors of usage. */

import type { AddHelpTextContext, HelpConfiguration } from 'commander';
import { suggesting } from '../../nearest.js';
import { widthOf } from './display-width.js';
import { hanging } from './hanging.js';
import { wrapped } from './wrap.js';

const USUAL = 80;

/** Replaces commander's own layout, which does not wrap long words. */
export const helpLayout: HelpConfiguration = {
  boxWrap: (text, width) => wrapped(text, width).join('\n'),
  formatItem(term, termWidth, description, helper) {
    return hanging([[`  ${term.padEnd(termWidth)}`, description]], helper.helpWidth ?? USUAL).join('\n');
  },
};

/**
 * A text for `addHelpText`. In it, lines that begin with two spaces are examples, what is in parentheses behind them
 * is a remark; other lines that follow each other are a paragraph.
 */
export function footer(text: string) {
  return ({ command, error }: AddHelpTextContext): string => {
    const { getOutHelpWidth, getErrHelpWidth } = command.configureOutput();
    return footerLines(text, (error ? getErrHelpWidth : getOutHelpWidth)?.() ?? USUAL).join('\n');
  };
}

export function footerLines(text: string, width: number): string[] {
  return blocks(text).flatMap((block) => {
    if (block[0].startsWith('  ')) return exampleLines(block, width);
    return wrapped(block.join(' '), width);
  });
}

/** Examples that stand together, and paragraphs; an empty line is one of its own. */
function blocks(text: string): string[][] {
  const found: string[][] = [];
  let before = '';
  for (const line of text.split('\n')) {
    const goesOn = kindOf(line) === before && before !== 'empty' && !found.at(-1)?.at(-1)?.endsWith(':');
    if (goesOn) found.at(-1)?.push(line);
    else found.push([line]);
    before = kindOf(line);
  }
  return found;
}

const kindOf = (line: string) => (line === '' ? 'empty' : line.startsWith('  ') ? 'example' : 'paragraph');

/** Remarks are aligned behind the commands or stand below them; a command is never broken. */
function exampleLines(block: readonly string[], width: number): string[] {
  const rows = block.map((line) => {
    const at = line.indexOf('  (');
    return at < 0 ? ([line, ''] as const) : ([line.slice(0, at).trimEnd(), line.slice(at).trimStart()] as const);
  });
  const column = Math.max(...rows.map(([command, remark]) => (remark === '' ? 0 : widthOf(command))));
  return rows.flatMap(([command, remark]) =>
    remark === '' || widthOf(command) > width
      ? [command, ...(remark === '' ? [] : wrapped(`      ${remark}`, width))]
      : hanging([[command.padEnd(column), remark]], width),
  );
}

const SUGGESTION = '(Did you mean ';

/** Commander's `error: …\n(Did you mean x?)` in one line, with the suggestion in our words. */
export function usageErrorText(text: string): string {
  const lines = text
    .replace(/^\s*error: /, '')
    .split('\n')
    .flatMap((line) => line.trim() || []);
  const line = lines.join(' ').replace(/\.$/, '');
  const at = line.lastIndexOf(SUGGESTION);
  if (at < 0 || !line.endsWith('?)')) return line;
  const names = line.slice(at + SUGGESTION.length, -2).replace(/^one of /, '');
  return line.slice(0, at).trimEnd() + suggesting(names.split(', ')).text;
}
