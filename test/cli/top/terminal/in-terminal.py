"""Runs a command in a terminal of its own, step by step; prints a line of JSON about how it went.

Arguments: a JSON list of steps, then the command. Steps: ["wait", TEXT], ["send", TEXT], ["signal", NAME], ["size", COLUMNS, ROWS],
["deaf"] (reads no more), ["modes"] (notes whether the terminal is as it was), ["exit"].
"""

import fcntl, json, os, pty, select, signal, struct, sys, termios, time

LIMIT = 100


def main(steps, command):
    master, slave = pty.openpty()
    resize(master, 80, 24)
    before = termios.tcgetattr(slave)
    pid = os.fork()
    if pid == 0:
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for fd in (0, 1, 2):
            os.dup2(slave, fd)
        os.execvp(command[0], command)
    run = Run(master, slave, pid, before)
    for name, *values in steps:
        getattr(run, name)(*values)
    print(json.dumps({"output": run.output.decode("utf8", "replace"), "code": run.code, "modes": run.seen_modes}))


def resize(fd, columns, rows):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


class Run:
    def __init__(self, master, slave, pid, before):
        self.master, self.slave, self.pid, self.before = master, slave, pid, before
        self.output, self.seen, self.code, self.seen_modes, self.is_deaf = b"", 0, None, [], False

    def read(self, seconds):
        if self.is_deaf:
            time.sleep(seconds)
        elif select.select([self.master], [], [], seconds)[0]:
            try:
                self.output += os.read(self.master, 65536)
            except OSError:
                pass

    def wait(self, text):
        end = time.monotonic() + LIMIT
        while True:
            at = self.output.find(text.encode(), self.seen)
            if at >= 0:
                self.seen = at + len(text.encode())
                return
            if time.monotonic() > end:
                os.killpg(self.pid, signal.SIGKILL)
                sys.exit("no %r in %r" % (text, self.output[self.seen :]))
            self.read(0.1)

    def send(self, text):
        os.write(self.master, text.encode())

    def signal(self, name):
        os.kill(self.pid, getattr(signal, name))

    def size(self, columns, rows):
        resize(self.master, columns, rows)

    def deaf(self):
        self.is_deaf = True

    def modes(self):
        self.seen_modes.append(termios.tcgetattr(self.slave) == self.before)

    def exit(self):
        end = time.monotonic() + LIMIT
        while self.code is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.code = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > end:
                os.killpg(self.pid, signal.SIGKILL)
                sys.exit("it does not end: %r" % self.output[-2000:])
            self.read(0.05)
        while not self.is_deaf and select.select([self.master], [], [], 0)[0]:
            self.read(0)
        self.modes()


main(json.loads(sys.argv[1]), sys.argv[2:])
