"""People who chat by netlab: `from netlab_people import Pipe, Terminal`. NETLAB is
the program."""
import atexit
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time

SECONDS = 60


PROGRAM = os.environ["NETLAB"], "chat"


def in_network(pid):
    """What runs a command in the network of process PID."""
    return "nsenter", f"--net=/proc/{pid}/ns/net"


def fails(status, *arguments, prefix=()):
    """What netlab chat says when it fails: one line."""
    run = subprocess.run([*prefix, *PROGRAM, *arguments], text=True,
                         capture_output=True, stdin=subprocess.DEVNULL,
                         timeout=SECONDS)
    assert run.returncode == status, run
    assert run.stderr.startswith("netlab: ") and run.stderr.count("\n") == 1, run
    return run.stderr


class Pipe:
    """netlab chat whose standard input and output are pipes."""

    def __init__(self, *arguments, prefix=(), **environment):
        self.process = subprocess.Popen(
            [*prefix, *PROGRAM, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, **environment}, bufsize=0)
        # Who waits for somebody does so for ever, were a test to fail.
        atexit.register(self.process.kill)
        self.left = b""

    def say(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        return self

    def hear(self):
        """The next line; None: the end."""
        end = time.monotonic() + SECONDS
        while b"\n" not in self.left:
            assert select.select([self.process.stdout], [], [],
                                 max(0, end - time.monotonic()))[0], self.left
            piece = os.read(self.process.stdout.fileno(), 65536)
            if not piece:
                assert not self.left, self.left
                return None
            self.left += piece
        line, self.left = self.left.split(b"\n", 1)
        return line.decode()

    def expect(self, start):
        """Hears until a line begins with START, and returns it."""
        heard = []
        while (line := self.hear()) is not None:
            heard.append(line)
            if line.startswith(start):
                return line
        raise AssertionError((start, heard, self.process.stderr.read()))

    def end(self, status=0):
        """Has no more to say: what is heard until it ends with STATUS; what it
        complained about is in .complaint."""
        if not self.process.stdin.closed:
            self.process.stdin.close()
        return self.expect_end(status)

    def expect_end(self, status):
        heard = []
        while (line := self.hear()) is not None:
            heard.append(line)
        self.complaint = self.process.stderr.read().decode()
        assert self.process.wait(SECONDS) == status, \
            (self.process.returncode, heard, self.complaint)
        return heard


class Terminal:
    """netlab chat on a terminal of 40 columns, and what that gets."""

    def __init__(self, *arguments, **environment):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm", "LC_ALL": "C", "HOME": "/nonexistent",
                               **environment})
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
            os.execv(PROGRAM[0], [*PROGRAM, *arguments])
        self.shown = ""

    def type(self, keys):
        os.write(self.terminal, keys.encode())
        return self

    def until(self, text):
        """What it gets up to TEXT, which it has to get, and that."""
        end = time.monotonic() + SECONDS
        while text not in self.shown:
            assert select.select([self.terminal], [], [],
                                 max(0, end - time.monotonic()))[0], (text, self.shown)
            self.shown += os.read(self.terminal, 65536).decode()
        at = self.shown.index(text) + len(text)
        shown, self.shown = self.shown[:at], self.shown[at:]
        return shown

    def end(self, status=0):
        """What it gets until it has ended with STATUS."""
        try:
            while piece := os.read(self.terminal, 65536):
                self.shown += piece.decode()
        except OSError:
            pass
        assert os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1]) == status
        return self.shown
