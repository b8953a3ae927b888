#!/usr/bin/env python3
"""Many kept connections that ask nothing: the memory of netlabd and nginx, all
processes of each, one worker each.

    tests/bench/run.sh --idle [CONNECTIONS]

Each connection has had an answer before it falls idle. See README.md.
"""

import os
import resource
import socket
import sys
import tempfile
from types import SimpleNamespace

import servers as s

BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
ROOM = 16384  # connections that a worker has room for
GOALS = {"nginx": 0.5}
REQUEST = b"GET /612.html HTTP/1.1\r\nHost: bench.test\r\n\r\n"


class IdleNetlabd(s.Netlabd):
    """The HTTP role alone, as the peers are."""

    port = s.Netlabd.http_port
    connections = ROOM

    def config(self, http=True, ntp=False):
        return f"""user = "nobody"
group = "nogroup"
pidfile = "{self.path('netlabd.pid')}"
http {{
    listen  = {{ "127.0.0.1:{self.port}" }}
    workers = 1
    root    = "{self.content.www}"
    index   = {{ "index.html" }}
    max_connections = {self.connections}
}}
"""

    def probe(self):
        return s.Server.probe(self)


class IdleNginx(s.Nginx):
    connections = ROOM


def connect(port, number):
    """NUMBER connections, each with one answer behind it."""
    kept = []
    for _ in range(number):
        one = socket.create_connection(("127.0.0.1", port), 10)
        one.sendall(REQUEST)
        kept.append(one)
    for one in kept:
        answer = one.recv(65536)
        if not answer.startswith(b"HTTP/1.1 200 "):
            raise RuntimeError("a connection got no answer")
    return kept


def measure(kind, folder, content, number):
    server = kind(folder, content)
    server.start()
    try:
        connect(server.port, 1)[0].close()  # what the first one makes
        before = server.memory_bytes()
        kept = connect(server.port, number)
        after = server.memory_bytes()
        for one in kept:
            one.close()
    finally:
        server.stop()
    return SimpleNamespace(before=before, after=after,
                           each=(after - before) / number)


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most < ROOM + 256 or most < number + 256:
        sys.exit(f"idle.py: {most} open files are too few (ulimit -n)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.makedirs(f"{BUILD}/bench", exist_ok=True)
    print(f"{number:,} idle keep-alive connections: PSS of all processes")
    print(f"  {'':10} {'none':>10} {'all':>10} {'each':>8}   netlabd is")
    mine = None
    with tempfile.TemporaryDirectory(prefix="netlabd-bench.") as folder, \
            open(f"{BUILD}/bench/idle.tsv", "w") as out:
        os.chmod(folder, 0o755)
        content = SimpleNamespace(zone=None, www=f"{folder}/www")
        os.mkdir(content.www)
        with open(f"{content.www}/612.html", "w") as f:
            f.write("x" * 612)
        out.write("server\tpss_before\tpss_after\tbytes_each\n")
        for kind in IdleNetlabd, IdleNginx:
            if not kind(folder, content).is_there():
                print(f"  {kind.name:10} is not installed: make peers")
                continue
            found = measure(kind, folder, content, number)
            verdict = ""
            if kind is IdleNetlabd:
                mine = found
            else:
                verdict = f"{mine.after / found.after:.2f} × {kind.name}"
                goal = GOALS.get(kind.name)
                if goal is not None:
                    met = mine.after <= goal * found.after
                    verdict += f" (goal {goal:.2f}: " \
                               f"{'met' if met else 'MISSED'})"
            print(f"  {kind.name:10} {found.before / 1024:6.0f} KiB "
                  f"{found.after / 1024:6.0f} KiB {found.each:6.0f} B   "
                  f"{verdict}".rstrip(), flush=True)
            out.write(f"{kind.name}\t{found.before}\t{found.after}\t"
                      f"{found.each:.1f}\n")


if __name__ == "__main__":
    main()
