import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startMock } from '../../../mock-vpp/index.js';
import { mockIfWanted } from '../../../src/cli/mock/embedded-mock.js';
import { exportLine } from '../../../src/cli/mock/mock-socket.js';
import { connect } from '../../../src/mux/index.js';
import { directoryWith, recordingLog } from '../../agent/support.js';

/** A user's runtime directory, as systemd makes it. */
function runtimeDirectory(): string {
  const dir = directoryWith({});
  chmodSync(dir, 0o700);
  return dir;
}

/** Another /tmp, where others may write. */
function sharedTmp(): string {
  const dir = directoryWith({});
  chmodSync(dir, 0o1777);
  return dir;
}

/** The path of the first mock's socket; the private folder is made. */
function fixedPlace(runtime: string): string {
  mkdirSync(join(runtime, 'vppmux'), { mode: 0o700 });
  return join(runtime, 'vppmux', 'mock', 'api.sock');
}

const own = `vppmux-${process.getuid?.()}`;

async function embedded(runtime: string, env: Record<string, string> = {}) {
  const { log, text } = recordingLog();
  const places = { env: { XDG_RUNTIME_DIR: runtime, TMPDIR: sharedTmp(), ...env } };
  const mock = await mockIfWanted('always', undefined, places, log);
  if (!mock) throw new Error('no mock');
  onTestFinished(() => mock.stop());
  return { mock, text };
}

