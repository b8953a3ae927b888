"""The NTP servers that are measured, each alone with its work: without a limit,
with one that looks every client up, with a key, with two workers."""

import os

import servers as s

KEY = "0123456789abcdef0123456789abcdef"  # AES-128, key 1 of all
SOURCES = 16384  # clients of a load that comes from many

# A request in 2 ms is more than any source of a load asks: all are looked up and
# nearly none is refused. Loopback is a client like any other.
INTERVAL_LOG2 = -9  # seconds


class Chronyd(s.Server):
    name, package, program, port = "chronyd", "chrony", "chronyd", 1231
    lines = ""

    def command(self):
        conf = self.write("chrony.conf", f"""local stratum 8
allow
port {self.port}
bindaddress 127.0.0.1
cmdport 0
bindcmdaddress /
pidfile {self.path('pid')}
{self.lines}
""")
        return ["chronyd", "-d", "-x", "-u", "root", "-L", "2", "-f", conf]

    def probe(self):
        return s.ntp_ask(self.port)


class ChronydLimited(Chronyd):
    """Its table of clients has room for all sources of a load."""

    lines = (f"ratelimit interval {INTERVAL_LOG2} burst 16 leak 2\n"
             "clientloglimit 16777216")


class ChronydKeyed(ChronydLimited):
    @property
    def lines(self):
        return f"{ChronydLimited.lines}\nkeyfile {keys_of(self)}"


class Netlabd(s.Netlabd):
    """NTP alone."""

    workers = 1
    lines = "rate_interval = 0"

    def config(self):
        return f"""user = "nobody"
group = "nogroup"
pidfile = "{self.path('netlabd.pid')}"
time {{
    ntp     = {{ "127.0.0.1:{self.ntp_port}" }}
    workers = {self.workers}
    local_stratum = 8
    {self.lines}
}}
"""

    def probe(self):
        return s.ntp_ask(self.ntp_port)


class NetlabdLimited(Netlabd):
    lines = f"rate_interval = {2 ** INTERVAL_LOG2}\n    rate_exempt = {{}}"


class NetlabdKeyed(NetlabdLimited):
    @property
    def lines(self):
        return f'{NetlabdLimited.lines}\n    keys = "{keys_of(self)}"'


class OnBoth(NetlabdLimited):
    """On both CPUs, which the loads share with it: its workers meet in the
    memory that they share only where they run at the same time."""

    cpus = "0,1"

    def start(self, patience=60):
        super().start(patience)
        for number, pid in enumerate(self.workers_of()):
            os.sched_setaffinity(pid, {number % 2})

    def workers_of(self):
        return [pid for pid in self.pids() if is_time_worker(pid)]


class OneWorker(OnBoth):
    name, ntp_port = "one worker", 1234


class TwoWorkers(OnBoth):
    workers = 2


def keys_of(server):
    """A file that both read alike, and only root may."""
    keys = server.write("keys", f"1 AES128 HEX:{KEY}\n")
    os.chmod(keys, 0o600)
    return keys


def is_time_worker(pid):
    with open(f"/proc/{pid}/comm") as f:
        return f.read().startswith("time worker")
