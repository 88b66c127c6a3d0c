/** The plugin behind `--exit-with-upstream`: ends the proxy when VPP has gone. */

import { definePlugin, Log, Mux } from '../../sdk/index.js';

/** `gone` is called once: when a VPP that was there is not there any more. */
export function exitWithUpstream(gone: () => void) {
  return definePlugin({
    name: 'exit-with-upstream',
    version: '1.0.0',
    agentApi: 1,
    requires: { mux: Mux, log: Log },
    create: ({ mux, log }) => ({
      init() {
        let wasThere = false;
        mux.states().subscribe(({ state, reason }) => {
          if (state === 'ready') wasThere = true;
          if (!wasThere || (state !== 'backoff' && state !== 'connecting' && state !== 'closed')) return;
          wasThere = false;
          log.info(`VPP has gone: ${reason}`);
          gone();
        });
      },
    }),
  });
}
