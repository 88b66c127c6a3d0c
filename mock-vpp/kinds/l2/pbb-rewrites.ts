/** Rewriting of the tags of provider backbone bridges, on any interface: facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const Operation = { NONE: 0, PUSH: 2, POP: 4, TRANSLATE: 7 } as const;
const KNOWN: readonly number[] = Object.values(Operation);

export interface Rewrite {
  readonly operation: number;
  /** Fields of the details; those of the last push stay. */
  readonly pushed: Fields;
}

type Rewrites = Map<number, Rewrite>;

export const pbbRewrites = defineKind({
  name: 'pbbRewrites',
  title: 'rewriting of PBB tags',
  /** sw_if_index → its rewrite. */
  state: (): Rewrites => new Map(),
  interfaceDeleted: (rewrites, { swIfIndex }) => void rewrites.delete(swIfIndex),
  interfaceDetails: (rewrites, { swIfIndex }) => {
    const { operation, pushed } = rewrites.get(swIfIndex) ?? {};
    return operation === Operation.PUSH || operation === Operation.POP ? { ...pushed } : {};
  },
  handlers: {
    l2_interface_pbb_tag_rewrite: onInterface(({ swIfIndex }, fields, _, rewrites: Rewrites) => {
      const operation = Number(fields.vtr_op);
      if (!KNOWN.includes(operation)) return Retval.INVALID_VALUE;
      const before = rewrites.get(swIfIndex)?.pushed ?? {};
      rewrites.set(swIfIndex, { operation, pushed: operation === Operation.PUSH ? pushedBy(fields) : before });
      return Retval.OK;
    }),
  },
});

/** VPP gives the numbers back with their bytes turned. */
function pushedBy({ b_dmac, b_smac, b_vlanid, i_sid }: Fields): Fields {
  const bytes = Buffer.alloc(6);
  bytes.writeUInt16LE(Number(b_vlanid) & 0xfff, 0);
  bytes.writeUInt32LE(Number(i_sid) & 0xfffff, 2);
  return { b_dmac, b_smac, b_vlanid: bytes.readUInt16BE(0), i_sid: bytes.readUInt32BE(2) };
}
