/** CLI commands that list the classify tables of interfaces, in VPP's layout. */
import { type CliCommand, CliRefusal } from '../../cli/cli-command.js';
import type { AppliedTables } from '../../dataplane/policy/applied-tables.js';

export interface TableTexts {
  /** The command. */
  readonly name: string;
  /** Word of each slot, behind `type`. */
  readonly types: readonly string[];
  readonly none: string;
  /** Text for a type that is missing, or is none. */
  readonly refusal: string;
}

const INDEX_WIDTH = 10;
const TABLE_WIDTH = 20;

/** A command such as `show inacl type ip4`. */
export function showTables<State>(tablesOf: (state: State) => AppliedTables, texts: TableTexts): CliCommand<State> {
  return {
    help: `${texts.name} type [${texts.types.join('|')}]`,
    takesWords: true,
    run: (state, { dataplane, words: [keyword, type, ...more] }) => {
      const slot = keyword === 'type' ? texts.types.indexOf(type) : -1;
      if (slot < 0) throw new CliRefusal(`${texts.name}: ${texts.refusal}\n`);
      const nameOf = (swIfIndex: number) => dataplane.interfaces.get(swIfIndex)?.name ?? `DELETED (${swIfIndex})`;
      const rows = tablesOf(state)
        .list(slot)
        ?.map(([swIfIndex, table]) => row(swIfIndex, table, nameOf(swIfIndex)));
      const text = rows ? [row('Intfc idx', 'Classify table', 'Interface name'), ...rows].join('') : `${texts.none}\n`;
      if (more.length > 0) throw new CliRefusal(`${text}unknown input \`${more.join(' ')}'\n`);
      return text;
    },
  };
}

function row(index: number | string, table: number | string, name: string): string {
  return `${String(index).padStart(INDEX_WIDTH)}${String(table).padStart(TABLE_WIDTH)}\t\t${name}\n`;
}
