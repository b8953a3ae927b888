#!/usr/bin/env python3
"""Asks by UDP, COUNT times for each line of standard input, and tells what comes
back:

    udp_ask.py COUNT

A line is SOURCE TO PORT QUESTION, where QUESTION is "ntp" or the length of some
text. The questions of each come from several ports in turn. Prints the lines,
each with how many replies came behind it: "5", "5+" when they are longer than
the question, and "5,kod=1" when one of them has code RATE, and no time in it.
"""

import select
import socket
import sys
import time

import ntp_wire

PORTS = 20
PAUSE_S = 0.004  # after each round of ports: no queue is to overflow
QUIET_S = 1      # for so long, nothing came of what still might


class Asker:
    def __init__(self, line, count):
        self.line, self.count, self.replies = line, count, []
        source, to, port, self.question = line.split()
        family = socket.AF_INET6 if ":" in source else socket.AF_INET
        self.sockets = [socket.socket(family, socket.SOCK_DGRAM)
                        for _ in range(min(PORTS, count))]
        for client in self.sockets:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            client.bind((source, 0))
        self.to = socket.getaddrinfo(to, int(port), family)[0][4]

    def make(self):
        if self.question == "ntp":
            return ntp_wire.header(transmit=ntp_wire.now())
        return bytes(int(self.question))

    def ask(self):
        for number in range(self.count):
            self.sockets[number % PORTS].sendto(self.make(), self.to)
            if number % PORTS == PORTS - 1:
                time.sleep(PAUSE_S)

    def tell(self):
        told = str(len(self.replies))
        if any(len(reply) > len(self.make()) for reply in self.replies):
            told += "+"
        if kods := sum(map(is_kod, self.replies)):
            told += f",kod={kods}"
        return f"{self.line} {told}"


def is_kod(data):
    """Whether it is one; anything but one that is in order is an error."""
    if data[12:16] != b"RATE":
        return False
    reply = ntp_wire.Reply(data, 0, 0)
    if (reply.leap, reply.stratum, reply.mode) != (3, 0, ntp_wire.SERVER) or \
            reply.receive != reply.origin or reply.transmit != reply.origin:
        raise RuntimeError(f"no kiss-o'-death: {data.hex()}")
    return True


def main(count):
    askers = [Asker(line.strip(), count) for line in sys.stdin]
    owners = {client: asker for asker in askers for client in asker.sockets}
    for asker in askers:
        asker.ask()
    while any(len(asker.replies) < count for asker in askers) and \
            (found := select.select(list(owners), [], [], QUIET_S)[0]):
        for client in found:
            owners[client].replies.append(client.recv(65535))
    for asker in askers:
        print(asker.tell())


main(int(sys.argv[1]))
