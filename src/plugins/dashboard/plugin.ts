/**
 * The plugin `dashboard`: VPP and its clients in a browser, at /ui/. It serves the page that `web/` was built to, and the WebSocket
 * from which the page lives.
 */

import {
  AgentInfo,
  Board,
  DataEvents,
  Dataplanes,
  definePlugin,
  Http,
  HttpError,
  Log,
  Mux,
  pathAt,
  Stats,
  StatusPages,
} from '../../sdk/index.js';
import { readAssets } from './assets.js';
import { type DashboardConfig, dashboardConfig } from './config.js';
import { dataplaneEntries } from './dataplanes.js';
import { Feed } from './feed.js';
import { servePages } from './pages.js';
import { FEED_PATH, TICKET_PATH, type TicketAnswer, UI_PATH } from './protocol/index.js';
import { sourcesOf } from './sources.js';
import { allTopics } from './topics/index.js';
import { watchAgent } from './watch-agent.js';

export const dashboardPlugin = definePlugin({
  name: 'dashboard',
  version: '1.0.0',
  agentApi: 1,
  description: 'VPP and its clients in a browser, at /ui/ (dashboard.conf).',
  optional: true,
  requires: {
    http: Http,
    mux: Mux,
    dataEvents: DataEvents,
    board: Board,
    info: AgentInfo,
    pages: StatusPages,
    views: Dataplanes,
    stats: Stats,
    log: Log,
  },
  config: dashboardConfig,
  create({ http, log, views, ...services }, config) {
    const { info, mux, board } = services;
    const dataplanes = () => dataplaneEntries(views, http.server);
    const uiPath = pathAt(UI_PATH, info.dataplane);
    let { interval } = config;
    const sources = sourcesOf({ ...services, dataplanes }, () => interval);
    let stopWatching = () => {};
    const feed = new Feed({ topics: allTopics(sources), limits: limitsOf(config), version: info.version, log });
    return {
      init() {
        stopWatching = watchAgent(mux, board, sources.log);
        const assets = readAssets();
        if (assets === undefined) log.warn('the page of the dashboard was not built: npm run build makes it');
        servePages(http, assets, info.dataplane);
        // It changes nothing, and is no GET since each answer is another secret.
        http.server.post(
          pathAt(TICKET_PATH, info.dataplane),
          { config: { access: 'read' } },
          ({ raw }, reply): TicketAnswer => {
            const caller = http.callerOf(raw);
            if (caller === undefined) throw new HttpError('UNAUTHORIZED', 'the caller is not known');
            void reply.header('cache-control', 'no-store');
            const all = dataplanes();
            const { access, name } = caller;
            return { ticket: http.ticket(raw), access, caller: name, ...(all && { dataplanes: all }) };
          },
        );
        http.socket(pathAt(FEED_PATH, info.dataplane), (socket, _, caller) => feed.add(socket, caller), {
          hint: `a browser at ${uiPath}`,
        });
      },
      afterInit() {
        log.info(`the dashboard is at ${http.url}${uiPath}`);
      },
      configuration({ after }) {
        interval = after.interval;
        feed.configure(limitsOf(after));
      },
      close() {
        stopWatching();
        feed.close();
      },
    };
  },
});

const limitsOf = ({ interval, 'max-clients': maxClients }: DashboardConfig) => ({ intervalMs: interval, maxClients });