describe('the embedded mock', () => {
  it('in the runtime directory: always at the same place, for this user only, and nothing left of it', async () => {
    const runtime = runtimeDirectory();
    const { mock, text } = await embedded(runtime);
    const folder = join(runtime, 'vppmux', 'mock');
    expect(mock.socket).toBe(join(folder, 'api.sock'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(text()).toContain(`info: try it in another terminal: export VPP_API_SOCKET=${mock.socket}`);
    await (await connect({ socket: mock.socket })).close();
    await mock.stop();
    expect(readdirSync(join(runtime, 'vppmux'))).toEqual([]);
    expect((await embedded(runtime)).mock.socket).toBe(mock.socket);
  });

  it('no runtime directory: at the same place below /tmp at each start', async () => {
    const TMPDIR = sharedTmp();
    for (let start = 0; start < 2; start++) {
      const { mock } = await embedded('', { TMPDIR });
      expect(mock.socket).toBe(join(TMPDIR, own, 'mock', 'api.sock'));
      expect(statSync(join(TMPDIR, own)).mode & 0o777).toBe(0o700);
      await mock.stop();
    }
  });

  it('two at once: the second at another place, which it says, and the first goes on', async () => {
    const runtime = runtimeDirectory();
    const [first, second] = [await embedded(runtime), await embedded(runtime)];
    expect(second.mock.socket).toBe(join(runtime, 'vppmux', 'mock-2', 'api.sock'));
    const line = /mock\/api\.sock is in use: [^;]*; the mock of this agent is at \S+mock-2\/api\.sock/;
    expect(second.text()).toMatch(line);
    await second.mock.stop();
    expect(existsSync(second.mock.socket)).toBe(false);
    await (await connect({ socket: first.mock.socket })).close();
  });

  it('what a killed one left behind: taken over', async () => {
    const runtime = runtimeDirectory();
    const socket = fixedPlace(runtime);
    const killed = await startMock({ socket });
    killed.kill({ leaveSocket: true });
    expect((await embedded(runtime)).mock.socket).toBe(socket);
  });

  it('several that find the same stale socket: one takes it over, and none of them is cut off', async () => {
    const runtime = runtimeDirectory();
    const socket = fixedPlace(runtime);
    (await startMock({ socket })).kill({ leaveSocket: true });
    const started = await Promise.all(Array.from({ length: 4 }, () => embedded(runtime)));
    const sockets = started.map(({ mock }) => mock.socket);
    expect(new Set(sockets).size).toBe(4);
    expect(sockets).toContain(socket);
    for (const path of sockets) await (await connect({ socket: path })).close();
  });

  it.each<[string, (runtime: string) => void]>([
    ['a runtime directory that others may enter', (runtime) => chmodSync(runtime, 0o755)],
    ['a link in place of its own', (runtime) => symlinkSync(directoryWith({}), join(runtime, 'vppmux'))],
    ['a file in place of its own', (runtime) => writeFileSync(join(runtime, 'vppmux'), '')],
    [
      'one of its own that others may write to',
      (runtime) => {
        mkdirSync(join(runtime, 'vppmux'));
        chmodSync(join(runtime, 'vppmux'), 0o777);
      },
    ],
  ])('%s: not used', async (_, spoil) => {
    const runtime = runtimeDirectory();
    spoil(runtime);
    expect((await embedded(runtime)).mock.socket.startsWith(runtime)).toBe(false);
  });

  it('below /tmp, where a stranger has put a link, or can rename what is in it: nothing of theirs is used', async () => {
    const elsewhere = directoryWith({});
    chmodSync(elsewhere, 0o700);
    const [linked, renamable] = [sharedTmp(), sharedTmp()];
    symlinkSync(elsewhere, join(linked, own));
    chmodSync(renamable, 0o777);
    for (const TMPDIR of [linked, renamable]) {
      const { mock } = await embedded('', { TMPDIR });
      expect(mock.socket.startsWith(TMPDIR)).toBe(false);
      expect(readdirSync(elsewhere)).toEqual([]);
    }
  });
});

describe('--mock auto', () => {
  const MISSING = '/nonexistent/api.sokc';

  /** Decides it where VPP's usual place is `usual`. */
  async function auto(option: string | undefined, { usual = MISSING, env = {}, govpp = '' }) {
    const { log, text } = recordingLog();
    const dir = directoryWith({ 'govpp.conf': govpp });
    const places = { dir, env: { XDG_RUNTIME_DIR: runtimeDirectory(), TMPDIR: sharedTmp(), ...env } };
    const mock = await mockIfWanted('auto', option, places, log, usual);
    onTestFinished(() => mock?.stop());
    return { mock, text };
  }

  it('nothing named, and nothing at the usual place: the mock', async () => {
    const { mock, text } = await auto(undefined, {});
    expect(mock).toBeDefined();
    expect(text()).toContain(`info: there is no VPP at ${MISSING}: running against the embedded mock`);
  });

  it.each<[string, string | undefined, object, RegExp]>([
    [
      'VPP_API_SOCKET',
      undefined,
      { env: { VPP_API_SOCKET: MISSING } },
      /VPP_API_SOCKET names.*unset VPP_API_SOCKET, or/,
    ],
    ['--socket', MISSING, {}, /--socket names/],
    ['govpp.conf', undefined, { govpp: `binapi-socket-path: ${MISSING}\n` }, /\S+govpp\.conf names/],
    [
      'dataplanes of govpp.conf',
      undefined,
      { govpp: `dataplanes: { primary: ${MISSING}, backup: /nonexistent/other.sock }\n` },
      /api\.sokc and \/nonexistent\/other\.sock, which \S+govpp\.conf names/,
    ],
  ])(
    'named by %s, and not there: waited for, with a warning that says how to get the mock',
    async (_, option, given, by) => {
      const { mock, text } = await auto(option, { usual: '/nonexistent/usual.sock', ...given });
      expect(mock).toBeUndefined();
      expect(text()).toMatch(
        /warn: there is no socket at \/nonexistent\/api\.sokc.*: waiting for VPP; .*--mock always/,
      );
      expect(text()).toMatch(by);
    },
  );
});

describe('the line to copy', () => {
  it.each([
    ['/tmp/vppmux-0/mock/api.sock', 'export VPP_API_SOCKET=/tmp/vppmux-0/mock/api.sock'],
    ["/tmp/it's mine/$x.sock", "export VPP_API_SOCKET='/tmp/it'\\''s mine/$x.sock'"],
  ])('%s', (socket, line) => expect(exportLine(socket)).toBe(line));
});
