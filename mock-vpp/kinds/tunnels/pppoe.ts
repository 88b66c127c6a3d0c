/** PPPoE: sessions are only of clients that VPP has heard, and the mock has no packets to hear any by. */

import { createdReply } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

export const pppoe = defineKind({
  name: 'pppoe',
  title: 'PPPoE sessions',
  commands: {
    'show pppoe session': { help: 'show pppoe session', run: () => 'No pppoe sessions configured...\n' },
    'show pppoe fib': { help: 'show pppoe fib', run: () => 'no pppoe fib entries\n' },
  },
  handlers: {
    pppoe_add_del_session: ({ decap_vrf_id }, { dataplane }) =>
      createdReply(
        dataplane.hasTable(Number(decap_vrf_id), false) ? Retval.INVALID_SW_IF_INDEX : Retval.NO_SUCH_INNER_FIB,
      ),

    pppoe_session_dump: () => [],

    // VPP does not look whether there is such an interface; one of a very large number kills it.
    pppoe_add_del_cp: ({ sw_if_index }) => (Number(sw_if_index) === 0 ? Retval.UNSPECIFIED : Retval.OK),
  },
});
