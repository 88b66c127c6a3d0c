/** Rows of the program's help: a command each, or some that belong together, so that all of them fit one screen of 24 lines. */

import { Command } from 'commander';

/** Commands with a row of their own, where the first one would have it. */
const GROUPS: readonly (readonly [names: readonly string[], summary: string])[] = [
  [['watch', 'ping'], "print events as they come; measure VPP's answers"],
  [['proxy', 'clients'], "let VPP's clients share one connection, and see who does"],
  [['status', 'top'], 'show how a running agent is; watch VPP live'],
  [['packet-trace', 'pcap'], "follow packets through VPP's graph, or capture them"],
  [['describe', 'completion'], 'show messages and fields; complete them in a shell'],
  [['cli', 'repl'], "run VPP's own commands; a prompt for requests"],
  [['run', 'init'], 'run the agent; write its configuration, tokens, a unit'],
  [['plan', 'apply'], 'show what a wish would change; have an agent make it so'],
  [['confirm', 'rollback'], 'keep what was applied, or go back'],
  [['wish', 'drift', 'history'], 'how the wish stands, what differs, what there was'],
  [['call', 'dump'], 'send a request; print its reply, or the list'],
  [['validate', 'adopt'], 'check a wish, of what VPP should be; write VPP as one'],
];

/** The commands as the help lists them. */
export function helpRows(commands: readonly Command[]): Command[] {
  const known = new Set(commands.map((command) => command.name()));
  const groups = GROUPS.filter(([names]) => names.every((name) => known.has(name)));
  return commands.flatMap((command) => {
    const group = groups.find(([names]) => names.includes(command.name()));
    if (group === undefined) return [command];
    const [names, summary] = group;
    return names[0] === command.name() ? [new Command(names.join(', ')).summary(summary)] : [];
  });
}
