/** The rewriting of VLAN tags on interfaces of layer 2: as vppcfg has it, a sub-interface takes its own tags off. */

import type { Wish } from '../../wish.js';
import type { Message, References } from '../kind.js';
import type { InterfaceDetails } from '../snapshot.js';

/** In the words of VPP's command line, in the order of `vtr_op`. */
const OPERATIONS = [
  'disable',
  'push 1',
  'push 2',
  'pop 1',
  'pop 2',
  'translate 1-1',
  'translate 1-2',
  'translate 2-1',
  'translate 2-2',
] as const;

export type TagRewrite = (typeof OPERATIONS)[number];

export function wantedRewrite(wish: Wish, name: string): TagRewrite {
  const tags = wish.tagsOf(name);
  if (tags === undefined) return 'disable';
  return tags.inner > 0 ? 'pop 2' : 'pop 1';
}

export function foundRewrite(details: InterfaceDetails | undefined): TagRewrite {
  return OPERATIONS[Number(details?.vtr_op ?? 0)] ?? 'disable';
}

/**
 * Sent for every interface: one that gets the number of a deleted one may inherit its rewriting. An interface that has no tags, since it
 * is no Ethernet, refuses even to leave them alone.
 */
export function rewriteMessage(name: string, rewrite: TagRewrite, refs: References): Message {
  return {
    name: 'l2_interface_vlan_tag_rewrite',
    fields: {
      ...{ sw_if_index: refs.interface(name), vtr_op: OPERATIONS.indexOf(rewrite) },
      ...{ push_dot1q: 0, tag1: 0, tag2: 0 },
    },
    ...(rewrite === 'disable' && { settledBy: ['INVALID_INTERFACE'] }),
  };
}
