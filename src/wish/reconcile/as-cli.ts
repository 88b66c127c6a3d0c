/**
 * A plan as lines of VPP's command line, for those who compare it with vppcfg's: deletions in its block `prune`, what is made in `create`,
 * settings in `sync`. VPP's `exec` takes the text.
 */

import { printableLine } from '../../printable.js';
import type { CliLine } from '../kinds/kind.js';
import type { Action, Operation } from './operation.js';
import type { Reconciliation } from './reconciliation.js';

const BLOCKS = ['prune', 'create', 'sync'] as const;

const BLOCK_OF: Readonly<Record<Action, CliLine['block']>> = { delete: 'prune', create: 'create', change: 'sync' };

/** Lines of all operations, in the order in which they are carried out. Kinds without any of their own get a comment. */
export function cliLines(reconciliation: Pick<Reconciliation, 'order' | 'inventory' | 'wanted'>): CliLine[] {
  const { first, second } = reconciliation.order;
  return [...downLines(reconciliation), ...[...first, ...second].flatMap(({ operation }) => linesOf(operation))];
}

/** Lines that take interfaces down that are to be deleted: vppcfg begins with them. VPP does without, so that no operation does it. */
function* downLines({ order, inventory, wanted }: Parameters<typeof cliLines>[0]): Generator<CliLine> {
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
