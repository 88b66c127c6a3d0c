/**
 * Lets a python3 receive the descriptor, and opens it by /proc/PID/fd: a process may look at its own child's files. The child ends as
 * soon as that is done.
 */
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { type Reached, WayError } from './way.js';

const PROGRAM = `
import array, errno, socket, struct, sys
connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
connection.settimeout(float(sys.argv[2]))
def say(text):
    sys.stdout.write(text + '\\n')
    sys.stdout.flush()
try:
    connection.connect(sys.argv[1])
    pid = struct.unpack('3i', connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]
    parts = connection.recvmsg(1, socket.CMSG_LEN(4))[1]
    fds = [array.array('i', data[:4])[0] for level, kind, data in parts if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS)]
    say('fd %d %d' % (fds[0], pid) if fds else 'other it sent no segment: it is no stats socket')
except socket.timeout:
    say('silent VPP does not answer there: its main thread is busy, or hangs')
except OSError as error:
    kinds = {errno.ENOENT: 'missing', errno.ECONNREFUSED: 'refused', errno.EACCES: 'permission', errno.EPERM: 'permission'}
    say(kinds.get(error.errno, 'other') + ' ' + str(error.strerror or error))
sys.stdin.read()
`;

/** Milliseconds that VPP has, and that python3 has to start besides. */
const PATIENCE = 2000;
const START = 5000;
const MOST = 1000;

/** Rejects with WayError. */
export async function receiveByPython(socket: string, python = 'python3'): Promise<Reached> {
  // -I: without it, modules are taken from the working directory and PYTHONPATH first, which may be another user's.
  const args = ['-I', '-c', PROGRAM, socket, String(PATIENCE / 1000)];
  const child = spawn(python, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE + START);
  try {
    const line = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.on('error', (error: NodeJS.ErrnoException) =>
        reject(new WayError('other', error.code === 'ENOENT' ? `${python} is not installed` : error.message)),
      );
      child.stdin.on('error', () => undefined);
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.includes('\n') || text.length > MOST) resolve(text.split('\n')[0]);
      });
      child.stdout.on('close', () => reject(new WayError('other', `${python} ended without an answer`)));
    });
    return reachedOf(line, child.pid as number);
  } finally {
    clearTimeout(timer);
    child.stdin.end();
  }
}

function reachedOf(line: string, child: number): Reached {
  const [kind, fd, peer] = line.split(' ');
  if (kind !== 'fd') {
    const known = ['missing', 'refused', 'permission', 'silent'].find((each) => each === kind) ?? 'other';
    throw new WayError(known as WayError['kind'], line.slice(kind.length + 1) || 'python3 says nothing');
  }
  const pid = Number(peer);
  const opened = { fd: openSync(`/proc/${child}/fd/${Number(fd)}`, 'r') };
  return pid > 0 ? { ...opened, pid } : opened;
}
