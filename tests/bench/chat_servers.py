"""The chat servers that are measured: netlabd's, with nothing that would stop a
load, and ngircd, which is told to wait for nobody either."""

import socket

import servers as s

ROOM = 16384  # people that a server has room for


class Netlabd(s.Netlabd):
    """The chat alone."""

    chat_port, protocol = 1621, "chat"

    def config(self, http=True, ntp=True):
        return f"""user = "nobody"
group = "nogroup"
pidfile = "{self.path('netlabd.pid')}"
lab {{
    chat = {{ "127.0.0.1:{self.chat_port}" }}
    chat_max_connections = {ROOM}
    chat_max_connections_per_address = {ROOM}
    chat_rate = 0
}}
"""

    def probe(self):
        """The kernel takes connections before the worker has its name."""
        return takes_connections(self.chat_port) and self.worker() is not None

    def worker(self):
        """The process that has the people, or None."""
        return next((pid for pid in self.pids() if
                     name_of(pid) == "chat worker 0"), None)


class Ngircd(s.Server):
    name, package, program, chat_port = "ngircd", "ngircd", "ngircd", 1622
    protocol = "irc"

    def command(self):
        return ["ngircd", "-n", "-f", self.write("ngircd.conf", f"""[Global]
Name = irc.bench.test
Info = bench
Listen = 127.0.0.1
Ports = {self.chat_port}
MotdPhrase = bench
AdminInfo1 = bench
AdminInfo2 = bench
AdminEMail = bench@bench.test
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxJoins = 0
MaxPenaltyTime = 0
PingTimeout = 3600
[Options]
DNS = no
Ident = no
PAM = no
""")]

    def probe(self):
        return takes_connections(self.chat_port)


def takes_connections(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def name_of(pid):
    with open(f"/proc/{pid}/comm") as f:
        return f.read().strip()
