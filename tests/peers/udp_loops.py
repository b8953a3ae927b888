#!/usr/bin/env python3
"""What one datagram with a forged source port makes of two UDP services.

    udp_loops.py FOLDER PIDS netlabd            every pair of ports of two
                                                daemons, at most two datagrams
    udp_loops.py FOLDER PIDS PROGRAM inetd|xinetd   how many in a second

Run where nothing else is on the network and ports below 1024 are free:
`unshare -n`. All that passes the loopback is counted, ICMP too.
"""

import contextlib
import os
import socket
import struct
import subprocess
import sys
import time

import ntp_wire
from http_servers import Server

# Of netlabd's daemons: those that everybody knows, and others.
PORTS = {"echo": 7, "discard": 9, "daytime": 13, "qotd": 17, "chargen": 19,
         "time": 37, "ntp": 123, "hello": 9000, "upper": 12000, "chat": 31621}
TIME_ROLE = "ntp", "time", "daytime"
SHIFT = 10000
# What else has been seen to answer whatever comes.
LOOPING = 0, 53, 161, 1900, 2049, 5353, 11211
MOST = 2
# Somebody who joins the chat is told its name and, in a datagram of its own, who
# is there: two answers.
MOST_OF_CHAT = 3
# A request of NTP is answered wherever it comes from, but low ports: what then
# comes back (a refusal by ICMP; from upper, what it was sent) is no request.
# Upper may have sent back the request itself.
MOST_OF_NTP = 4
ADDRESSES = "192.0.2.1", "::1"
PATIENCE_S = 20


def set_up_network():
    for words in ("link set lo up", "address add 192.0.2.1/24 dev lo",
                  "address add 2001:db8::1/64 dev lo nodad"):
        subprocess.run(["ip", *words.split()], check=True)


def count_datagrams():
    """All that the loopback has carried."""
    with open("/proc/net/dev") as file:
        for line in file:
            name, _, counts = line.partition(":")
            if name.strip() == "lo":
                return int(counts.split()[1])
    raise RuntimeError("no loopback")


def family_of(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def forge(address, source, destination, payload):
    """One datagram from SOURCE to DESTINATION, ports of ADDRESS."""
    family = family_of(address)
    with socket.socket(family, socket.SOCK_RAW, socket.IPPROTO_UDP) as raw:
        if family == socket.AF_INET6:
            raw.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_CHECKSUM, 6)
        raw.bind((address, 0))
        # IPv4 takes no checksum for one that was not made.
        raw.sendto(struct.pack("!4H", source, destination, 8 + len(payload), 0)
                   + payload, (address, 0))


# ---------------------------------------------------------------------- servers

class Daemons(Server):
    def __init__(self, folder):
        super().__init__(folder, None, None)

    def answers(self):
        return all(is_answering(address, port) for address, port
                   in self.ports())


def service_of(port):
    return next((name for name, known in PORTS.items()
                 if port in (known, known + SHIFT)), "")


def question_for(port):
    """What has one answer that is never empty, or None: chargen's may be. The
    chat takes nobody in for it."""
    service = service_of(port)
    if service in ("discard", "chargen"):
        return None
    return b"x" * 600 if service == "chat" else ntp_wire.header()


def is_answering(address, port):
    """Whether PORT sends what a client of a free port of its own waits for."""
    question = question_for(port) or b""
    with socket.socket(family_of(address), socket.SOCK_DGRAM) as client:
        client.settimeout(1)
        client.connect((address, port))
        with contextlib.suppress(OSError):
            client.send(question)
            return not question or client.recv(4096) != b""
    return False


class Netlabd(Daemons):
    """One whose ports are SHIFTed. It limits no rates, so that nothing but its
    rules against loops ends one."""

    program = os.environ.get("NETLABD", "build/netlabd")

    def __init__(self, folder, name, shift):
        self.name, self.shift = name, shift
        super().__init__(folder)

    def ports(self):
        return [(address, port + self.shift) for address in ADDRESSES
                for port in PORTS.values()]

    def listen(self, service):
        port = PORTS[service] + self.shift
        return "{ " + ", ".join(
            f'"[{address}]:{port}"' if ":" in address else
            f'"{address}:{port}"' for address in ADDRESSES) + " }"

    def listen_all(self, names):
        return "\n    ".join(f"{name} = {self.listen(name)}" for name in names)

    def command(self):
        return [self.program, "-f", "-c", self.write("netlabd.conf", f"""
user = "nobody"
group = "nogroup"
lab {{
    {self.listen_all(name for name in PORTS if name not in TIME_ROLE)}
    workers = 1
    rate_interval = 0
    chat_rate = 0
}}
time {{
    {self.listen_all(TIME_ROLE)}
    workers = 1
    local_stratum = 10
    legacy = true
    symmetric = true
    rate_interval = 0
}}
""")]


class Inetd(Daemons):
    """openbsd-inetd, which answers nobody on 127.0.0.1."""

    name = "openbsd-inetd"

    def __init__(self, folder, program):
        self.program = program
        super().__init__(folder)

    def ports(self):
        return [("192.0.2.1", port) for port in (7, 13, 19, 37)]

    def command(self):
        return [self.program, "-i", self.write("conf", "".join(
            f"{name} dgram udp wait root internal\n"
            for name in ("echo", "daytime", "chargen", "time")))]


class Xinetd(Inetd):
    name = "xinetd"

    def command(self):
        return [self.program, "-dontfork", "-pidfile", self.path("pid"), "-f",
                self.write("conf", "defaults\n{\n}\n" + "".join(
                    f"service {name}\n{{\n\ttype = INTERNAL\n"
                    f"\tid = {name}-dgram\n\tsocket_type = dgram\n"
                    "\tprotocol = udp\n\tuser = root\n\twait = yes\n}\n"
                    for name in ("echo", "daytime", "chargen", "time")))]


