/**
 * The plugin `metrics`: `GET /metrics` in Prometheus's text format, with the metrics of vppmux and of all plugins, and VPP's counters in
 * the form of a profile; and, where that is wanted, a listener in the place of VPP's own exporter.
 */

import {
  AgentInfo,
  type Contributions,
  DataEvents,
  Dataplanes,
  type DataplaneView,
  definePlugin,
  Http,
  HttpError,
  Log,
  MAIN,
  type Metric,
  Metrics,
  Mux,
  Operations,
  pathAt,
  reasonOf,
  Stats,
  Status,
} from '../../sdk/index.js';
import { Collectors } from './collectors.js';
import { type MetricsConfig, metricsConfig, PROFILES, type Profile } from './config.js';
import { Exporter } from './exporter.js';
import { MetricsPage, type OwnMetric } from './metrics-page.js';
import { muxMetrics } from './mux-metrics.js';
import { OperationMetrics } from './operation-metrics.js';
import { Refusals } from './refusals.js';
import { Scrape } from './scrape.js';
import { SegmentReads } from './segment-reads.js';
import { VppCounters } from './vpp-counters.js';

/** Prometheus's text format. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export const metricsPlugin = definePlugin({
  name: 'metrics',
  version: '1.0.0',
  agentApi: 1,
  description: 'Metrics of vppmux, of plugins and of VPP for Prometheus, at /metrics (metrics.conf).',
  requires: {
    ...{ http: Http, mux: Mux, dataEvents: DataEvents, operations: Operations, stats: Stats },
    ...{ info: AgentInfo, log: Log, status: Status, metrics: Metrics, dataplanes: Dataplanes },
  },
  config: metricsConfig,
  create({ http, mux, dataEvents, operations, stats, info, log, status, metrics, dataplanes }, config) {
    let inEffect = config;
    const path = pathAt('/metrics', info.dataplane);
    const refusals = new Refusals();
    const calls = new OperationMetrics(operations, info.dataplanes);
    const isMain = info.dataplane === MAIN;
    const refused = refusals.metrics.map((value) =>
      info.dataplanes.length > 1 ? { value, dataplane: info.dataplane } : value,
    );
    // The page of another dataplane has what is VPP's there, and refusals; all else is on that of main.
    const own = isMain ? [...connectionMetrics(mux, dataplanes), ...refused, ...calls.metrics] : refused;
    const collectors = new Collectors();
    const reads = new SegmentReads(stats, {
      maxAgeMs: () => inEffect['max-age'],
      deadBecause: () => deathOf(mux),
    });
    const scrape = new Scrape({
      contributed: new MetricsPage(isMain ? metrics : { list: [] }, log, own),
      withProcess: isMain,
      collectors,
      vpp: new VppCounters(reads, collectors, () => ({
        usedOnly: inEffect['used-only'],
        perWorker: inEffect['per-worker'],
        topNodes: inEffect['top-nodes'],
        exportPatterns: inEffect['export-patterns'],
        agent: info.name,
      })),
      maxSeries: () => inEffect['max-series'],
    });
    let exporter: Exporter | undefined;
    const ends: (() => void)[] = [];

    const listen = async () => {
      await exporter?.close();
      exporter = undefined;
      if (!inEffect['exporter-enabled']) return status.ok(`serves ${path}`);
      const listener = new Exporter(() => scrape.page(inEffect['exporter-profile']), log);
      try {
        const url = await listener.listen(inEffect['exporter-endpoint']);
        exporter = listener;
        log.info(`serves ${inEffect['exporter-profile']} in the place of vpp_prometheus_export at ${url}/metrics`);
        status.ok(`serves ${path}, and ${url}/metrics`);
      } catch (error) {
        log.warn(reasonOf(error));
        status.degraded(reasonOf(error));
      }
    };
    return {
      init() {
        ends.push(
          dataEvents.listen(refusals.listener),
          operations.ended((call) => calls.add(call)),
        );
        http.server.get<{ Querystring: { profile?: unknown } }>(path, async (request, reply) => {
          const page = await scrape.page(profileOf(request.query.profile));
          return reply.header('cache-control', 'no-store').type(METRICS_TYPE).send(page);
        });
      },
      afterInit: listen,
      async configuration({ before, after }) {
        inEffect = after;
        if (exporterOf(before) !== exporterOf(after)) await listen();
      },
      async close() {
        for (const end of ends) end();
        await exporter?.close();
      },
    };
  },
});

/** Metrics of the connection, or of that of each dataplane with its name as a label. */
function connectionMetrics(mux: Mux, { list }: Contributions<DataplaneView>): readonly (Metric | OwnMetric)[] {
  if (list.length === 0) return muxMetrics(mux);
  return list.flatMap(({ value: view }) => muxMetrics(view).map((value) => ({ value, dataplane: view.name })));
}

/** Reason why a VPP that was connected is away; undefined where it is there, or was never seen. */
function deathOf({ status: { state, generation, reason } }: Pick<Mux, 'status'>): string | undefined {
  const isAway = state === 'backoff' || state === 'connecting' || state === 'closed';
  return isAway && generation > 0 ? `VPP is away: ${reason}` : undefined;
}

const exporterOf = (config: MetricsConfig) =>
  JSON.stringify([config['exporter-enabled'], config['exporter-endpoint'], config['exporter-profile']]);

function profileOf(given: unknown): Profile {
  if (given === undefined) return 'vppmux';
  const profile = PROFILES.find((each) => each === given);
  if (profile !== undefined) return profile;
  const text = typeof given === 'string' ? `"${given.slice(0, 100)}"` : 'given more than once';
  throw new HttpError('BAD_REQUEST', `profile ${text}: there is ${PROFILES.join(', ')}`);
}
