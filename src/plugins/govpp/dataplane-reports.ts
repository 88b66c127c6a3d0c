/**
 * The state of several dataplanes as one report of the plugin. While one of them serves, the agent is of use: then a VPP that is away
 * makes it `degraded`, and not unready. With one dataplane its report is the plugin's.
 */

import { MAIN, type Report, type Status } from '../../sdk/index.js';

/** The place of a dataplane's report. */
export type ReportTo = Pick<Status, 'report'>;

export class DataplaneReports {
  private readonly latest = new Map<string, Report>();

  constructor(
    private readonly status: ReportTo,
    private readonly names: readonly string[],
  ) {}

  of(name: string): ReportTo {
    if (this.names.length === 1) return this.status;
    return {
      report: (found) => {
        this.latest.set(name, found);
        this.status.report(this.sum());
      },
    };
  }

  private sum(): Report {
    const known = this.names.flatMap((name) => {
      const found = this.latest.get(name);
      return found === undefined ? [] : [{ name, ...found }];
    });
    const main = this.latest.get(MAIN)?.details ?? {};
    const others = known.filter(({ name }) => name !== MAIN).map(({ name, details }) => [name, details] as const);
    return {
      state: stateOf(known.map(({ state }) => state)),
      reason: known.map(({ name, reason }) => `${name}: ${reason}`).join('; '),
      details: { ...main, dataplanes: Object.fromEntries(others) },
    };
  }
}

function stateOf(states: readonly Report['state'][]): Report['state'] {
  if (states.every((state) => state === 'error')) return 'error';
  return states.every((state) => state === 'ok') ? 'ok' : 'degraded';
}