# ---------------------------------------------------------------------- netlabd

def payloads():
    """What a service takes for a question, or for what another has said."""
    yield "empty", b""
    yield "byte", b"\n"
    yield "daytime", time.strftime("%a %b %e %H:%M:%S %Y\r\n").encode()
    yield "time", ((int(time.time()) + ntp_wire.UNIX_TO_NTP) % 2**32).to_bytes(
        4, "big")
    for mode in range(8):
        yield f"NTP mode {mode}", ntp_wire.header(mode=mode)
    yield "NTP version 1", ntp_wire.header(version=1, mode=0)
    yield "long", bytes(1000)
    yield "text", b"It does not matter what is said.\n"
    yield "capitals", b"IT DOES NOT MATTER WHAT IS SAID.\n"
    yield "greeting", b"Hello 192.0.2.1\n"
    yield "name", b"netlabd"
    yield "line of a chat", b"<somebody> hello, all of you\n"
    yield "notice of a chat", b"* somebody is in #lobby\n"
    yield "characters", bytes(range(33, 105)) + b"\r\n"


class Waiter:
    """Clients that ask a port and wait for its answer, by which it has answered
    all that came before."""

    def __init__(self, daemons):
        self.clients = {}
        for address, port in [pair for daemon in daemons
                              for pair in daemon.ports()]:
            client = socket.socket(family_of(address), socket.SOCK_DGRAM)
            client.settimeout(PATIENCE_S)
            client.connect((address, port))
            self.clients[address, port] = client

    def ask(self, address, port):
        """Returns how many datagrams it cost."""
        question = question_for(port)
        if question is None:  # echo is the same process's
            port += PORTS["echo"] - PORTS[service_of(port)]
            question = b"x"
        client = self.clients.get((address, port))
        if client is None:  # of nobody
            return 0
        client.send(question)
        client.recv(4096)
        return 2

    def settle(self, address, source, destination):
        """Until a datagram to DESTINATION, its answer to SOURCE, and the answer
        to that have been seen to. Returns how many datagrams it cost."""
        return sum(self.ask(address, port)
                   for port in (destination, source, destination)
                   if service_of(port))


def most_of(source, destination):
    """How many datagrams one may make, itself included."""
    names = service_of(source), service_of(destination)
    if names[1] == "chat":
        return MOST_OF_CHAT
    if "ntp" in names and names[1] in ("ntp", "upper"):
        return MOST_OF_NTP
    return MOST


def leave_chat(waiter, address, *ports):
    """Whichever port has joined the other's chat is to hear of nobody else."""
    for source, destination in ports, ports[::-1]:
        if service_of(destination) == "chat":
            forge(address, source, destination, b"/quit")
            waiter.settle(address, source, destination)


def try_pair(waiter, address, source, destination):
    """Prints what is wrong with it; returns how many datagrams each makes."""
    found = []
    for name, payload in payloads():
        before = count_datagrams()
        forge(address, source, destination, payload)
        cost = waiter.settle(address, source, destination)
        made = count_datagrams() - before - cost
        if made > most_of(source, destination):
            print(f"{address}: {name} from {source} to {destination}: "
                  f"{made} datagrams")
        leave_chat(waiter, address, source, destination)
        found.append(made)
    return found


def try_netlabd(folder, pids):
    daemons = [Netlabd(folder, "netlabd", 0), Netlabd(folder, "other", SHIFT)]
    try:
        for daemon in daemons:
            daemon.start(pids)
        waiter = Waiter(daemons)
        ports = [port + shift for shift in (0, SHIFT)
                 for port in PORTS.values()]
        counts = {MOST: [], MOST_OF_CHAT: [], MOST_OF_NTP: []}
        for address in ADDRESSES:
            for source in ports + list(LOOPING):
                for destination in ports:
                    counts[most_of(source, destination)] += try_pair(
                        waiter, address, source, destination)
    finally:
        for daemon in daemons:
            daemon.stop()
    found = {most: max(made) for most, made in counts.items()}
    print(f"netlabd: at most {found[MOST]} datagrams of each of "
          f"{sum(map(len, counts.values()))}, itself included, between "
          f"{len(ports)} ports; {found[MOST_OF_CHAT]} of one who joins the "
          f"chat, {found[MOST_OF_NTP]} of a request of NTP")
    return any(made > most for most, made in found.items())


# --------------------------------------------------------------------- the rest

def measure_pair(server, pids, source, destination):
    """How many datagrams one makes in a second; the server's end is theirs."""
    server.start(pids)
    try:
        before = count_datagrams()
        forge("192.0.2.1", source, destination, b"x")
        time.sleep(1)
        return count_datagrams() - before
    finally:
        server.process.kill()
        server.process.wait()


def measure(folder, pids, program, kind):
    server = {"inetd": Inetd, "xinetd": Xinetd}[kind](folder, program)
    pairs = (("chargen", 19, "echo", 7), ("daytime", 13, "echo", 7),
             ("daytime", 13, "time", 37))
    for source, source_port, destination, port in pairs:
        count = measure_pair(server, pids, source_port, port)
        print(f"{server.name}: {count} datagrams in 1 s of one from {source} "
              f"to {destination}")
    return False


if __name__ == "__main__":
    set_up_network()
    if sys.argv[3] == "netlabd":
        sys.exit(try_netlabd(*sys.argv[1:3]))
    sys.exit(measure(*sys.argv[1:5]))
