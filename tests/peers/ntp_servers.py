"""The time servers that are compared, on a port that each is given, without a
source: see http_servers.py.
"""

import os
import socket

import ntp_wire
from http_servers import Server, is_root


class NtpServer(Server):
    def answers(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.settimeout(1)
            client.connect(("127.0.0.1", self.port))
            try:
                client.send(ntp_wire.header())
                return client.recv(4096)[1] != 0
            except OSError:
                return False

    def keys(self):
        return self.write("keys", ntp_wire.keys_file())


class Netlabd(NtpServer):
    """SETTINGS: further lines of section time."""

    name = "netlabd"
    program = os.environ.get("NETLABD", "build/netlabd")

    def __init__(self, folder, port, name, settings):
        self.name, self.settings = name, settings
        super().__init__(folder, None, port)
        # The kernel's clock is not synchronised, whatever this machine's is.
        timex = self.write("timex", "64 16000000 16000000 5\n")
        self.rights = {"env": {**os.environ, "NETLABD_TEST_TIMEX": timex}}

    def command(self):
        user = 'user = "nobody"\ngroup = "nogroup"\n' if is_root() else ""
        return [self.program, "-f", "-c", self.write("netlabd.conf", f"""{user}
time {{
    ntp = {{ "127.0.0.1:{self.port}" }}
    workers = 1
    local_stratum = 10
    keys = "{self.keys()}"
    weak_keys = true
    {self.settings}
}}
""")]


class Chronyd(NtpServer):
    """-x: it sets no clock."""

    name = "chronyd"

    def __init__(self, folder, port):
        super().__init__(folder, None, port)

    def command(self):
        return ["chronyd", "-x", "-d", "-U", "-u", "root", "-f",
                self.write("chrony.conf", f"""local stratum 10
port {self.port}
allow
cmdport 0
bindcmdaddress /
keyfile {self.keys()}
pidfile {self.path("pid")}
""")]
