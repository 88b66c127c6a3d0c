/** SPAN: copies of an interface's packets that leave through another. VPP looks at no interface, and forgets none. */
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** Largest state: 1 received packets, 2 transmitted ones, 3 both. */
const BOTH = 3;

export interface Mirror {
  readonly from: number;
  readonly to: number;
  readonly isL2: boolean;
  readonly state: number;
}

export const span = defineKind({
  name: 'span',
  title: 'SPAN',
  state: () => new Map<string, Mirror>(),
  handlers: {
    sw_interface_span_enable_disable: (fields, _, mirrors) => {
      const state = Number(fields.state);
      const [from, to, isL2] = [Number(fields.sw_if_index_from), Number(fields.sw_if_index_to), Boolean(fields.is_l2)];
      if (state > BOTH) return Retval.UNIMPLEMENTED;
      if (from === to || from === NO_INTERFACE) return Retval.INVALID_INTERFACE;
      if (to === NO_INTERFACE && state !== 0) return Retval.INVALID_INTERFACE;
      const key = `${from} ${to} ${isL2}`;
      if (state === 0) mirrors.delete(key);
      else mirrors.set(key, { from, to, isL2, state });
      return Retval.OK;
    },

    sw_interface_span_dump: (fields, _, mirrors) =>
      [...mirrors.values()]
        .filter(({ isL2 }) => isL2 === Boolean(fields.is_l2))
        .sort((a, b) => a.from - b.from || a.to - b.to)
        .map(({ from, to, isL2, state }) => ({
          sw_if_index_from: from,
          sw_if_index_to: to,
          state,
          is_l2: isL2,
        })),
  },
});
