"""The servers that are measured: how each is configured for the same work, its
start and stop, and how much CPU time and memory its processes have used.

All run in the caller's network namespace, bound to 127.0.0.1 and pinned to
SERVER_CPU, each with one worker for each kind of work.
"""

import os
import shutil
import signal
import socket
import struct
import subprocess
import time

SERVER_CPU = "0"
LOAD_CPU = "1"


def children_of():
    """{pid: [child, …]} of all processes."""
    tree = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as f:
                parent = int(f.read().rsplit(")", 1)[1].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        tree.setdefault(parent, []).append(int(entry))
    return tree


def run_time_ns(pid):
    """Time on a CPU of all threads of PID."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as f:
            total += int(f.read().split()[0])
    return total


class Server:
    """One server: a subclass says its name, package and configuration."""

    name = package = program = ""
    port = 0
    cpus = SERVER_CPU

    @classmethod
    def peer(cls):
        """The class whose variant this one is: the name that goals have."""
        return cls if cls.__base__ in BASES else cls.__base__.peer()

    def __init__(self, folder, content):
        self.folder = os.path.join(folder, self.name)
        self.content = content  # zone, www: what all servers serve
        self.process = None
        os.makedirs(self.folder, exist_ok=True)
        os.chmod(self.folder, 0o777)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w") as f:
            f.write(text)
        return self.path(name)

    def is_there(self):
        return shutil.which(self.program) is not None

    def command(self):
        """Writes the configuration; returns the words to start it with."""
        raise NotImplementedError

    def probe(self):
        """True when it answers."""
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False

    def start(self, patience=60):
        words = ["taskset", "-c", self.cpus] + self.command()
        with open(self.path("log"), "w") as log:
            self.process = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + patience
        while not self.probe():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} does not start: see "
                                   f"{self.path('log')}")
            time.sleep(0.002)

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            for pid in reversed(self.pids()):
                os.kill(pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def pids(self):
        tree, found = children_of(), [self.process.pid]
        for pid in found:
            found += tree.get(pid, [])
        return found

    def cpu_ns(self):
        total = 0
        for pid in self.pids():
            try:
                total += run_time_ns(pid)
            except (FileNotFoundError, ProcessLookupError):
                pass  # a helper that has just ended
        return total

    def memory_bytes(self):
        """The proportional set size of all its processes. A memory file counts
        whole and once, also where no process has touched its pages yet."""
        total, files = 0, {}
        for pid in self.pids():
            with open(f"/proc/{pid}/smaps") as f:
                is_file = False
                for line in f:
                    if "-" in line.split(" ", 1)[0]:
                        is_file = "/memfd:" in line
                    elif line.startswith("Pss:") and not is_file:
                        total += int(line.split()[1]) * 1024
            for fd in os.listdir(f"/proc/{pid}/fd"):
                path = f"/proc/{pid}/fd/{fd}"
                if "/memfd:" in os.readlink(path):
                    status = os.stat(path)
                    files[status.st_ino] = status.st_blocks * 512
        return total + sum(files.values())


def dns_ask(port, name, kind=1, timeout=1.0):
    """The RCODE and the answer's bytes, or None where none comes."""
    query = struct.pack("!6H", 0x4242, 0, 1, 0, 0, 0)
    for label in name.rstrip(".").split("."):
        query += bytes([len(label)]) + label.encode()
    query += b"\0" + struct.pack("!2H", kind, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(timeout)
        try:
            s.connect(("127.0.0.1", port))
            s.send(query)
            answer = s.recv(4096)
        except OSError:
            return None
    return answer[3] & 15, answer


class DnsServer(Server):
    def probe(self):
        reply = dns_ask(self.port, "ns1.bench.test", timeout=0.05)
        return reply is not None and reply[0] == 0 and super().probe()


class Nsd(DnsServer):
    name, package, program, port = "nsd", "nsd", "nsd", 5301

    def command(self):
        conf = self.write("nsd.conf", f"""server:
  server-count: 1
  ip-address: 127.0.0.1@{self.port}
  do-ip6: no
  minimal-responses: yes
  rrl-ratelimit: 0
  verbosity: 0
  username: nobody
  chroot: ""
  database: ""
  zonesdir: "{self.folder}"
  pidfile: "{self.path('pid')}"
  xfrdfile: "{self.path('xfrd')}"
  xfrdir: "{self.folder}"
  zonelistfile: "{self.path('zonelist')}"
  logfile: "{self.path('nsd.log')}"
remote-control:
  control-enable: no
zone:
  name: bench.test
  zonefile: "{self.content.zone}"
""")
        return ["nsd", "-d", "-c", conf]


class Knot(DnsServer):
    name, package, program, port = "knot", "knot", "knotd", 5302

    def command(self):
        conf = self.write("knot.conf", f"""server:
  rundir: "{self.folder}"
  listen: 127.0.0.1@{self.port}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
log:
  - target: stderr
    any: error
database:
  storage: "{self.folder}"
zone:
  - domain: bench.test
    file: "{self.content.zone}"
    zonefile-load: whole
    journal-content: none
""")
        return ["knotd", "-c", conf]


class Nginx(Server):
    """Subclasses differ from it by the words and lines below: see VARIANTS."""

    name, package, program, port = "nginx", "nginx-light", "nginx", 8001
    connections = 4096
    listen = events = ""
    lines = """  sendfile off;
  open_file_cache max=1000 inactive=600s;
  open_file_cache_valid 60s;"""

    def command(self):
        conf = self.write("nginx.conf", f"""daemon off;
user nobody nogroup;
worker_processes 1;
error_log {self.path('error.log')} error;
pid {self.path('pid')};
events {{ worker_connections {self.connections}; {self.events} }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  tcp_nodelay on;
  keepalive_requests 2000000000;
  keepalive_timeout 600;
{self.lines}
  server {{
    listen 127.0.0.1:{self.port} {self.listen};
    root {self.content.www};
  }}
}}
""")
        return ["nginx", "-e", self.path("error.log"), "-c", conf]


class NginxSendfile(Nginx):
    """For files that do not fit a buffer."""

    name, port = "nginx-sf", 8004
    lines = Nginx.lines.replace("sendfile off", "sendfile on")


class NginxNopush(NginxSendfile):
    """The head in one segment with what follows it."""

    name, port = "nginx-np", 8005
    lines = NginxSendfile.lines + "\n  tcp_nopush on;"


class NginxDeferred(Nginx):
    """For connections that come with their request."""

    name, port = "nginx-da", 8006
    listen, events = "deferred", "multi_accept on;"


class NginxDeferredOne(Nginx):
    name, port = "nginx-d1", 8007
    listen = "deferred"


class NginxReuseport(Nginx):
    name, port = "nginx-rp", 8008
    listen, events = "deferred reuseport", "multi_accept on;"


class NginxUncached(Nginx):
    name, port = "nginx-nc", 8009
    lines = "  sendfile off;"


class Lighttpd(Server):
    """Subclasses differ from it by the lines below: see VARIANTS."""

    name, package, program, port = "lighttpd", "lighttpd", "lighttpd", 8002
    lines = ""

    def command(self):
        conf = self.write("lighttpd.conf", f"""
server.bind = "127.0.0.1"
server.port = {self.port}
server.document-root = "{self.content.www}"
server.max-keep-alive-requests = 65535
server.max-keep-alive-idle = 600
server.max-connections = 2048
server.errorlog = "{self.path('error.log')}"
index-file.names = ( "index.html" )
mimetype.assign = ( ".html" => "text/html", "" => "application/octet-stream" )
{self.lines}
""")
        return ["lighttpd", "-D", "-f", conf]


class LighttpdDeferred(Lighttpd):
    name, port = "lighttpd-da", 8010
    lines = "server.defer-accept = 1"


class LighttpdInotify(Lighttpd):
    name, port = "lighttpd-in", 8011
    lines = 'server.stat-cache-engine = "inotify"'


class LighttpdUncached(Lighttpd):
    name, port = "lighttpd-nc", 8012
    lines = 'server.stat-cache-engine = "disable"'


class LighttpdWritev(Lighttpd):
    name, port = "lighttpd-wv", 8013
    lines = 'server.network-backend = "writev"'


def ntp_ask(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(0.05)
        try:
            s.connect(("127.0.0.1", port))
            s.send(b"\x23" + bytes(39) + b"\1" * 8)
            return len(s.recv(512)) >= 48
        except OSError:
            return False


class Netlabd(DnsServer):
    name, package = "netlabd", ""
    port, http_port, ntp_port = 5303, 8003, 1233
    program = os.path.join(os.environ.get("BUILD", "build"), "netlabd")

    def config(self, http=True, ntp=True):
        text = f"""user = "nobody"
group = "nogroup"
pidfile = "{self.path('netlabd.pid')}"
dns {{
    listen  = {{ "127.0.0.1:{self.port}" }}
    workers = 1
    zone "bench.test" {{ file = "{self.content.zone}" }}
}}
"""
        if http:
            text += f"""http {{
    listen  = {{ "127.0.0.1:{self.http_port}" }}
    workers = 1
    root    = "{self.content.www}"
    index   = {{ "index.html" }}
}}
"""
        if ntp:
            text += f"""time {{
    ntp     = {{ "127.0.0.1:{self.ntp_port}" }}
    workers = 1
    local_stratum = 10
}}
"""
        return text

    def command(self):
        conf = self.write("netlabd.conf", self.config())
        return [os.path.abspath(self.program), "-f", "-c", conf]


class Floor(Server):
    """Bare sockets: see floor.c."""

    name = "floor"
    program = os.path.join(os.environ.get("BUILD", "build"),
                           "tests/bench/floor")

    def __init__(self, folder, content, port, *words):
        self.port, self.words = port, words
        super().__init__(folder, content)

    def command(self):
        return [os.path.abspath(self.program), self.words[0], str(self.port)
                ] + [str(word) for word in self.words[1:]]

    def probe(self):
        return ntp_ask(self.port) if self.words[0] == "udp" else super().probe()


# What was tried for each peer; the works name what measured best.
VARIANTS = {
    Nginx: [Nginx, NginxSendfile, NginxNopush, NginxDeferred, NginxDeferredOne,
            NginxReuseport, NginxUncached],
    Lighttpd: [Lighttpd, LighttpdDeferred, LighttpdInotify, LighttpdUncached,
               LighttpdWritev],
}

BASES = Server, DnsServer
