/**
 * The commands of `cli_inband`, as the kinds declare them. Words may be shortened while they are unambiguous; texts and refusals
 * have VPP's form (retval -1, `unknown input`, behind the words that were understood).
 */

import type { Kind } from '../kind.js';
import type { Vpp } from '../vpp.js';
import { type CliCommand, type CliOutput, CliRefusal } from './cli-command.js';

/** Words that one command gets to see: a line of a million commands is not copied for each of them. */
const MOST_WORDS = 4096;

interface Answer {
  readonly retval: number;
  readonly text: string;
}

interface Node {
  readonly words: Record<string, Node>;
  command?: CliCommand;
  kind?: Kind;
}

export class CommandLine {
  private readonly root: Node = { words: {} };

  constructor(kinds: readonly Kind[]) {
    for (const kind of kinds) {
      for (const [path, command] of Object.entries(kind.commands ?? {})) {
        Object.assign(this.nodeAt(path.split(' ')), { command, kind });
      }
    }
  }

  run(line: string, vpp: Vpp): Answer {
    const words = line.split(/\s+/).filter((word) => word !== '');
    if (words[0] === 'help' || words.at(-1) === '?') {
      return this.help(words.filter((word) => word !== 'help' && word !== '?'));
    }
    // A line may have several commands, without anything between them.
    for (let text = '', at = 0; ; ) {
      const given = words.slice(at, at + MOST_WORDS);
      const { retval, text: more, left } = this.runFirst([...given], vpp);
      text += more;
      at += given.length - left.length;
      if (retval !== 0 || at >= words.length) return { retval, text };
    }
  }

  /** Runs the command that the words begin with. */
  private runFirst(left: string[], vpp: Vpp): Answer & CliOutput {
    const understood: string[] = [];
    let node = this.root;
    while (left.length > 0) {
      const found = Object.keys(node.words).filter((word) => word.startsWith(left[0]));
      const exact = found.includes(left[0]) ? left[0] : found[0];
      if (found.length !== 1 && exact !== left[0]) break;
      node = node.words[exact];
      understood.push(exact);
      left.shift();
    }
    try {
      return answerOf(node, left, understood, vpp);
    } catch (error) {
      if (error instanceof CliRefusal) return { retval: -1, text: error.message, left: [] };
      throw error;
    }
  }

  /** Lists the commands that begin with `words`, in VPP's layout: two spaces, the name in 40 columns, its help. */
  private help(words: readonly string[]): Answer {
    const fits = ([path]: readonly [string[], CliCommand]) => words.every((word, at) => path[at]?.startsWith(word));
    const found = commandsBelow([], this.root).filter(fits);
    if (found.length === 0) return { retval: -1, text: `unknown input \`${words.join(' ')}'\n` };
    return { retval: 0, text: found.map(([path, { help }]) => `  ${path.join(' ').padEnd(40)} ${help}\n`).join('') };
  }

  private nodeAt(path: readonly string[]): Node {
    return path.reduce((node, word) => (node.words[word] ??= { words: {} }), this.root);
  }
}

function answerOf({ command, kind }: Node, left: string[], understood: string[], vpp: Vpp): Answer & CliOutput {
  if (command === undefined) {
    const where = understood.length > 0 ? `${understood.join(' ')}: ` : '';
    return { retval: -1, text: `${where}unknown input \`${left.join(' ')}'\n`, left: [] };
  }
  const { dataplane } = vpp;
  const words = command.takesWords ? left : [];
  const output = command.run(dataplane.of(kind!), { vpp, dataplane, words });
  if (typeof output !== 'string') return { retval: 0, ...output };
  return { retval: 0, text: output, left: command.takesWords ? [] : left };
}

function commandsBelow(path: string[], { words }: Node): (readonly [string[], CliCommand])[] {
  return Object.keys(words)
    .sort()
    .flatMap((word) => {
      const own = [...path, word];
      const { command } = words[word];
      return [...(command ? [[own, command] as const] : []), ...commandsBelow(own, words[word])];
    });
}
