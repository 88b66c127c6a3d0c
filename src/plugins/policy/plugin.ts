/**
 * The plugin `policy`: rules that say which plugin may send which messages, decided on the first message of each name in a channel.
 * List it behind govpp and before the plugins that it is to guard: it cannot take back what one has sent before.
 */

import type { DataListener } from '../../mux/index.js';
import { AgentInfo, Board, Closing, DataEvents, definePlugin, Log, Mux, Status } from '../../sdk/index.js';
import { Audit } from './audit.js';
import { type PolicyConfig, policyConfig } from './config.js';
import { Policy } from './policy.js';
import { unguardedDataplanes } from './unguarded.js';
import { unknownMessages, unknownPlugins } from './unknown-names.js';

export const policyPlugin = definePlugin({
  name: 'policy',
  version: '1.0.0',
  agentApi: 1,
  description: 'Says which plugins may send which messages to VPP: allow, refuse, or limit the rate (policy.yaml).',
  requires: {
    ...{ dataEvents: DataEvents, mux: Mux, board: Board, info: AgentInfo },
    ...{ closing: Closing, log: Log, status: Status },
  },
  config: policyConfig,
  create({ dataEvents, mux, board, info, closing, log, status }, config) {
    const audit = new Audit(log);
    const policy = new Policy(config, audit);
    let inEffect = config;
    /** Listener while no rule refuses anything: it logs what channels refuse by themselves, at no cost. */
    const auditor: DataListener = {
      name: 'policy',
      refused: (channel, message, refusal) => policy.refused(channel, message, refusal),
    };
    let listener: DataListener | undefined;
    let stop = () => {};

    const enforce = () => {
      const before = listener;
      listener = policy.isNeeded ? policy : auditor;
      if (listener !== before) {
        stop();
        stop = dataEvents.listen(listener);
      }
      // Also when it has only begun to listen: requests that wait, and open streams, have not been decided on.
      if (listener === policy) dataEvents.decideAgain(policy);
      const reason = policy.isNeeded ? `${count(inEffect)} in effect` : 'everything is allowed';
      status.report({ state: 'ok', reason, details: { policy: policy.shown } });
      log.info(`${reason}, default: ${inEffect.default}`);
    };
    const warnOfMessages = () => {
      if (mux.schema) for (const line of unknownMessages(inEffect, mux.schema)) log.warn(line);
    };
    const warnOfDataplanes = () => {
      if (policy.isNeeded) for (const line of unguardedDataplanes(info, board)) log.warn(line);
    };
    const warnOfPlugins = () => {
      const running = board.status.parts.map(({ name }) => name);
      for (const line of unknownPlugins(inEffect, running)) log.warn(line);
    };

    return {
      init: enforce,
      afterInit() {
        warnOfPlugins();
        warnOfDataplanes();
        // The rules are in effect also while VPP is away.
        mux.ready({ signal: closing }).then(warnOfMessages, () => {});
      },
      configuration({ after }) {
        inEffect = after;
        policy.replace(after);
        enforce();
        warnOfPlugins();
        warnOfDataplanes();
        warnOfMessages();
      },
      close() {
        stop();
        audit.close();
      },
    };
  },
});

function count({ rules }: PolicyConfig): string {
  return rules.length === 1 ? '1 rule' : `${rules.length} rules`;
}
