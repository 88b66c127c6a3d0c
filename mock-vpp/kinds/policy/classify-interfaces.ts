/** Classify tables on interfaces: as ACLs for what comes in and goes out, as policers, as flows, as ACLs of punts. */
import type { Fields } from '../../../src/mux/internal.js';
import { AppliedTables } from '../../dataplane/policy/applied-tables.js';
import { NO_TABLE } from '../../dataplane/policy/classifier.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { showTables } from './classify-commands.js';
import { classifyTables } from './classify-tables.js';

const IP4 = 0;
const IP6 = 1;
const L2 = 2;

export class ClassifyInterfaces {
  readonly input = new AppliedTables(3);
  readonly output = new AppliedTables(3);
  readonly policer = new AppliedTables(3);
  readonly flow = new AppliedTables(2);
  /** Tables of all punts, as if on one interface. */
  readonly punt = new AppliedTables(2);
}

const PUNTS = 0;

/** Words of the command line for the slots. */
const TYPES = ['ip4', 'ip6', 'l2'] as const;
const UNTYPED = { none: 'No tables configured.', refusal: 'Type must be specified.' } as const;

export const classifyInterfaces = defineKind({
  name: 'classifyInterfaces',
  title: 'classify tables on interfaces',
  state: () => new ClassifyInterfaces(),
  handlers: {
    input_acl_set_interface: setsInterface('input'),
    output_acl_set_interface: setsInterface('output'),
    policer_classify_set_interface: setsInterface('policer'),
    flow_classify_set_interface: setsInterface('flow'),
    policer_classify_dump: lists('policer'),
    flow_classify_dump: lists('flow'),

    classify_table_by_interface: ({ sw_if_index }, { dataplane }, { input }) => {
      const isKnown = dataplane.hasInterface(Number(sw_if_index));
      const tableIn = (slot: number) => (isKnown ? input.at(slot, Number(sw_if_index)) : NO_TABLE);
      return {
        retval: isKnown ? Retval.OK : Retval.INVALID_SW_IF_INDEX,
        sw_if_index,
        l2_table_id: tableIn(L2),
        ip4_table_id: tableIn(IP4),
        ip6_table_id: tableIn(IP6),
      };
    },

    punt_acl_add_del: (fields, { dataplane }, { punt }) => {
      const tables = [Number(fields.ip4_table_index), Number(fields.ip6_table_index)];
      return punt.change(Boolean(fields.is_add), PUNTS, tables, dataplane.of(classifyTables));
    },

    punt_acl_get: (_, _call, { punt }) => ({
      ip4_table_index: punt.at(IP4, PUNTS),
      ip6_table_index: punt.at(IP6, PUNTS),
    }),

    classify_set_interface_ip_table: onInterface((_, { table_index }, { dataplane }) => {
      const isKnown = Number(table_index) === NO_TABLE || dataplane.of(classifyTables).has(Number(table_index));
      return isKnown ? Retval.OK : Retval.NO_SUCH_ENTRY;
    }),

    classify_set_interface_l2_tables: onInterface((_, fields, { dataplane }) => {
      const isMissing = (name: string) => {
        const index = Number(fields[name]);
        return index !== NO_TABLE && !dataplane.of(classifyTables).has(index);
      };
      if (isMissing('ip4_table_index')) return Retval.NO_SUCH_TABLE;
      if (isMissing('ip6_table_index')) return Retval.NO_SUCH_TABLE2;
      return isMissing('other_table_index') ? Retval.NO_SUCH_TABLE3 : Retval.OK;
    }),
  },
  commands: {
    'show inacl': showTables(({ input }: ClassifyInterfaces) => input, {
      name: 'show inacl',
      types: TYPES,
      none: 'No input ACL tables configured',
      refusal: 'Invalid input ACL table type.',
    }),
    'show outacl': showTables(({ output }: ClassifyInterfaces) => output, {
      name: 'show outacl',
      types: TYPES,
      none: 'No output ACL tables configured',
      refusal: 'Invalid output ACL table type.',
    }),
    'show classify policer': showTables(({ policer }: ClassifyInterfaces) => policer, {
      name: 'show classify policer',
      types: TYPES,
      ...UNTYPED,
    }),
    'show classify flow': showTables(({ flow }: ClassifyInterfaces) => flow, {
      name: 'show classify flow',
      types: TYPES.slice(0, L2),
      ...UNTYPED,
    }),
  },
});

/** Changes the tables of an interface; flows have none for layer 2. */
function setsInterface(use: 'input' | 'output' | 'policer' | 'flow'): KindHandler<ClassifyInterfaces> {
  return onInterface(({ swIfIndex }, fields, { dataplane }, state) => {
    const tables = [fields.ip4_table_index, fields.ip6_table_index, fields.l2_table_index ?? NO_TABLE].map(Number);
    return state[use].change(Boolean(fields.is_add), swIfIndex, tables, dataplane.of(classifyTables));
  });
}

/** Lists the table of one interface. As in VPP, ~0 lists none. */
function lists(use: 'policer' | 'flow'): KindHandler<ClassifyInterfaces> {
  return ({ type, sw_if_index }, _, state) => {
    const table_index = state[use].at(Number(type), Number(sw_if_index));
    return table_index === NO_TABLE ? [] : [{ sw_if_index, table_index } as Fields];
  };
}
