"""A stand-in for systemd: it starts netlabd, hears what it says to
NOTIFY_SOCKET, keeps the sockets that it is given by their names, and hands them
to the next netlabd by LISTEN_FDS. Unlike systemd it does not drop what it has
already: netlabd is not to rely on that."""

import fcntl
import os
import signal
import socket
import time

PATIENCE = 20  # seconds


class Manager:
    def __init__(self, netlabd, conf, log, path):
        self.command = [netlabd, "-f", "-c", conf]
        self.log = log
        self.path = path
        self.store = []  # (name, descriptor)
        self.said = []  # of the running one
        self.pid = None
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        if path.startswith("@"):
            self.socket.bind("\0" + path[1:])
        else:
            self.socket.bind(path)
            os.chmod(path, 0o777)

    # ------------------------------------------------------------ what is said

    def hear(self):
        """Takes one message; fails when none comes."""
        self.socket.settimeout(PATIENCE)
        text, fds, _, _ = socket.recv_fds(self.socket, 4096, 4)
        lines = text.decode().split("\n")
        self.said += lines
        name = next((l[7:] for l in lines if l.startswith("FDNAME=")), "stored")
        assert ":" not in name and len(name) < 256, name
        if "FDSTOREREMOVE=1" in lines:
            assert not fds
            for one in [s for s in self.store if s[0] == name]:
                os.close(one[1])
                self.store.remove(one)
        if "FDSTORE=1" in lines:
            assert "FDPOLL=0" in lines and len(fds) == 1, lines
            self.store.append((name, fds[0]))
        elif fds:
            raise AssertionError(f"descriptors with {lines}")

    def until(self, what, is_so):
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, (what, self.said, self.names())
            self.hear()

    def until_said(self, *lines):
        """Each has been said since the last start, or the last call."""
        for line in lines:
            self.until(line, lambda: line in self.said)
        del self.said[:]

    def until_logged(self, text):
        end = time.monotonic() + PATIENCE
        while text not in open(self.log).read():
            assert time.monotonic() < end, f"not in the log: {text}"
            time.sleep(0.02)

    def names(self):
        return sorted(name for name, _ in self.store)

    def until_kept(self, names):
        self.until(f"store: {sorted(names)}", lambda: self.names() == sorted(names))
        inodes = {os.fstat(fd).st_ino for _, fd in self.store}
        assert len(inodes) == len(self.store), "one is kept twice"

    # ------------------------------------------------------------- what is done

    def start(self, extra=(), **environment):
        """EXTRA: (name, socket) of a .socket unit."""
        del self.said[:]
        passed = [(n, s.fileno()) for n, s in extra] + self.store
        self.pid = os.fork()
        if self.pid == 0:
            self.become(passed, environment)
        return self

    def become(self, passed, environment):
        high = [fcntl.fcntl(fd, fcntl.F_DUPFD, 3 + len(passed)) for _, fd in passed]
        for i, fd in enumerate(high):
            os.dup2(fd, 3 + i)
        out = os.open(self.log, os.O_WRONLY | os.O_APPEND)
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.closerange(3 + len(passed), 512)
        environment = {k: str(v) for k, v in environment.items()}
        if passed:
            environment.update(
                LISTEN_FDS=str(len(passed)),
                LISTEN_PID=str(os.getpid()),
                LISTEN_FDNAMES=":".join(name for name, _ in passed),
            )
        environment["NOTIFY_SOCKET"] = self.path
        if "WATCHDOG_USEC" in environment:
            environment["WATCHDOG_PID"] = str(os.getpid())
        os.execve(self.command[0], self.command, {**os.environ, **environment})

    def kill(self, number):
        os.kill(self.pid, number)

    def wait(self):
        """Its exit status; what it says meanwhile is heard."""
        end = time.monotonic() + PATIENCE
        self.socket.settimeout(0.02)
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = None
                return status
            assert time.monotonic() < end, "it does not end"
            try:
                text = self.socket.recv(4096)
                self.said += text.decode().split("\n")
            except TimeoutError:
                pass

    def end(self):
        if self.pid is not None:
            self.kill(signal.SIGKILL)
            self.wait()


class Questions:
    """Datagrams to time and connections to daytime that wait for their answers,
    from as many ports, so that every slot gets some."""

    def __init__(self, time_port, daytime_port, count=40):
        self.datagrams = []
        self.streams = []
        for _ in range(count):
            one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            one.connect(("127.0.0.1", time_port))
            one.send(b"")
            self.datagrams.append(one)
        for _ in range(count):
            self.streams.append(
                socket.create_connection(("127.0.0.1", daytime_port), PATIENCE)
            )

    def are_answered(self):
        for one in self.datagrams + self.streams:
            one.settimeout(PATIENCE)
        for one in self.datagrams:
            assert len(one.recv(100)) == 4
            one.close()
        for one in self.streams:
            assert one.recv(100), "a connection ended without an answer"
            one.close()
