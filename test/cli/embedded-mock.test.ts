import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mockIfWanted } from '../../src/cli/embedded-mock.js';
import { connect } from '../../src/mux/index.js';
import { directoryWith, recordingLog } from '../agent/support.js';

/** A user's runtime directory, as systemd makes it. */
function runtimeDirectory(): string {
  const dir = directoryWith({});
  chmodSync(dir, 0o700);
  return dir;
}

async function embedded(runtime: string) {
  const { log, text } = recordingLog();
  const mock = await mockIfWanted('always', undefined, { env: { XDG_RUNTIME_DIR: runtime } }, log);
  if (!mock) throw new Error('no mock');
  onTestFinished(() => mock.stop());
  return { mock, text };
}

describe('the embedded mock', () => {
  it('in the runtime directory: always at the same place, for this user only, and nothing left of it', async () => {
    const runtime = runtimeDirectory();
    const { mock, text } = await embedded(runtime);
    const folder = join(runtime, 'vppmux-mock');
    expect(mock.socket).toBe(join(folder, 'api.sock'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(text()).toContain(`info: try it: npx vppmux call show_version --socket ${mock.socket}`);
    await (await connect({ socket: mock.socket })).close();
    await mock.stop();
    expect(readdirSync(runtime)).toEqual([]);
  });

  it('two at once: the second in a directory of its own, and the first goes on', async () => {
    const runtime = runtimeDirectory();
    const [first, second] = [await embedded(runtime), await embedded(runtime)];
    expect(second.mock.socket).not.toBe(first.mock.socket);
    expect(second.mock.socket.startsWith(runtime)).toBe(false);
    await second.mock.stop();
    expect(existsSync(second.mock.socket)).toBe(false);
    await (await connect({ socket: first.mock.socket })).close();
  });

  it('what a killed one left behind: taken over', async () => {
    const runtime = runtimeDirectory();
    mkdirSync(join(runtime, 'vppmux-mock'), { mode: 0o700 });
    expect((await embedded(runtime)).mock.socket.startsWith(runtime)).toBe(true);
  });

  it.each<[string, (runtime: string) => void]>([
    ['a runtime directory that others may enter', (runtime) => chmodSync(runtime, 0o755)],
    ['a link in place of its own', (runtime) => symlinkSync(directoryWith({}), join(runtime, 'vppmux-mock'))],
    [
      'one of its own that others may write to',
      (runtime) => {
        mkdirSync(join(runtime, 'vppmux-mock'));
        chmodSync(join(runtime, 'vppmux-mock'), 0o777);
      },
    ],
  ])('%s: not used', async (_, spoil) => {
    const runtime = runtimeDirectory();
    spoil(runtime);
    expect((await embedded(runtime)).mock.socket.startsWith(runtime)).toBe(false);
  });
});
