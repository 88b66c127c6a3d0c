/**
 * The bugs of VPP that its clients meet, by the tables that the mux knows them by (src/mux/hazards, src/mux/quirks):
 *
 *   a request ──▶ VPP dies of it? ──▶ it holds VPP up? ──▶ served ──▶ its answer: garbage in a refusal's fields ──▶ a wrong name or id
 */
import type { FaultHooks } from '../fault-hooks.js';
import type { FaultHost } from '../fault-host.js';
import { Deaths } from './deaths.js';
import { Departures } from './departures.js';
import { SlowHandlers } from './slow-handlers.js';
import { withGarbage } from './undefined-fields.js';
import { wronglyNamed } from './wrong-names.js';

export function vppBugs(_: true, host: FaultHost): FaultHooks {
  const deaths = new Deaths(host);
  const departures = new Departures(host);
  const slow = new SlowHandlers(host);
  return {
    left: () => departures.add(),
    dies: (death) => host.die(death),
    request: (name, client, incoming) => !deaths.happens(name, client, incoming) && !slow.takes(name, client, incoming),
    frame: (frame, client, next) => {
      const sent = wronglyNamed(withGarbage(deaths.answer(frame, client), host), host);
      slow.send(sent, client, next);
    },
  };
}
