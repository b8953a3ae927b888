"""Many kept connections that ask nothing: the memory of netlabd and nginx, all
processes of each, one worker each. Each connection has had an answer before it
falls idle. A part of bench.py: see README.md.
"""

import resource
import socket
from types import SimpleNamespace

import servers as s

CONNECTIONS = 10_000
ROOM = 16384  # connections that a worker has room for
GOAL = 0.5
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


def measure(kind, folder, content):
    server = kind(folder, content)
    server.start()
    try:
        connect(server.port, 1)[0].close()  # what the first one makes
        before = server.memory_bytes()
        kept = connect(server.port, CONNECTIONS)
        after = server.memory_bytes()
        for one in kept:
            one.close()
    finally:
        server.stop()
    return SimpleNamespace(before=before, after=after,
                           each=(after - before) / CONNECTIONS)


def compare(folder, content):
    """Prints who needs how much, as the works of bench.py do."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most < ROOM + 256:
        print(f"\nidle needs more than {most} open files (ulimit -Hn)")
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print(f"\nHTTP, {CONNECTIONS:,} idle connections: memory (PSS) of all "
          "processes")
    print(f"  {'':11} {'none':>11} {'idle':>11} {'each':>7}   netlabd is")
    mine = None
    for kind in IdleNetlabd, IdleNginx:
        if not kind(folder, content).is_there():
            print(f"  {kind.name:11} is not installed: make peers")
            continue
        found = measure(kind, folder, content)
        verdict = ""
        if mine is None:
            mine = found
        else:
            met = mine.after <= GOAL * found.after
            verdict = (f"{mine.after / found.after:.2f} × {kind.name} "
                       f"(goal {GOAL:.2f}: {'met' if met else 'MISSED'})")
        print(f"  {kind.name:11} {found.before / 1024:7.0f} KiB "
              f"{found.after / 1024:7.0f} KiB {found.each:5.0f} B   "
              f"{verdict}".rstrip(), flush=True)
