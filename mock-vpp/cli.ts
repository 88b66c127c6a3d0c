/**
 * The commands of `cli_inband`, as the kinds declare them. Words may be shortened while they are unambiguous; texts and refusals
 * have VPP's form (retval -1, `unknown input`, behind the words that were understood).
 */
import { type CliCommand, CliRefusal } from './cli-command.js';
import type { Kind } from './kind.js';
import type { Vpp } from './vpp.js';

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
    const understood: string[] = [];
    let node = this.root;
    while (words.length > 0) {
      const found = Object.keys(node.words).filter((word) => word.startsWith(words[0]));
      const exact = found.includes(words[0]) ? words[0] : found[0];
      if (found.length !== 1 && exact !== words[0]) break;
      node = node.words[exact];
      understood.push(exact);
      words.shift();
    }
    try {
      return answerOf(node, words, understood, vpp);
    } catch (error) {
      if (error instanceof CliRefusal) return { retval: -1, text: error.message };
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

function answerOf({ command, kind, words: below }: Node, left: string[], understood: string[], vpp: Vpp): Answer {
  const { dataplane } = vpp;
  const run = (words: readonly string[]) => command!.run(dataplane.of(kind!), { vpp, dataplane, words });
  if (command !== undefined && (left.length === 0 || command.takesWords)) return { retval: 0, text: run(left) };
  // A command without words of its own runs before it finds out that there is something left.
  const before = command !== undefined && Object.keys(below).length === 0 ? run([]) : undefined;
  const where = understood.length > 0 && before === undefined ? `${understood.join(' ')}: ` : '';
  return { retval: -1, text: `${before ?? ''}${where}unknown input \`${left.join(' ')}'\n` };
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
