/** Rewriting of VLAN tags on interfaces of layer 2: facts of VPP 26.06. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

/** `vtr_op`: its index; how many tags it needs, and how many it pushes. */
const OPERATIONS: readonly { readonly needs: number; readonly pushes: number }[] = [
  { needs: 0, pushes: 0 },
  { needs: 0, pushes: 1 },
  { needs: 0, pushes: 2 },
  { needs: 1, pushes: 0 },
  { needs: 2, pushes: 0 },
  { needs: 1, pushes: 1 },
  { needs: 1, pushes: 2 },
  { needs: 2, pushes: 1 },
  { needs: 2, pushes: 2 },
];

/** Bits of `sub_if_flags`. */
const Flag = { NO_TAGS: 1, ONE_TAG: 2, TWO_TAGS: 4, OUTER_ANY: 64, INNER_ANY: 128 } as const;

export const tagRewrites = defineKind({
  name: 'tagRewrites',
  title: 'rewriting of VLAN tags',
  /** sw_if_index → the fields of sw_interface_details. */
  state: () => new Map<number, Fields>(),
  interfaceDetails: (rewrites, { swIfIndex }) => rewrites.get(swIfIndex) ?? {},
  handlers: {
    l2_interface_vlan_tag_rewrite: onInterface((itf, fields, { dataplane }, rewrites: Map<number, Fields>) => {
      const op = Number(fields.vtr_op);
      const operation = OPERATIONS[op];
      if (operation === undefined) return Retval.INVALID_VALUE;
      if (!dataplane.interfaces.superOf(itf).device.isEthernet) return Retval.INVALID_INTERFACE;
      if (operation.needs > tagsOf(itf)) {
        // The operation before is kept, without its tags.
        rewrites.set(itf.swIfIndex, { vtr_op: rewrites.get(itf.swIfIndex)?.vtr_op ?? 0 });
        return Retval.INVALID_VLAN_TAG_COUNT;
      }
      const { pushes } = operation;
      rewrites.set(itf.swIfIndex, {
        vtr_op: op,
        vtr_push_dot1q: pushes > 0 && fields.push_dot1q ? 1 : 0,
        vtr_tag1: pushes > 0 ? Number(fields.tag1) & 0xffff : 0,
        vtr_tag2: pushes > 1 ? Number(fields.tag2) & 0xffff : 0,
      });
      return Retval.OK;
    }),
  },
});

/** Tags with a given value that an interface receives. */
function tagsOf({ sub }: Interface): number {
  if (sub === undefined || sub.flags & (Flag.NO_TAGS | Flag.OUTER_ANY)) return 0;
  if (sub.flags & Flag.ONE_TAG) return 1;
  if (sub.flags & Flag.TWO_TAGS) return sub.flags & Flag.INNER_ANY ? 1 : 2;
  return 0;
}
