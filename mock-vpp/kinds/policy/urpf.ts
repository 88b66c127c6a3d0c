/** uRPF: checks of source addresses, by interface, family and direction. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const OWN_TABLE = 0xffffffff;
const Mode = { OFF: 0, LOOSE: 1, STRICT: 2 } as const;
const FAMILIES = [0, 1] as const;

interface Check {
  readonly mode: number;
  /** Undefined: the table that the interface is in. */
  readonly tableId?: number;
}

export class Urpf {
  /** Checks by sw_if_index, family and direction. VPP keeps those of a deleted interface for the next one with its index. */
  private readonly checks = new Map<string, Check>();

  set(swIfIndex: number, af: number, isInput: boolean, check: Check): void {
    const key = keyOf(swIfIndex, af, isInput);
    // A table that was named is shown even where nothing is checked.
    if (check.mode === Mode.OFF && check.tableId === undefined) this.checks.delete(key);
    else this.checks.set(key, check);
  }

  *details({ swIfIndex, table4, table6 }: Interface): Generator<Fields> {
    for (const af of FAMILIES) {
      for (const is_input of [true, false]) {
        const check = this.checks.get(keyOf(swIfIndex, af, is_input));
        if (check === undefined) continue;
        const table_id = check.tableId ?? [table4, table6][af];
        yield { sw_if_index: swIfIndex, is_input, mode: check.mode, af, table_id };
      }
    }
  }
}

const keyOf = (...parts: readonly unknown[]) => parts.join();

export const urpf = defineKind({
  name: 'urpf',
  title: 'uRPF',
  state: () => new Urpf(),
  handlers: {
    // It names table 0.
    urpf_update: onInterface((itf, fields, { dataplane }, state) => update(itf, fields, 0, dataplane, state)),

    urpf_update_v2: onInterface((itf, fields, { dataplane }, state) =>
      update(itf, fields, Number(fields.table_id), dataplane, state),
    ),

    urpf_interface_dump: ({ sw_if_index }, { dataplane }, state) =>
      [...dataplane.interfaces.values()]
        .filter(({ swIfIndex }) => [NO_INTERFACE, swIfIndex].includes(Number(sw_if_index)))
        .flatMap((itf) => [...state.details(itf)]),
  },
});

function update(itf: Interface, fields: Fields, tableId: number, dataplane: Dataplane, state: Urpf): number {
  const [mode, af] = [Number(fields.mode), Number(fields.af)];
  if (mode > Mode.STRICT) return Retval.INVALID_VALUE;
  if (af > FAMILIES.length - 1) return Retval.INVALID_ADDRESS_FAMILY;
  if (tableId !== OWN_TABLE && !dataplane.hasTable(tableId, af === 1)) return Retval.INVALID_VALUE;
  const named = tableId === OWN_TABLE ? {} : { tableId };
  state.set(itf.swIfIndex, af, Boolean(fields.is_input), { mode, ...named });
  return Retval.OK;
}
