/**
 * The plugin `policy`: rules that say which plugin may send which messages, decided on the first of each kind in a channel.
 * List it behind govpp and before whoever it is to guard: what a plugin sends before that has been sent.
 */

import type { DataListener } from '../../mux/index.js';
import { Board, Closing, DataEvents, definePlugin, Log, Mux, Status } from '../../sdk/index.js';
import { Audit } from './audit.js';
import { type PolicyConfig, policyConfig } from './config.js';
import { Policy } from './policy.js';
import { unknownMessages, unknownPlugins } from './unknown-names.js';

export const policyPlugin = definePlugin({
  name: 'policy',
  version: '1.0.0',
  agentApi: 1,
  description: 'Says which plugins may send which messages to VPP: allow, refuse, or so many a second (policy.yaml).',
  requires: { dataEvents: DataEvents, mux: Mux, board: Board, closing: Closing, log: Log, status: Status },
  config: policyConfig,
  create({ dataEvents, mux, board, closing, log, status }, config) {
    const audit = new Audit(log);
    const policy = new Policy(config, audit);
    let inForce = config;
    /** While no rule refuses anything: what read-only channels refuse, and what is never sent, is told all the same, at no cost. */
    const auditor: DataListener = {
      name: 'policy',
      refused: (session, message, refusal) => policy.refused(session, message, refusal),
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
      // Also when it listens only now: what waits, and the streams that are open, were let through by nobody.
      if (listener === policy) dataEvents.decideAgain(policy);
      const reason = policy.isNeeded ? `${count(inForce)} in force` : 'everything is allowed';
      status.report({ state: 'ok', reason, details: { policy: policy.shown } });
      log.info(`${reason}, default: ${inForce.default}`);
    };
    const warnOfMessages = () => {
      if (mux.schema) for (const line of unknownMessages(inForce, mux.schema)) log.warn(line);
    };
    const warnOfPlugins = () => {
      const running = board.status.parts.map(({ name }) => name);
      for (const line of unknownPlugins(inForce, running)) log.warn(line);
    };

    return {
      init: enforce,
      afterInit() {
        warnOfPlugins();
        // VPP may take its time; the rules are in force all the same.
        mux.ready({ signal: closing }).then(warnOfMessages, () => {});
      },
      configuration({ after }) {
        inForce = after;
        policy.replace(after);
        enforce();
        warnOfPlugins();
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
