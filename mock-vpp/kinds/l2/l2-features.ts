/** Features of interfaces of layer 2, one by one; and patches, by which one interface sends what another receives. */
import type { Fields } from '../../../src/mux/internal.js';
import { bitsOf, flagsOf, L2Feature } from '../../dataplane/l2/l2-features.js';
import type { Call } from '../../handlers/call.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { bridges } from './bridges.js';
import { tagRewrites } from './tag-rewrites.js';

/** Flags that the older request knows. */
const OLD_FLAGS = 31;

export const l2Features = defineKind({
  name: 'l2Features',
  title: 'features of layer 2',
  handlers: {
    // Any interface will do.
    l2_flags: onInterface(({ swIfIndex }, fields, { dataplane }) => {
      const bits = bitsOf(Number(fields.feature_bitmap) & OLD_FLAGS);
      const { features } = dataplane.of(bridges);
      return { resulting_feature_bitmap: features.changeInput(swIfIndex, bits, Boolean(fields.is_set)) };
    }),

    l2_flags_get: onInterface(({ swIfIndex }, _, call) => {
      if (!isBridged(call, swIfIndex) && !isCrossConnected(call, swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      const { features } = call.dataplane.of(bridges);
      return {
        input_feature_bitmap: (features.inputOf(swIfIndex) | tagRewriteBit(call, swIfIndex)) >>> 0,
        output_feature_bitmap: features.outputOf(swIfIndex),
      };
    }),
    l2_flags_set: onInterface(({ swIfIndex }, fields, call) => {
      if (!isBridged(call, swIfIndex) && !isCrossConnected(call, swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      const { features } = call.dataplane.of(bridges);
      const isSet = Boolean(fields.is_set);
      features.changeInput(swIfIndex, Number(fields.input_feature_bitmap), isSet);
      features.changeOutput(swIfIndex, Number(fields.output_feature_bitmap), isSet);
      return Retval.OK;
    }),

    l2_interface_feat_flags_get: onInterface(({ swIfIndex }, _, call) => {
      if (!isBridged(call, swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      return { flags: flagsOf(call.dataplane.of(bridges).features.inputOf(swIfIndex)) };
    }),
    l2_interface_feat_flags_set: onInterface(({ swIfIndex }, fields, call) => {
      if (!isBridged(call, swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      const { features } = call.dataplane.of(bridges);
      features.changeInput(swIfIndex, bitsOf(Number(fields.flags)), Boolean(fields.is_set));
      return Retval.OK;
    }),

    l2_interface_efp_filter: onInterface(({ swIfIndex }, fields, { dataplane }) => {
      const { features } = dataplane.of(bridges);
      features.changeOutput(swIfIndex, L2Feature.EFP_FILTER, Boolean(fields.enable_disable));
      return Retval.OK;
    }),
    sw_interface_set_vpath: onInterface(({ swIfIndex }, fields, { dataplane }) => {
      dataplane.of(bridges).features.changeInput(swIfIndex, L2Feature.VPATH, Boolean(fields.enable));
      return Retval.OK;
    }),

    // VPP does not dump patches, and removes those that there are not.
    l2_patch_add_del: ({ rx_sw_if_index, tx_sw_if_index }: Fields, { dataplane }) => {
      const isThere = [rx_sw_if_index, tx_sw_if_index].every((index) => dataplane.hasInterface(Number(index)));
      return isThere ? Retval.OK : Retval.INVALID_SW_IF_INDEX;
    },
  },
});

const isBridged = ({ dataplane }: Call, swIfIndex: number) => dataplane.of(bridges).bridgeOf(swIfIndex) !== undefined;

const isCrossConnected = ({ dataplane }: Call, swIfIndex: number) => dataplane.of(bridges).crossConnects.has(swIfIndex);

function tagRewriteBit({ dataplane }: Call, swIfIndex: number): number {
  return dataplane.of(tagRewrites).get(swIfIndex)?.vtr_op ? L2Feature.TAG_REWRITE : 0;
}
