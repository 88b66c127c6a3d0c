/** The fleet in numbers: agents by what became of their generation, by health, and those that have drifted. */

import { exact } from '../../parts/format.js';
import { Tile } from '../../parts/tile.js';
import { type FleetStatus, STANDINGS, TONES } from './types.js';
import { STANDING_HINTS, STANDING_WORDS } from './words.js';

export function Counts({
  status: { agents, counts = {}, health = {}, drifted = 0 },
}: {
  readonly status: FleetStatus;
}) {
  const ill = (health.degraded ?? 0) + (health.error ?? 0);
  return (
    <dl class="tiles">
      <Tile label="Agents" note="known to the fleet">
        {exact(agents)}
      </Tile>
      {STANDINGS.filter((standing) => (counts[standing] ?? 0) > 0).map((standing) => {
        const tone = TONES[standing];
        return (
          <Tile
            key={standing}
            label={STANDING_WORDS[standing]}
            note={STANDING_HINTS[standing]}
            {...((tone === 'bad' || tone === 'busy') && { tone })}
          >
            {exact(counts[standing])}
          </Tile>
        );
      })}
      <Tile
        label="not healthy"
        note={`${exact(health.degraded ?? 0)} degraded, ${exact(health.error ?? 0)} error, ${exact(health.ok ?? 0)} ok`}
        {...(ill > 0 && { tone: (health.error ?? 0) > 0 ? 'bad' : 'busy' })}
      >
        {exact(ill)}
      </Tile>
      <Tile label="drifted" note="VPP was changed by others" {...(drifted > 0 && { tone: 'bad' })}>
        {exact(drifted)}
      </Tile>
    </dl>
  );
}
