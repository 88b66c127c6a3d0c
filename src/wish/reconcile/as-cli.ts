/**
 * A plan as lines of VPP's command line, for those who compare it with vppcfg's: deletions in its block `prune`, what is made in `create`,
 * settings in `sync`. VPP's `exec` takes the text.
 */

import { printableLine } from '../../printable.js';
import { inOneGo, Slices, type Steps } from '../../slices.js';
import type { CliLine } from '../kinds/kind.js';
import type { Action, Operation } from './operation.js';
import type { Reconciliation } from './reconciliation.js';

const BLOCKS = ['prune', 'create', 'sync'] as const;

const BLOCK_OF: Readonly<Record<Action, CliLine['block']>> = { delete: 'prune', create: 'create', change: 'sync' };

type Planned = Pick<Reconciliation, 'order' | 'inventory' | 'wanted'>;

/** Lines of all operations, in the order in which they are carried out. Kinds without any of their own get a comment. */
export const cliLines = (reconciliation: Planned): CliLine[] => inOneGo(allLines(reconciliation));

/** The same, without holding the event loop. */
export const cliLinesAsync = (reconciliation: Planned): Promise<CliLine[]> =>
  new Slices().take(allLines(reconciliation));

function* allLines(reconciliation: Planned): Steps<CliLine[]> {
  const lines = [...downLines(reconciliation)];
  const { first, second } = reconciliation.order;
  for (const list of [first, second]) {
    for (const { operation } of list) {
      for (const line of linesOf(operation)) lines.push(line);
      yield;
    }
  }
  return lines;
}

/** Lines that take interfaces down that are to be deleted: vppcfg begins with them. VPP does without, so that no operation does it. */
function* downLines({ order, inventory, wanted }: Planned): Generator<CliLine> {
  for (const { operation } of order.first) {
    const { action, kind, key, name } = operation;
    if (action !== 'delete' || kind.family !== 'interface' || kind.name === 'tap' || wanted.has(key)) continue;
    const state = inventory.objects.get(`admin-state/${name}`)?.value as { readonly isUp: boolean } | undefined;
    if (state?.isUp) yield { block: 'prune', line: `set interface state ${name} down` };
  }
}

function linesOf({ action, kind, key, before, after }: Operation): readonly CliLine[] {
  if (kind.cli !== undefined) return kind.cli(action === 'create' ? undefined : before, after);
  return [{ block: BLOCK_OF[action], line: `comment { vppmux: ${action} ${key.replace(/[{}]/g, ' ')} }` }];
}

/** The three blocks, each behind a comment with its number of lines; those without any are left out. Ends in a line feed, or is empty. */
export function asCli(lines: readonly CliLine[]): string {
  const text = BLOCKS.flatMap((block) => {
    const own = lines.filter((each) => each.block === block).map(({ line }) => printableLine(line));
    return own.length === 0 ? [] : [`comment { vppcfg ${block}: ${own.length} CLI statement(s) follow }`, ...own];
  });
  return text.map((line) => `${line}\n`).join('');
}
