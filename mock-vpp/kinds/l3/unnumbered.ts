/** Unnumbered interfaces, which use the addresses of another one. */
import type { Fields } from '../../../src/mux/internal.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export const unnumbered = defineKind({
  name: 'unnumbered',
  title: 'unnumbered interfaces',
  /** sw_if_index of the unnumbered → sw_if_index of that whose addresses it uses. */
  state: () => new Map<number, number>(),
  interfaceDeleted: (lenders, { swIfIndex }) => {
    for (const [borrower, lender] of lenders) if ([borrower, lender].includes(swIfIndex)) lenders.delete(borrower);
  },
  handlers: {
    // The fields are named the other way round than in VPP's insides: sw_if_index has the addresses.
    sw_interface_set_unnumbered: (fields, { dataplane: { interfaces } }, lenders) => {
      const borrower = interfaces.get(Number(fields.unnumbered_sw_if_index));
      const lender = interfaces.get(Number(fields.sw_if_index));
      if (borrower === undefined) return Retval.INVALID_SW_IF_INDEX;
      if (!fields.is_add) {
        lenders.delete(borrower.swIfIndex);
        return Retval.OK;
      }
      if (lender === undefined) return Retval.INVALID_SW_IF_INDEX_2;
      if (borrower.table4 !== lender.table4 || borrower.table6 !== lender.table6) {
        return Retval.UNEXPECTED_INTF_STATE;
      }
      lenders.set(borrower.swIfIndex, lender.swIfIndex);
      return Retval.OK;
    },

    ip_unnumbered_dump: (fields, _, lenders) => {
      const swIfIndex = Number(fields.sw_if_index);
      return [...lenders]
        .filter(([borrower]) => swIfIndex === NO_INTERFACE || borrower === swIfIndex)
        .sort(([a], [b]) => a - b)
        .map(([borrower, lender]): Fields => ({ sw_if_index: borrower, ip_sw_if_index: lender }));
    },
  },
});
