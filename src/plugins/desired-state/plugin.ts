/** The plugin `desired-state`: makes VPP what a wish says, and keeps it so through restarts and other people's hands. */

import { AllWishes, definePlugin, Log, Metrics, Mux, Status, Wishes, WishKinds } from '../../sdk/index.js';
import { systemClock } from './clock.js';
import { desiredStateConfig } from './config.js';
import { Controller } from './controller.js';
import { InterfaceEvents } from './interface-events.js';
import { KindsInUse } from './kinds-in-use.js';
import { wishOperations } from './operations.js';
import { briefStatus } from './status.js';
import { nodeFileSystem } from './store/file-system.js';
import { lockFolder } from './store/lock.js';
import { stateFolder } from './store/state-folder.js';
import { Store } from './store/store.js';
import { VppSessions } from './vpp-sessions.js';
import { WishFile } from './wish-file.js';
import { wishMetrics } from './wish-metrics.js';
import { wishService } from './wish-service.js';

export const desiredStatePlugin = definePlugin({
  name: 'desired-state',
  version: '1.0.0',
  agentApi: 1,
  description: 'Makes VPP what a wish says, and keeps it so: vppmux plan, apply, drift (desired-state.conf).',
  optional: true,
  requires: { mux: Mux, log: Log, status: Status, kinds: WishKinds },
  provides: { wishes: Wishes },
  contributes: { metrics: Metrics, all: AllWishes },
  config: desiredStateConfig,
  create({ mux, log, status, kinds: contributed }, config) {
    let inEffect = config;
    const kinds = new KindsInUse(contributed, (text) => log.warn(text));
    const folder = stateFolder(mux.status.socket, { stateDir: config['state-dir'] || undefined, env: process.env });
    let release: (() => void) | undefined;
    const vpp = new VppSessions(mux, () => controller.vppChanged());
    const report = () => {
      const { state, reason } = briefStatus({ controller, vpp });
      events.listen(controller.keeper?.present !== undefined);
      if (state === 'error') status.error(reason);
      else if (file.trouble !== undefined) status.degraded(file.trouble);
      else if (state === 'incomplete' || state === 'drifted') status.degraded(reason);
      else status.ok(reason);
      wishes.changed();
    };
    const controller = new Controller({
      open: () => Store.open(nodeFileSystem, { folder, keep: () => inEffect.keep }),
      claim: () => {
        if (release !== undefined) return false;
        release = lockFolder(folder);
        return true;
      },
      ...{ kinds, vpp, clock: systemClock, config: () => inEffect, log, changed: report },
    });
    const wishes = wishService(controller, vpp, (error) =>
      log.error({ err: error }, 'a reader of the wish has thrown'),
    );
    const events = new InterfaceEvents(
      mux,
      () => controller.eventSeen(),
      (error) => log.warn({ err: error }, 'no events of interfaces: VPP is compared at intervals only'),
    );
    const file = new WishFile(controller, log, report);
    let stopFollowing = () => {};
    return {
      provide: { wishes },
      contribute: { metrics: wishMetrics(controller), all: [wishes] },
      operations: wishOperations({ controller, kinds, vpp, clock: systemClock, config: () => inEffect }),
      async afterInit() {
        stopFollowing = vpp.follow();
        // Carried out behind the start: a large wish takes longer than a start may.
        void controller.start().then(() => file.follow(inEffect.wish));
      },
      dataplane: (event) => vpp.note(event),
      configuration({ after }) {
        const isMoved = after['state-dir'] !== config['state-dir'];
        inEffect = after;
        controller.configChanged();
        void file.follow(after.wish);
        return { pendingRestart: isMoved ? ['state-dir'] : [] };
      },
      async close() {
        file.stop();
        events.listen(false);
        stopFollowing();
        await controller.close();
        release?.();
      },
    };
  },
});
