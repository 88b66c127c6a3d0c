/** Reads the sources again and again, and keeps what the views show. Each source is read by itself: a slow agent holds up no counter. */

import { StatsError } from '../../stats/index.js';
import { type AgentReading, readAgent, whyNoAgent } from './agent/agent-reading.js';
import { type ApiFigures, apiFigures } from './agent/api-rows.js';
import { Counters } from './counters/counters.js';
import { readCounters } from './counters/reading.js';
import type { Model } from './model.js';
import type { Sources } from './sources.js';

export class Reader {
  readonly counters = new Counters();
  private lastAgent: AgentReading | undefined;
  private api: ApiFigures | undefined;
  private missing: string | undefined;

  constructor(private readonly sources: Sources) {
    if ('missing' in sources.agent) this.missing = sources.agent.missing;
  }

  /** Reads VPP's counters; that they cannot be read is kept for the views. Resolves to the reason. */
  async readCounters(): Promise<StatsError | undefined> {
    try {
      this.counters.accept(await readCounters(this.sources.stats));
      return undefined;
    } catch (error) {
      if (!(error instanceof StatsError)) throw error;
      this.counters.lost();
      return error;
    }
  }

  /** Asks the agent; does not reject. */
  async readAgent(signal: AbortSignal): Promise<void> {
    const { agent } = this.sources;
    if ('missing' in agent) return;
    try {
      const reading = await readAgent(agent, signal);
      this.api = apiFigures(reading, this.lastAgent);
      this.lastAgent = reading;
    } catch (error) {
      this.api = undefined;
      this.lastAgent = undefined;
      this.missing = whyNoAgent(agent.url, error);
    }
  }

  /** Everything as it is known now. */
  model(at: number): Model {
    const { stats, agent, dataplane } = this.sources;
    const { figures } = this.counters;
    return {
      at,
      ...(dataplane !== undefined && { dataplane }),
      stats: stats.state,
      ...(figures && { figures }),
      ...(this.api && { api: this.api }),
      agent: {
        host: 'url' in agent ? agent.url.host : '',
        ...(this.missing !== undefined && { missing: this.missing }),
      },
    };
  }
}
