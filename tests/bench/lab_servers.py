"""The servers of echo that are measured: netlabd's, and socat in the ways that it
has of sending back what it reads from a stream."""

import os
import socket
import time

import servers as s
from ntp_servers import INTERVAL_LOG2


def echoes(port):
    """Whether it sends a datagram back."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(0.05)
        try:
            client.connect(("127.0.0.1", port))
            client.send(b"\x80\x80\x80")
            return client.recv(16) == b"\x80\x80\x80"
        except OSError:
            return False


class Netlabd(s.Netlabd):
    """Echo alone. Each source is looked up, and nearly none is refused."""

    lab_port = 1007
    lines = f"rate_interval = {2 ** INTERVAL_LOG2}\n    rate_exempt = {{}}"

    def config(self, http=True, ntp=True):
        return f"""user = "nobody"
group = "nogroup"
pidfile = "{self.path('netlabd.pid')}"
lab {{
    echo = {{ "127.0.0.1:{self.lab_port}" }}
    {self.lines}
}}
"""

    def probe(self):
        return echoes(self.lab_port)


class NetlabdTcp(Netlabd):
    def settle(self):
        """Its worker is done when the client is."""


class Socat(s.Server):
    """A process a connection, which reads into a buffer of so many bytes."""

    name, package, program, lab_port = "socat", "socat", "socat", 1009
    buffer, back = 65536, "EXEC:cat"

    def command(self):
        return ["socat", "-b", str(self.buffer),
                f"TCP-LISTEN:{self.lab_port},bind=127.0.0.1,fork,reuseaddr",
                self.back]

    def probe(self):
        self.port = self.lab_port
        return super().probe()

    def settle(self):
        """Until the processes of a connection have ended, and what they used is
        their parent's."""
        while len(self.pids()) > 1:
            time.sleep(0.01)

    def cpu_ns(self):
        with open(f"/proc/{self.process.pid}/stat") as f:
            words = f.read().rsplit(")", 1)[1].split()
        ended = (int(words[13]) + int(words[14])) * 10**9
        return super().cpu_ns() + ended // os.sysconf("SC_CLK_TCK")


class SocatSmall(Socat):
    """As it is by default."""

    name, lab_port, buffer = "socat-8k", 1010, 8192


class SocatSelf(Socat):
    """Without cat, through a pipe to itself: a page at a time, because whoever
    writes more than the kernel says is free waits for ever, for himself."""

    name, lab_port, buffer, back = "socat-self", 1011, 4096, "PIPE"
