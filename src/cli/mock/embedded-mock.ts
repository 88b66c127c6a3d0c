/** The mock that the agent runs against where there is no VPP. */

import { existsSync, rmSync, unwatchFile, watchFile } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import { type Dataplane, type MockOptions, type MockVpp, StatsError, startMock } from '../../../mock-vpp/index.js';
import { type ConfigPlaces, configFileOf } from '../../agent/for-cli.js';
import { settings, usualSocket } from '../../mux/for-cli.js';
import { reasonOf } from '../../thrown.js';
import { configuredSockets } from '../govpp-conf.js';
import { exportLine, foldersForMock, removeIfEmpty } from './mock-socket.js';

const LOOK_FOR_VPP_MS = 2000;
/** Packets that each interface which is up receives in a second. */
const TRAFFIC = 1000;

/** `auto`: when no socket is named, and none exists at the usual place. */
export type MockWhen = 'auto' | 'never' | 'always';

export interface EmbeddedMock {
  readonly socket: string;
  stop(): Promise<void>;
}

/**
 * Starts the mock if it is wanted, and says so in the log. `socket` is the path of VPP's socket, instead of the one in
 * its configuration.
 */
export async function mockIfWanted(
  when: MockWhen,
  socket: string | undefined,
  places: ConfigPlaces,
  log: Logger,
  usual = usualSocket(),
): Promise<EmbeddedMock | undefined> {
  if (when === 'never') return undefined;
  const env = places.env ?? {};
  let wanted: string[];
  let namedBy: string | undefined;
  try {
    const configured = socket === undefined ? configuredSockets(places) : [socket];
    wanted = configured.map((path) => settings({ socket: path ?? (env.VPP_API_SOCKET || usual) }).socket);
    namedBy = whoNames(socket, configured, places);
  } catch {
    // A mistake in the configuration: the agent names it, with all others, and does not start.
    return undefined;
  }
  if (when === 'auto' && wanted.some((path) => existsSync(path))) return undefined;
  if (when === 'auto' && namedBy !== undefined) {
    // A typo in the name must not end at a mock that answers in VPP's place.
    const instead = `for the mock instead: ${namedBy === 'VPP_API_SOCKET' ? 'unset VPP_API_SOCKET, or ' : ''}--mock always`;
    log.warn(`there is no socket at ${wanted.join(' and ')}, which ${namedBy} names: waiting for VPP; ${instead}`);
    return undefined;
  }
  const mock = await startEmbeddedMock(log, foldersForMock(env), { counts: true });
  const why = when === 'always' ? 'as --mock always says' : `there is no VPP at ${wanted.join(' and ')}`;
  log.info(`${why}: running against the embedded mock, a look-alike that forwards no packets (socket ${mock.socket})`);
  log.info(`try it in another terminal: ${exportLine(mock.socket)}`);
  if (when === 'auto') for (const path of wanted) warnWhenSocketAppears(path, log);
  return {
    socket: mock.socket,
    stop() {
      for (const path of wanted) unwatchFile(path);
      return mock.stop();
    },
  };
}

/** The option, file or variable that names VPP's socket; undefined where the usual place counts. */
function whoNames(
  socket: string | undefined,
  configured: readonly (string | undefined)[],
  places: ConfigPlaces,
): string | undefined {
  if (socket !== undefined) return '--socket';
  if (configured.some((path) => path !== undefined)) return configFileOf('govpp', places);
  return places.env?.VPP_API_SOCKET ? 'VPP_API_SOCKET' : undefined;
}

interface EmbeddedMockOptions {
  /** Whether it has a stats segment next to its socket, with counters that move. */
  readonly counts?: boolean;
}

/** Starts a mock on a socket in the first of `folders` that has no other mock; socket and folder are removed with it, also when the process exits immediately. */
export async function startEmbeddedMock(
  log: Logger,
  folders: Iterable<string>,
  { counts = false }: EmbeddedMockOptions = {},
): Promise<EmbeddedMock & { mock: MockVpp }> {
  const { mock, folder } = await startIn(folders, log, counts);
  const tidyUp = () => {
    for (const name of ['api.sock', 'stats.sock', 'stats.sock.segment']) rmSync(join(folder, name), { force: true });
    removeIfEmpty(folder);
  };
  process.once('exit', tidyUp);
  return {
    mock,
    socket: mock.socket,
    async stop() {
      await mock.stop();
      process.off('exit', tidyUp);
      // The socket has gone; one that is there now is another agent's.
      removeIfEmpty(folder);
    },
  };
}

async function startIn(
  folders: Iterable<string>,
  log: Logger,
  counts: boolean,
): Promise<{ mock: MockVpp; folder: string }> {
  let refusal: unknown;
  for (const folder of folders) {
    const socket = join(folder, 'api.sock');
    try {
      const mock = await startIt(socket, log, counts);
      // Without the advice behind it: what it advises has just been done.
      if (refusal !== undefined) log.info(`${reasonOf(refusal).split(';')[0]}; the mock of this agent is at ${socket}`);
      return { mock, folder };
    } catch (error) {
      // Most likely another agent's mock is there; the first refusal is the one that matters.
      refusal ??= error;
    }
  }
  throw refusal;
}

/** Starts it without counters where they cannot be had: the stats socket needs a python3. */
async function startIt(socket: string, log: Logger, counts: boolean): Promise<MockVpp> {
  const options: MockOptions = {
    socket,
    setup: addSampleInterfaces,
    log: (level, message) => log[level === 'warn' ? 'warn' : 'debug'](message),
  };
  if (!counts) return startMock(options);
  const stats = { socket: join(dirname(socket), 'stats.sock') };
  try {
    return await startMock({ ...options, stats, traffic: { packetsPerSecond: TRAFFIC } });
  } catch (error) {
    if (!(error instanceof StatsError)) throw error;
    log.info(`the mock has no counters: ${reasonOf(error)}`);
    return startMock(options);
  }
}

/** Adds interfaces to look at: two that are up, with addresses, between which packets go, and one that is down. */
function addSampleInterfaces(dataplane: Dataplane): void {
  dataplane.addLoopback({ up: true, addresses: ['192.0.2.1/24', '2001:db8::1/64'] });
  dataplane.addLoopback();
  dataplane.addLoopback({ up: true, addresses: ['198.18.0.1/24', '2001:db8:18::1/64'] });
}

function warnWhenSocketAppears(socket: string, log: Logger): void {
  watchFile(socket, { persistent: false, interval: LOOK_FOR_VPP_MS }, (now, before) => {
    if (now.ino === 0 || before.ino !== 0) return;
    log.warn(`VPP's socket ${socket} has appeared; the agent stays with the mock until it is started again`);
  });
}
