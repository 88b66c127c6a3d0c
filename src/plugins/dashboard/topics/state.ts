/** The topic `state`: the agent, VPP and the stats segment as they are now, from memory. */

import type { Stats } from '../../../stats/index.js';
import type { StateTopic } from '../protocol/topics/state.js';
import type { Sources } from '../sources.js';
import type { TopicSource } from '../topic.js';

export function stateTopic({
  info,
  board,
  mux,
  stats,
  dataplanes,
}: Pick<Sources, 'info' | 'board' | 'mux' | 'stats' | 'dataplanes'>): TopicSource<StateTopic> {
  return () => ({
    async read() {
      // The counters are opened by the first read, and none of the other topics may want any.
      await stats.get('/sys/heartbeat').catch(() => undefined);
      const { name, version, startedAt } = info;
      const { overall, reason, details } = board.status;
      const all = dataplanes();
      const { since, state, reason: why, socket, generation, reconnects, version: release, pid } = mux.status;
      return {
        agent: { name, version, startedAt: startedAt.getTime(), overall, reason },
        vpp: { state, reason: why, since: since.getTime(), socket, generation, reconnects, version: release, pid },
        stats: shown(stats.state),
        // A section of the plugin `etcd`, which knows nothing of this one, and is for all dataplanes.
        fleet: details.fleet !== undefined,
        ...(all && { dataplanes: all }),
      };
    },
  });
}

function shown({ state, reason, since, way }: Stats['state']): StateTopic['stats'] {
  return { state, reason, since, way };
}
