/**
 * VPP's stats socket: whoever connects is sent the descriptor of the segment, and the connection ends. Node can do neither
 * SOCK_SEQPACKET nor SCM_RIGHTS, so that a python3 does it; it ends with this process, by the end of its input,
 * and is in a process group of its own: Ctrl-C must not end it before the socket is removed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const PROGRAM = `
import array, os, select, socket, stat, sys
path, segment = sys.argv[1:3]
def fail(text):
    sys.stderr.write(text)
    sys.exit(1)
def new():
    return socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
try:
    if not stat.S_ISSOCK(os.lstat(path).st_mode):
        fail(path + ' is there and is no socket')
    try:
        new().connect(path)
        fail(path + ' is in use by another process')
    except ConnectionRefusedError:
        os.unlink(path)
    except OSError as error:
        fail(path + ' is there and is no stats socket: ' + error.strerror)
except FileNotFoundError:
    pass
listener = new()
try:
    listener.bind(path)
except OSError as error:
    fail(path + ': ' + str(error))
os.chmod(path, 0o770)
listener.listen(16)
sys.stdout.write('ready\\n')
sys.stdout.flush()
while True:
    ready = select.select([listener, sys.stdin], [], [])[0]
    if sys.stdin in ready:
        break
    client = listener.accept()[0]
    try:
        fd = os.open(segment, os.O_RDONLY)
        client.sendmsg([b''], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [fd]))])
        os.close(fd)
    except OSError:
        pass
    client.close()
os.unlink(path)
`;

export class SegmentSocket {
  private isClosing = false;

  private constructor(
    private readonly helper: ChildProcess,
    /** Resolves when the helper has ended. */
    private readonly over: Promise<unknown>,
  ) {}

  /**
   * Listens on `path`, which leads readers to the file `segment`; missing directories are made. Rejects where there is no
   * python3, or no way to listen. `onLost` is called if the socket ends by itself.
   */
  static async listen(path: string, segment: string, onLost: (reason: string) => void): Promise<SegmentSocket> {
    mkdirSync(dirname(path), { recursive: true });
    const helper = spawn('python3', ['-c', PROGRAM, path, segment], { stdio: 'pipe', detached: true });
    let text = '';
    helper.stderr.on('data', (chunk) => {
      text += chunk;
    });
    const over = once(helper, 'close');
    const ready = once(helper.stdout, 'data').then(() => undefined);
    const failed = over.then(
      () => new Error(`the stats socket cannot be made: ${text.trim().split('\n').at(-1) || 'python3 has ended'}`),
      (error: NodeJS.ErrnoException) =>
        new Error(
          error.code === 'ENOENT'
            ? 'the stats socket needs python3, which is not in PATH: install it, or give a stats file instead of a socket'
            : `the stats socket cannot be made: ${error.message}`,
        ),
    );
    const error = await Promise.race([ready, failed]);
    if (error !== undefined) throw error;
    for (const each of [helper, helper.stdin, helper.stdout, helper.stderr] as { unref(): void }[]) each.unref();
    // Its pipe breaks when it ends by itself.
    helper.stdin.on('error', () => {});
    const socket = new SegmentSocket(helper, failed);
    void failed.then(() => {
      if (!socket.isClosing) onLost(text.trim().split('\n').at(-1) || 'python3 has ended');
    });
    return socket;
  }

  /** Stops listening and removes the socket; resolves when both are done. */
  async close(): Promise<void> {
    this.isClosing = true;
    this.helper.ref();
    this.helper.stdin?.end();
    await this.over;
  }
}
